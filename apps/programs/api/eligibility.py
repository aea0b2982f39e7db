"""Who can apply to an intake, and whom it wants to reach."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer, as_sent, errors_of
from apps.core.api.serializers import StrictSerializer
from apps.core.errors import Invalid
from apps.programs.api.intakes import run_intakes
from apps.programs.models import EligibilityRule, Intake
from apps.programs.rules.rule_text import write_value
from apps.programs.services.setup import set_eligibility, set_targets
from apps.programs.setup_forms import RuleForm, TargetsForm

MOST_RULES = 20
#: The column keeps one decimal, and a target of nothing is none.
LEAST_SHARE = Decimal("0.1")


class OptionSerializer(StrictSerializer):
    value = serializers.SlugField(max_length=40)
    label = serializers.CharField(max_length=200)  # type: ignore[assignment]


class RuleSerializer(FormSerializer):
    """One question, the test its answer must pass, and what to say when it does not.

    `value` is written as on the page: "yes", "TH, LA, KH", "18-35", "2.5".
    """

    form_class = RuleForm
    options = serializers.ListField(child=OptionSerializer(), required=False, max_length=100)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs  # the whole list is cleaned together, so that every fault is told at once

    def to_representation(self, instance: EligibilityRule) -> dict[str, Any]:
        return {
            "question": instance.question.get("en", ""),
            "answer": instance.answer,
            "options": [
                {"value": each["value"], "label": each["label"].get("en", "")} for each in instance.options
            ],
            "test": instance.test,
            "value": write_value(instance.value),
            "unmet": instance.unmet.get("en", ""),
        }


class RulesSerializer(StrictSerializer):
    """`version` is the intake's, as you saw it: its dates, rules and targets share it."""

    version = serializers.IntegerField(min_value=0, max_value=10**8)
    rules = serializers.ListField(child=RuleSerializer(), max_length=MOST_RULES)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        filled = [RuleForm(as_sent({**rule, "options": _lines(rule)})) for rule in attrs["rules"]]
        wrong = {
            f"rules.{number}.{name}": told
            for number, form in enumerate(filled)
            for name, told in errors_of(form).items()
        }
        if wrong:
            raise Invalid(fields=wrong)
        return {**attrs, "rules": [form.as_values() for form in filled]}


def _lines(rule: dict[str, Any]) -> str:
    """Options as the page writes them: "value | label", one on a line."""
    return "\n".join(
        f"{each['value']} | {' '.join(each['label'].split())}" for each in rule.get("options", [])
    )


class RulesView(ChangeView):
    """The rules asked before applying; PUT replaces them all. Fixed once people can apply."""

    access = Access.COORDINATOR
    serializer_class = RulesSerializer
    answer_class = RulesSerializer

    def rows(self) -> QuerySet[Intake]:
        return run_intakes(self.viewer).prefetch_related("eligibility_rules")

    def answer(self, shown: Intake, status: int = 200) -> Any:
        return super().answer({"version": shown.version, "rules": shown.eligibility_rules.all()}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_eligibility(intake=self.row, **wanted, actor=self.actor)


class SharesSerializer(FormSerializer):
    """Percent of the participants for each group; null or left out means no target."""

    form_class = TargetsForm

    def get_fields(self) -> dict[str, serializers.Field]:
        groups = TargetsForm().fields
        return {
            name: serializers.DecimalField(
                max_digits=4,
                decimal_places=1,
                min_value=LEAST_SHARE,
                max_value=100,
                required=False,
                allow_null=True,
            )
            for name in groups
        }


class TargetsSerializer(StrictSerializer):
    version = serializers.IntegerField(min_value=0, max_value=10**8)
    targets = SharesSerializer()


class TargetsView(ChangeView):
    """What share of the participants an intake aims at."""

    access = Access.COORDINATOR
    serializer_class = TargetsSerializer
    answer_class = TargetsSerializer

    def rows(self) -> QuerySet[Intake]:
        return run_intakes(self.viewer).prefetch_related("inclusion_targets")

    def answer(self, shown: Intake, status: int = 200) -> Any:
        held = {row.group: row.percent for row in shown.inclusion_targets.all()}
        targets = {name: held.get(name) for name in TargetsForm().fields}
        return super().answer({"version": shown.version, "targets": targets}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_targets(intake=self.row, percents=wanted["targets"], version=wanted["version"], actor=self.actor)
