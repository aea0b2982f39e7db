"""The order of merit, with the people behind it."""

from dataclasses import dataclass

from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.selectors import scores_by_application
from apps.selection.enums import DecisionStatus
from apps.selection.models import Decision
from apps.selection.rules.ranking import Candidate, Place, rank
from apps.selection.selectors.deciding import in_force
from apps.selection.selectors.rule import rule_of
from apps.selection.selectors.statuses import RANKED


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


def decidable(places: list[Place]) -> list[str]:
    """The keys of the places whose decision is still open: not released, not in a batch."""
    settled = set(
        in_force([place.candidate.id for place in places])
        .exclude(status=DecisionStatus.HELD, batch=None)
        .values_list("application_id", flat=True)
    )
    return [str(place.candidate.id) for place in places if place.candidate.id not in settled]
