"""Who has scored the applications for calibration, and how far off they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import CalibrationPaper, Criterion, ReviewAssignment, Score
from apps.reviews.rules.calibration import Calibration, Item, compare, panel_points
from apps.reviews.selectors.readers import chosen_reviewers
from apps.reviews.selectors.statuses import COUNTS, REVIEWABLE


def papers_for_calibration(intake: Intake) -> QuerySet[Application]:
    """What may go into the set: applications of this intake that are being read."""
    return Application.objects.filter(intake=intake, status__in=REVIEWABLE, source="")


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One reviewer: how many of their papers they have submitted, and the points against the reference."""

    reviewer: User
    has: int
    done: int
    result: Calibration

    @property
    def distance(self) -> Decimal | None:
        """Points off on the mean, over everything compared."""
        away = [abs(each.difference) for each in self.result.compared]
        return sum(away, Decimal(0)) / len(away) if away else None

    @property
    def leaning(self) -> Decimal | None:
        """The same with its sign: below 0 is severe."""
        away = [each.difference for each in self.result.compared]
        return sum(away, Decimal(0)) / len(away) if away else None


@dataclass(frozen=True, slots=True)
class CalibrationSet:
    papers: list[CalibrationPaper]
    rows: list[CalibrationRow]


def calibration_of(intake: Intake) -> CalibrationSet:
    """The set and everyone chosen to read: five statements, whatever their number.

    Compared with the points people agreed on, else with the median of the others.
    """
    rows = CalibrationPaper.objects.filter(intake=intake).select_related("application__intake__program")
    papers = list(rows)
    applications = [paper.application_id for paper in papers]
    readings = ReviewAssignment.objects.filter(
        application__in=applications, purpose=Purpose.CALIBRATION, status__in=COUNTS
    ).values_list("reviewer_id", "status")
    has: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for reviewer, status in readings:
        has[reviewer] += 1
        done[reviewer] += status == AssignmentStatus.SUBMITTED
    criteria = Criterion.objects.filter(rubric__intake__in={paper.application.intake_id for paper in papers})
    highest = dict(criteria.values_list("pk", "highest"))
    points, agreed = _points(applications), _agreed(papers, criteria)
    people = [row.reviewer for row in chosen_reviewers(intake)]
    return CalibrationSet(
        papers,
        [
            CalibrationRow(
                reviewer=person,
                has=has[person.pk],
                done=done[person.pk],
                result=compare(points.get(person.pk, {}), _reference(points, person.pk, agreed), highest),
            )
            for person in people
        ],
    )


def _points(applications: list[int]) -> dict[int, dict[Item, int]]:
    rows = Score.objects.filter(
        review__assignment__application__in=applications,
        review__assignment__purpose=Purpose.CALIBRATION,
        review__assignment__status=AssignmentStatus.SUBMITTED,
        points__isnull=False,
    )
    columns = (
        "review__assignment__reviewer_id",
        "review__assignment__application_id",
        "criterion_id",
        "points",
    )
    found: dict[int, dict[Item, int]] = {}
    for reviewer, application, criterion, given in rows.values_list(*columns):
        found.setdefault(reviewer, {})[application, criterion] = given
    return found


def _agreed(papers: list[CalibrationPaper], criteria: QuerySet[Criterion]) -> dict[Item, Decimal]:
    by_number = {
        (intake, number): pk
        for intake, number, pk in criteria.values_list("rubric__intake_id", "number", "pk")
    }
    return {
        (paper.application_id, by_number[paper.application.intake_id, int(number)]): Decimal(given)
        for paper in papers
        for number, given in paper.agreed.items()
        if (paper.application.intake_id, int(number)) in by_number
    }


def _reference(
    points: Mapping[int, Mapping[Item, int]], reviewer: int, agreed: Mapping[Item, Decimal]
) -> dict[Item, Decimal]:
    others: Iterable[Mapping[Item, int]] = [given for pk, given in points.items() if pk != reviewer]
    return {**panel_points(list(others)), **agreed}
