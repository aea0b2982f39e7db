"""The workbench for machines: ask what a choice would be, look at it, freeze it, override."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.accounts.api.views import RepeatableView
from apps.applications.models import Application
from apps.core.access import Access
from apps.core.api.serializers import PublicIdField, StrictSerializer
from apps.core.errors import Conflict, Invalid
from apps.programs.enums import InclusionGroup
from apps.programs.models import Intake
from apps.selection.api.rows import IntakeRows
from apps.selection.enums import Method, Wanted
from apps.selection.models import FrozenChoice, Override, Scenario
from apps.selection.selectors.choosing import overrides_of, scenarios_of
from apps.selection.services import ask_scenario, end_override, freeze_choice, make_override
from apps.selection.services.freezing import is_genuine

MOST_SEATS = 100_000


class SettingsSerializer(StrictSerializer):
    """What is to differ from the rule in force; nothing at all works out the rule itself."""

    seats = serializers.IntegerField(min_value=0, max_value=MOST_SEATS, required=False)
    floor = serializers.DecimalField(
        max_digits=6, decimal_places=3, min_value=0, max_value=100, required=False
    )
    budget = serializers.IntegerField(min_value=0, max_value=10**12, required=False)
    targets = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_SEATS), required=False
    )
    counting = serializers.ChoiceField(Method.choices, required=False, help_text="how a person counts")

    def validate_targets(self, targets: dict[str, int]) -> dict[str, int]:
        if unknown := sorted(set(targets) - set(InclusionGroup.values)):
            raise serializers.ValidationError(_("Unknown groups: {names}.").format(names=", ".join(unknown)))
        return targets


class AskSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120)
    settings = SettingsSerializer(required=False)


class ScenarioSerializer(serializers.ModelSerializer):
    """`result` once it is worked out: applications by id, merit in thousandths of a point."""

    result = serializers.SerializerMethodField()

    class Meta:
        model = Scenario
        fields = [
            *("public_id", "name", "settings", "status", "percent", "problem", "milliseconds"),
            *("created_at", "solved_at", "result"),
        ]

    def get_result(self, scenario: Scenario) -> dict[str, Any] | None:
        result = scenario.result
        if result is None:
            return None
        shown = {pk for name in ("chosen", "waiting", "plain") for pk in result[name]}
        names = dict(Application.objects.filter(pk__in=shown).values_list("pk", "public_id"))
        people = {name: [str(names[pk]) for pk in result[name]] for name in ("chosen", "waiting", "plain")}
        kept = ("meters", "total_cost", "mean", "cut", "shortfall", "is_proven", "gap", "seats", "floor")
        return {**people, **{name: result[name] for name in kept}}


class ScenarioLineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Scenario
        fields = ["public_id", "name", "settings", "status", "percent", "created_at", "solved_at"]


class ScenariosView(IntakeRows, PartsView, RepeatableView):
    """Every question about an intake, newest first; POST asks another, which a worker answers."""

    serializer_class = AskSerializer
    answer_class = ScenarioLineSerializer
    ordering = ("-id",)

    def parts(self) -> QuerySet[Scenario]:
        return scenarios_of(self.row)

    def act(self, request: Any, **kwargs: Any) -> Any:
        self.find()
        wanted = self.checked(request)
        scenario = ask_scenario(
            intake=self.row,
            name=wanted["name"],
            settings=_as_kept(wanted.get("settings", {})),
            actor=self.actor,
        )
        return self.answer(scenario, 201)


def _as_kept(asked: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: asked[name] for name in ("seats", "budget", "targets") if name in asked}
    if "floor" in asked:
        kept["floor"] = str(asked["floor"])
    if "counting" in asked:
        kept["method"] = asked["counting"]
    return kept


class ScenarioRows:
    access = Access.COORDINATOR

    def rows(self) -> QuerySet[Scenario]:
        mine = Intake.objects.visible_to(self.viewer)  # type: ignore[attr-defined]
        return Scenario.objects.filter(intake__in=mine).select_related("intake__program")


class ScenarioView(ScenarioRows, ShowView):
    answer_class = ScenarioSerializer


class FrozenSerializer(serializers.ModelSerializer):
    """`is_genuine`: the record is the one that was signed here."""

    is_genuine = serializers.SerializerMethodField()
    record = serializers.JSONField()

    class Meta:
        model = FrozenChoice
        fields = [
            "public_id",
            "number",
            "digest",
            "signature",
            "reason",
            "created_at",
            "is_genuine",
            "record",
        ]

    def get_is_genuine(self, frozen: FrozenChoice) -> bool:
        return is_genuine(frozen)


class FreezeSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class FreezeView(ScenarioRows, DeedView):
    """Freeze what the rule in force came to. Twice is once; another choice needs a reason."""

    serializer_class = FreezeSerializer
    answer_class = FrozenSerializer

    def deed(self, wanted: dict[str, Any]) -> FrozenChoice:
        return freeze_choice(scenario=self.row, reason=wanted["reason"], actor=self.actor)


class FrozenView(ShowView):
    access = Access.COORDINATOR
    answer_class = FrozenSerializer

    def rows(self) -> QuerySet[FrozenChoice]:
        return FrozenChoice.objects.filter(intake__in=Intake.objects.visible_to(self.viewer))


class OverrideSerializer(serializers.ModelSerializer):
    application = serializers.UUIDField(source="application.public_id")
    by = serializers.CharField(source="made_by")

    class Meta:
        model = Override
        fields = ["application", "wanted", "reason", "by", "created_at"]


class OverrideAskSerializer(StrictSerializer):
    application = PublicIdField()
    wanted = serializers.ChoiceField(Wanted.choices)
    reason = serializers.CharField(max_length=1000)


class OverridesView(IntakeRows, PartsView, RepeatableView):
    """Who is in or out whatever the rule says; POST adds one."""

    serializer_class = OverrideAskSerializer
    answer_class = OverrideSerializer

    def parts(self) -> QuerySet[Override]:
        return overrides_of(self.row)

    def act(self, request: Any, **kwargs: Any) -> Any:
        self.find()
        wanted = self.checked(request)
        application = Application.objects.filter(intake=self.row, public_id=wanted["application"]).first()
        if application is None:
            raise Invalid(fields={"application": [_("Choose an application of this intake.")]})
        override = make_override(
            intake=self.row,
            application=application,
            wanted=wanted["wanted"],
            reason=wanted["reason"],
            actor=self.actor,
        )
        return self.answer(override, 201)


class OverrideEndView(DeedView):
    """By the application's id: the rule decides about it again."""

    access = Access.COORDINATOR

    def rows(self) -> QuerySet[Application]:
        return Application.objects.run_by(self.viewer)

    def deed(self, wanted: dict[str, Any]) -> None:
        override = Override.objects.filter(application=self.row, ended_at=None).first()
        if override is None:
            raise Conflict(_("Nobody has decided against the rule here."))
        end_override(override=override, actor=self.actor)
