"""Coordinators: who reads for an intake, a preview of the plan, the run, and how far the reading is."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView
from apps.applications.models import Application
from apps.core.access import Access
from apps.core.api.serializers import NothingSerializer, PublicIdField, ReasonSerializer, StrictSerializer
from apps.core.errors import Conflict, Invalid
from apps.programs.models import Intake
from apps.reviews.api.views import AssignmentSerializer
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import (
    Load,
    Progress,
    last_run,
    loads_of,
    possible_reviewers,
    progress_rows,
    read_applications,
)
from apps.reviews.services import (
    Plan,
    Reads,
    assign_reviewers,
    plan_assignments,
    reopen_review,
    set_reviewers,
    undo_run,
)


class IntakeRows:
    access = Access.COORDINATOR

    def rows(self) -> QuerySet[Intake]:
        return Intake.objects.visible_to(self.viewer).select_related("program")  # type: ignore[attr-defined]


class LoadSerializer(serializers.Serializer):
    """What one reviewer has; `most` is null for someone who could read but was not chosen.

    No `languages` means every language.
    """

    reviewer = serializers.UUIDField()
    name = serializers.CharField()
    most = serializers.IntegerField(allow_null=True)
    assigned = serializers.IntegerField()
    submitted = serializers.IntegerField()
    late = serializers.IntegerField()
    languages = serializers.ListField(child=serializers.CharField())
    topics = serializers.ListField(child=serializers.CharField())
    panel = serializers.CharField(allow_blank=True)


class ReviewersSerializer(serializers.Serializer):
    reviewers = LoadSerializer(many=True)


class LimitSerializer(StrictSerializer):
    """Languages, topics and panel stay as they are unless at least one of them is given."""

    reviewer = PublicIdField()
    most = serializers.IntegerField(min_value=1, max_value=5000)
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=settings.LANGUAGES), required=False, max_length=20
    )
    topics = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=100)
    panel = serializers.CharField(max_length=40, required=False, allow_blank=True)


class LimitsSerializer(StrictSerializer):
    """Everybody who reads. Someone left out gets nothing more, and keeps what they have."""

    reviewers = serializers.ListField(child=LimitSerializer(), max_length=500)


def _load(load: Load) -> dict[str, Any]:
    names = ("most", "assigned", "submitted", "late", "languages", "topics", "panel")
    counts = {name: getattr(load, name) for name in names}
    return {"reviewer": load.reviewer.public_id, "name": str(load.reviewer), **counts}


class ReviewersView(IntakeRows, ChangeView):
    """Who may read for an intake and how much; PUT replaces the choice."""

    serializer_class = LimitsSerializer
    answer_class = ReviewersSerializer

    def answer(self, shown: Intake, status: int = 200) -> Any:
        chosen = [_load(load) for load in loads_of(shown)]
        known = {load["reviewer"] for load in chosen}
        others = [
            {
                **{"reviewer": user.public_id, "name": str(user), "most": None},
                **dict.fromkeys(("assigned", "submitted", "late"), 0),
                **{"languages": [], "topics": [], "panel": ""},
            }
            for user in possible_reviewers(shown)
            if user.public_id not in known
        ]
        return super().answer({"reviewers": [*chosen, *others]}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        possible = {user.public_id: user for user in possible_reviewers(self.row)}
        limits = {each["reviewer"]: each["most"] for each in wanted["reviewers"]}
        if not set(limits) <= set(possible):
            raise Invalid(fields={"reviewers": [_("Choose reviewers of your organisation.")]})
        set_reviewers(
            intake=self.row,
            limits={possible[public_id]: most for public_id, most in limits.items()},
            reads={
                possible[each["reviewer"]]: Reads(
                    tuple(each.get("languages", [])), tuple(each.get("topics", [])), each.get("panel", "")
                )
                for each in wanted["reviewers"]
                if {"languages", "topics", "panel"} & set(each)
            },
            actor=self.actor,
        )


class EachSerializer(StrictSerializer):
    each = serializers.IntegerField(min_value=1, max_value=10, help_text="readers for each application")


class PlanSerializer(serializers.Serializer):
    """`lacking` counts the applications that find too few readers, by the reason."""

    assignments = serializers.IntegerField()
    by_reviewer = serializers.DictField(child=serializers.IntegerField())
    lacking = serializers.DictField(child=serializers.IntegerField())


class AssignPreviewView(IntakeRows, DeedView):
    """What assigning would do. Nothing is written."""

    serializer_class = EachSerializer
    answer_class = PlanSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, Any]:
        return self.in_words(plan_assignments(intake=self.row, each=wanted["each"]))

    def in_words(self, plan: Plan) -> dict[str, Any]:
        ids = {load.reviewer.pk: str(load.reviewer.public_id) for load in loads_of(self.row)}
        return {
            "assignments": len(plan.matching.pairs),
            "by_reviewer": {ids[pk]: number for pk, number in plan.new_by_reviewer.items()},
            "lacking": {why.value: n for why, n in Counter(plan.matching.why.values()).items()},
        }


class AssignView(AssignPreviewView):
    """Give every application its readers; what is assigned stays."""

    def deed(self, wanted: dict[str, Any]) -> dict[str, Any]:
        return self.in_words(assign_reviewers(intake=self.row, each=wanted["each"], actor=self.actor))


class UndoneSerializer(serializers.Serializer):
    """`kept` stay, because a reviewer has opened them."""

    cancelled = serializers.IntegerField()
    kept = serializers.IntegerField()


class UndoView(IntakeRows, DeedView):
    """Take back what the last run assigned and nobody has opened."""

    serializer_class = NothingSerializer
    answer_class = UndoneSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, Any]:
        run = last_run(self.row)
        if run is None:
            raise Conflict(_("Only the last run can be undone, and only once."))
        return asdict(undo_run(run=run, actor=self.actor))


class ProgressSerializer(serializers.Serializer):
    """Scores from 0 to 100, of the submitted reviews."""

    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    assigned = serializers.IntegerField()
    submitted = serializers.IntegerField()
    mean = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    lowest = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    highest = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    is_far_apart = serializers.BooleanField()


class ProgressView(IntakeRows, PartsView):
    answer_class = ProgressSerializer

    def parts(self) -> QuerySet[Application]:
        return read_applications(self.row)

    def lines(self, page: list[Application]) -> list[Progress]:
        return progress_rows(page)


class ReopenView(DeedView):
    """Give a submitted review back to its reviewer, with a reason they read."""

    access = Access.COORDINATOR
    serializer_class = ReasonSerializer
    answer_class = AssignmentSerializer

    def rows(self) -> QuerySet[ReviewAssignment]:
        return ReviewAssignment.objects.run_by(self.viewer).select_related("application")

    def deed(self, wanted: dict[str, Any]) -> None:
        reopen_review(assignment=self.row, **wanted, actor=self.actor)
