"""Coordinators: the order of merit, and decisions that are held until they are released."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.applications.enums import Outcome
from apps.applications.models import Application
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import PublicIdField, StrictSerializer
from apps.core.errors import Invalid
from apps.programs.models import Intake
from apps.selection.api.rows import IntakeRows
from apps.selection.forms import CorrectForm
from apps.selection.models import Decision
from apps.selection.selectors import RankedRow, in_force, ranking, rows_for
from apps.selection.services import correct_decision, hold_decisions

ROWS = 100
SUGGESTED = "suggested"


class DecisionSerializer(serializers.ModelSerializer):
    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    batch = serializers.UUIDField(source="batch.public_id", allow_null=True, default=None)

    class Meta:
        model = Decision
        fields = [
            *("application", "reference", "version", "outcome", "status", "reason", "score", "rank"),
            *("batch", "released_at"),
        ]


class PlaceSerializer(serializers.Serializer):
    """`suggestion` is what the rule proposes; empty while there is no submitted review. `rank` and `score` are
    those of the frozen choice once one was worked out and frozen; null for who came after it.
    """

    rank = serializers.IntegerField(source="place.rank", allow_null=True)
    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    name = serializers.SerializerMethodField()
    score = serializers.DecimalField(source="place.score", max_digits=6, decimal_places=3, allow_null=True)
    reviews = serializers.IntegerField()
    suggestion = serializers.ChoiceField(Outcome.choices, source="place.suggestion", allow_blank=True)
    decision = serializers.SerializerMethodField()

    def get_name(self, row: RankedRow) -> str:
        return str(row.application.person or "")

    def get_decision(self, row: RankedRow) -> str:
        return row.decision.outcome if row.decision else ""


class RankingSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = PlaceSerializer(many=True)


class RankingView(IntakeRows, ShowView):
    """The order of merit. It is computed whole, so a cursor counts the rows before a page."""

    answer_class = RankingSerializer

    @extend_schema(parameters=[OpenApiParameter("cursor", str, description="from `next`")])
    def get(self, request: Request, **kwargs: Any) -> Any:
        return super().get(request, **kwargs)

    def answer(self, shown: Intake, status: int = 200) -> Any:
        text = self.request.query_params.get("cursor", "")
        start = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        places, end = ranking(shown), start + ROWS
        here = self.request.build_absolute_uri()
        further = replace_query_param(here, "cursor", end) if end < len(places) else None
        return super().answer({"next": further, "results": rows_for(places[start:end])}, status)


class HoldSerializer(StrictSerializer):
    """`suggested` holds what the rule proposes. What differs from it needs a reason."""

    applications = serializers.ListField(child=PublicIdField(), min_length=1, max_length=1000)
    outcome = serializers.ChoiceField([(SUGGESTED, _("As suggested")), *Outcome.choices])
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class DecisionsSerializer(serializers.Serializer):
    decisions = DecisionSerializer(many=True)


class HoldView(IntakeRows, DeedView):
    """Decide some applications. Nobody outside staff sees a held decision."""

    serializer_class = HoldSerializer
    answer_class = DecisionsSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, Any]:
        outcomes = self.outcomes(wanted["applications"], wanted["outcome"])
        hold_decisions(intake=self.row, outcomes=outcomes, reason=wanted["reason"], actor=self.actor)
        return {"decisions": in_force(list(outcomes)).select_related("application", "batch").order_by("pk")}

    def outcomes(self, chosen: list[Any], wanted: str) -> dict[int, str]:
        ours = Application.objects.run_by(self.viewer).filter(intake=self.row, public_id__in=chosen)
        ids = set(ours.values_list("pk", flat=True))
        if len(ids) != len(set(chosen)):
            raise Invalid(fields={"applications": [_("Choose applications of this intake.")]})
        suggested = {place.id: place.suggestion for place in ranking(self.row)}
        if not ids <= set(suggested) or (wanted == SUGGESTED and not all(suggested[pk] for pk in ids)):
            raise Invalid(fields={"applications": [_("One of these cannot be decided yet.")]})
        return {pk: suggested[pk] if wanted == SUGGESTED else wanted for pk in ids}


class DecisionListView(IntakeRows, PartsView):
    """Every decision in force, held or released."""

    answer_class = DecisionSerializer

    def parts(self) -> QuerySet[Decision]:
        ours = Decision.objects.filter(application__intake=self.row).exclude(status="corrected")
        return ours.select_related("application", "batch")


class CorrectionSerializer(FormSerializer):
    form_class = CorrectForm


class CorrectView(DeedView):
    """A new version in place of a released decision, held until a batch releases it."""

    access = Access.COORDINATOR
    serializer_class = CorrectionSerializer
    answer_class = DecisionSerializer

    def rows(self) -> QuerySet[Application]:
        return Application.objects.run_by(self.viewer)

    def deed(self, wanted: dict[str, Any]) -> Decision:
        decision = in_force([self.row.pk]).select_related("application").first()
        if decision is None:
            raise Invalid(_("There is no decision to correct."))
        return correct_decision(decision=decision, **wanted, actor=self.actor)
