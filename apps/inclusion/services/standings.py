"""Who came how far in an intake, and how far they have come since a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.enrolments.models import Enrolment
from apps.inclusion.enums import FairnessStage
from apps.inclusion.models import FairnessReport
from apps.programs.models import Intake
from apps.reviews.selectors import scores_by_application
from apps.selection.enums import DecisionStatus, OfferStatus
from apps.selection.models import Decision, Offer
from apps.selection.selectors import RANKED, merit_choice

STAGES = [stage for stage in FairnessStage.values if stage != FairnessStage.MERIT]
OFFERED = STAGES[STAGES.index(FairnessStage.OFFERED) :]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an application came, and whether the order of merit alone would have chosen it."""

    person: int
    stage: str
    by_merit: bool


#: By application.
Standings = Mapping[int, Standing]


def standings_of(intake: Intake) -> dict[int, Standing]:
    """Everyone who applied; those who withdrew before they were told a decision are left out.

    Who came to a later stage without an earlier one counts in both: a stage holds everyone who came further.
    """
    told = set(_ids(Decision.objects.filter(application__intake=intake, status=DecisionStatus.RELEASED)))
    offers = Offer.objects.filter(application__intake=intake)
    came: list[tuple[str, set[int]]] = [
        (FairnessStage.ENROLLED, set(_ids(Enrolment.objects.filter(application__intake=intake)))),
        (FairnessStage.ACCEPTED, set(_ids(offers.filter(status=OfferStatus.ACCEPTED)))),
        (FairnessStage.OFFERED, set(_ids(offers.exclude(status=OfferStatus.RESCINDED)))),
        (FairnessStage.REVIEWED, set(scores_by_application(intake)) & told),
        (FairnessStage.ELIGIBLE, told),
    ]
    chosen = merit_choice(intake)
    sent = Application.objects.filter(intake=intake, person__isnull=False, submitted_at__isnull=False)
    sent = sent.filter(status__in=[ApplicationStatus.INELIGIBLE, *RANKED, ApplicationStatus.WITHDRAWN])
    return {
        pk: Standing(
            person=person or 0,
            stage=next((stage for stage, ids in came if pk in ids), FairnessStage.APPLIED),
            by_merit=pk in chosen,
        )
        for pk, person, status in sent.values_list("pk", "person_id", "status")
        if status != ApplicationStatus.WITHDRAWN or pk in told
    }


def _ids(rows: object) -> Iterable[int]:
    return rows.values_list("application_id", flat=True)  # type: ignore[attr-defined, no-any-return]


def standings_since(report: FairnessReport, now: Standings) -> dict[int, Standing]:
    """Who stood where in a report, and how far those who had been offered a place have come since."""
    later = STAGES[STAGES.index(FairnessStage.ACCEPTED) :]
    rows = report.standings.values_list("application_id", "application__person_id", "stage", "by_merit")
    return {
        pk: Standing(
            person=person or 0,
            stage=now[pk].stage if stage in OFFERED and pk in now and now[pk].stage in later else stage,
            by_merit=by_merit,
        )
        for pk, person, stage, by_merit in rows
    }


def members(standings: Standings, stage: str) -> set[int]:
    if stage == FairnessStage.MERIT:
        return {pk for pk, each in standings.items() if each.by_merit}
    reached = STAGES[STAGES.index(stage) :]
    return {pk for pk, each in standings.items() if each.stage in reached}
