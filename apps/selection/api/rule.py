"""The rule for machines: set it, fix it, ask for a change and decide on one."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import StrictSerializer
from apps.core.errors import Invalid
from apps.places.selectors import is_country
from apps.programs.models import Intake
from apps.selection.api.rows import IntakeRows
from apps.selection.enums import Method, ScoreKind, TieBreak, WaitlistRule
from apps.selection.models import RuleProposal
from apps.selection.rule_forms import MOST_MONEY, RuleChangeForm, RuleForm
from apps.selection.selectors import proposed_rule, rule_in_force, rule_of
from apps.selection.services import (
    approve_rule_change,
    lock_rule,
    propose_rule_change,
    refuse_rule_change,
    set_rule,
    withdraw_rule_change,
)


class RuleAnswerSerializer(serializers.Serializer):
    """The rule in force, or as it stands while it is not fixed; `targets` in places, by group."""

    floor = serializers.CharField()
    seats = serializers.IntegerField()
    waitlist_size = serializers.IntegerField()
    scores = serializers.CharField()
    method = serializers.CharField()
    tie_break = serializers.CharField()
    waitlist_rule = serializers.CharField()
    budget = serializers.IntegerField(allow_null=True)
    cost_each = serializers.IntegerField()
    countries = serializers.DictField(help_text="code → places at least, and what one costs there or null")
    mode = serializers.CharField()
    targets = serializers.DictField(child=serializers.IntegerField())
    criteria = serializers.ListField(child=serializers.DictField())
    reviews_each = serializers.IntegerField()
    version = serializers.IntegerField(help_text="counts every change; send it back with yours")
    locked_at = serializers.DateTimeField(allow_null=True)
    fingerprint = serializers.CharField()
    seed_hash = serializers.CharField()
    seed = serializers.CharField(help_text="of the lottery; empty until applications have closed")

    def to_representation(self, intake: Intake) -> dict[str, Any]:
        row = rule_of(intake)
        kept = ("version", "locked_at", "fingerprint", "seed_hash", "seed")
        return rule_in_force(intake).as_data() | {name: getattr(row, name) for name in kept}


#: What a caller leaves out is as usual.
USUAL = {
    "scores": ScoreKind.RAW.value,
    "method": Method.ONE_TO_ALL.value,
    "tie_break": TieBreak.LOTTERY.value,
    "waitlist_rule": WaitlistRule.IN_ORDER.value,
}


class CountryPlacesSerializer(StrictSerializer):
    country = serializers.CharField(max_length=2)
    at_least = serializers.IntegerField(min_value=0, max_value=100_000)
    cost_each = serializers.IntegerField(
        min_value=0, max_value=MOST_MONEY, allow_null=True, required=False, default=None
    )


class SelectionRuleSerializer(FormSerializer):
    form_class = RuleForm
    countries = CountryPlacesSerializer(many=True, required=False)
    version = serializers.IntegerField(min_value=0, max_value=10**8, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for name in USUAL:
            fields[name].required = False
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        rows = attrs.pop("countries", [])
        codes = [row["country"] for row in rows]
        if len(codes) != len(set(codes)) or not all(map(is_country, codes)):
            raise Invalid(fields={"countries": [_("Name each country once, by its code of two letters.")]})
        version = {"version": attrs.pop("version")} if "version" in attrs else {}
        countries = {row["country"]: (row["at_least"], row["cost_each"]) for row in rows}
        return {**super().validate({**USUAL, **attrs}), **version, "countries": countries}


class RuleView(IntakeRows, ChangeView):
    """What decides, fixed beforehand. PUT replaces it while it is not fixed."""

    serializer_class = SelectionRuleSerializer
    answer_class = RuleAnswerSerializer

    def change(self, wanted: dict[str, Any]) -> None:
        set_rule(intake=self.row, **wanted, actor=self.actor)


class RuleLockView(IntakeRows, DeedView):
    """Fix the rule; its fingerprint proves later that nobody touched it. It happens by itself before the
    first reader is assigned.
    """

    answer_class = RuleAnswerSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        lock_rule(intake=self.row, actor=self.actor)


class RuleChangeSerializer(SelectionRuleSerializer):
    form_class = RuleChangeForm

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.pop("version", None)
        return super().validate(attrs)


class ProposalSerializer(serializers.ModelSerializer):
    class Meta:
        model = RuleProposal
        fields = ["public_id", "status", "values", "reason", "answer"]


class RuleChangeView(IntakeRows, DeedView):
    """Ask for another rule in the place of the fixed one; another coordinator decides."""

    serializer_class = RuleChangeSerializer
    answer_class = ProposalSerializer
    success = 201

    def deed(self, wanted: dict[str, Any]) -> RuleProposal:
        reason, take_over = wanted.pop("reason"), wanted.pop("take_over")
        countries = wanted.pop("countries")
        rule = proposed_rule(self.row, settings=wanted, countries=countries, take_over=take_over)
        return propose_rule_change(intake=self.row, wanted=rule, reason=reason, actor=self.actor)


class DecideSerializer(StrictSerializer):
    decision = serializers.ChoiceField(["approve", "refuse", "withdraw"])
    answer = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class RuleDecideView(DeedView):
    """A second person approves or refuses a change; who asked may take it back."""

    access = Access.COORDINATOR
    serializer_class = DecideSerializer
    answer_class = ProposalSerializer

    def rows(self) -> QuerySet[RuleProposal]:
        return RuleProposal.objects.filter(
            rule__intake__in=Intake.objects.visible_to(self.viewer).values("pk")
        )

    def deed(self, wanted: dict[str, Any]) -> None:
        if wanted["decision"] == "approve":
            approve_rule_change(proposal=self.row, actor=self.actor)
        elif wanted["decision"] == "withdraw":
            withdraw_rule_change(proposal=self.row, actor=self.actor)
        else:
            refuse_rule_change(proposal=self.row, answer=wanted["answer"], actor=self.actor)
