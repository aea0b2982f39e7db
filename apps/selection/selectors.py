"""Reading selection."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.models import Criterion
from apps.reviews.selectors import scores_by_application
from apps.selection.enums import BatchStatus, DecisionStatus
from apps.selection.models import Decision, Offer, ReleaseBatch, SelectionRule, WaitlistEntry
from apps.selection.rules.ranking import Candidate, Place, rank

#: What can be decided on.
RANKED = (ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW, ApplicationStatus.DECIDED)


def rule_of(intake: Intake) -> SelectionRule:
    """The stored rule, or the usual one (not saved) while nobody has set it."""
    return SelectionRule.objects.filter(intake=intake).first() or SelectionRule(intake=intake)


def rule_as_data(intake: Intake, rule: SelectionRule) -> dict[str, Any]:
    """Everything that decides, for the fingerprint and for the page "how we decide"."""
    criteria = Criterion.objects.filter(rubric__intake=intake).order_by("number")
    return {
        "floor": f"{rule.floor:.3f}",
        "seats": intake.seats,
        "waitlist_size": rule.waitlist_size,
        "tie_break": "sent first",
        "criteria": [
            {"title": each.title.get("en", ""), "weight": f"{each.weight:.2f}", "highest": each.highest}
            for each in criteria
        ],
    }


def ranking(intake: Intake) -> list[Place]:
    """The whole order of merit: two statements, whatever the number of reviews."""
    marks = scores_by_application(intake)
    rows = Application.objects.filter(intake=intake, status__in=RANKED).values_list("pk", "submitted_at")
    candidates = [
        Candidate(
            id=pk,
            score=marks[pk].mean if pk in marks else None,
            reviews=marks[pk].count if pk in marks else 0,
            sent_at=sent.isoformat() if sent else "",
        )
        for pk, sent in rows
    ]
    rule = rule_of(intake)
    return rank(candidates, floor=rule.floor, seats=intake.seats, waitlist=rule.waitlist_size)


def merit_choice(intake: Intake) -> frozenset[int]:
    """Whom the order of merit alone would choose: the first `seats` at or above the floor."""
    return frozenset(place.candidate.id for place in ranking(intake) if place.suggestion == Outcome.OFFER)


@dataclass(frozen=True, slots=True)
class RankedRow:
    place: Place
    application: Application
    decision: Decision | None

    @property
    def key(self) -> str:
        """What the row's box sends when it is ticked."""
        return str(self.application.pk)


def rows_for(places: list[Place]) -> list[RankedRow]:
    """The people and decisions behind some places of the ranking; two statements."""
    ids = [place.candidate.id for place in places]
    applications = Application.objects.select_related("person__country").in_bulk(ids)
    decisions = {row.application_id: row for row in in_force(ids)}
    return [
        RankedRow(place, applications[place.candidate.id], decisions.get(place.candidate.id))
        for place in places
        if place.candidate.id in applications
    ]


def in_force(application_ids: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(application__in=application_ids).exclude(status=DecisionStatus.CORRECTED)


def held_of(intake: Intake) -> QuerySet[Decision]:
    """Held decisions that a batch can still tell: not those of applications that were withdrawn."""
    return Decision.objects.filter(
        application__intake=intake, application__status__in=RANKED, status=DecisionStatus.HELD, batch=None
    )


def outcome_counts(decisions: QuerySet[Decision]) -> Counter[str]:
    rows = decisions.order_by().values("outcome").annotate(n=Count("id"))
    return Counter({row["outcome"]: row["n"] for row in rows})


def has_withdrawn(batch: ReleaseBatch) -> bool:
    """Whether somebody the batch would tell can no longer be told."""
    return batch.decisions.exclude(application__status__in=RANKED).exists()


def decidable(places: list[Place]) -> list[str]:
    """The keys of the places whose decision is still open: not released, not in a batch."""
    settled = set(
        in_force([place.candidate.id for place in places])
        .exclude(status=DecisionStatus.HELD, batch=None)
        .values_list("application_id", flat=True)
    )
    return [str(place.candidate.id) for place in places if place.candidate.id not in settled]


def batches_of(intake: Intake) -> QuerySet[ReleaseBatch]:
    return (
        ReleaseBatch.objects.filter(intake=intake)
        .select_related("prepared_by", "released_by")
        .order_by("-id")
    )


def batches_waiting(viewer: Viewer) -> QuerySet[ReleaseBatch]:
    """Batches of the viewer's organisation that wait for a release."""
    return ReleaseBatch.objects.filter(
        intake__in=Intake.objects.visible_to(viewer), status=BatchStatus.PREPARED
    )


def offers_of(intake: Intake) -> QuerySet[Offer]:
    return Offer.objects.filter(intake=intake).select_related("application__person__user")


def waitlist_of(intake: Intake) -> QuerySet[WaitlistEntry]:
    return (
        WaitlistEntry.objects.filter(intake=intake).select_related("application__person").order_by("position")
    )


def own_decision(viewer: Viewer, application_public_id: Any) -> Decision | None:
    """A released decision of the viewer's own application; held ones do not exist for them."""
    return (
        Decision.objects.filter(
            application__public_id=application_public_id,
            application__person__user_id=viewer.user_id,
            status=DecisionStatus.RELEASED,
        )
        .select_related("application__intake__program__organisation")
        .first()
        if viewer.user_id
        else None
    )
