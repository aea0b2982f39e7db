"""How good the reading of an intake is: agreement, severity, drift, and where readers disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.accounts.models import User
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.models import Criterion, ReviewAssignment, Score
from apps.reviews.rules.agreement import Agreement, Level, alpha
from apps.reviews.rules.disagreement import Disagreement, disagreement
from apps.reviews.rules.disagreement import Marks as ReadingMarks
from apps.reviews.rules.drift import Drift
from apps.reviews.rules.icc import OneWay, icc_one_way
from apps.reviews.rules.severity import Severity
from apps.reviews.selectors.readings import Readings, readings_of, submitted
from apps.reviews.selectors.scores import as_measure
from apps.reviews.selectors.statuses import COUNTS, REVIEWABLE, TO_DO

#: application id → reviewer id → criterion id → points
_Points = dict[int, dict[int, dict[int, int]]]


@dataclass(frozen=True, slots=True)
class CriterionQuality:
    criterion: Criterion
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class ReviewerQuality:
    reviewer: User
    severity: Severity
    drift: Drift | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """An application whose readers are far apart; `third` says whether one more was asked for."""

    application: Application
    found: Disagreement
    gaps: list[tuple[Criterion, int, int]]
    third: bool
    waits: bool

    @property
    def may_ask(self) -> bool:
        return (
            self.found.third_wanted
            and not self.third
            and not self.waits
            and self.application.status in REVIEWABLE
        )


@dataclass(frozen=True, slots=True)
class Quality:
    """`overall` is alpha of the weighted scores, as an interval: they are no ranks."""

    readings: int
    criteria: list[CriterionQuality]
    overall: Agreement
    icc: OneWay
    reviewers: list[ReviewerQuality]
    disputed: list[Disputed]

    @property
    def to_ask(self) -> int:
        return sum(row.may_ask for row in self.disputed)


def quality_of(intake: Intake) -> Quality:
    """Everything at once: about a second at 30,000 readings of four criteria. Eight statements."""
    readings = readings_of(intake)
    criteria = list(Criterion.objects.filter(rubric__intake=intake))
    points = _points(intake)
    scores: dict[int, list[Decimal]] = {}
    for reading in readings.all:
        scores.setdefault(reading.application, []).append(reading.score)
    return Quality(
        readings=len(readings.all),
        criteria=[CriterionQuality(each, alpha(_units(points, each.pk), Level.ORDINAL)) for each in criteria],
        overall=alpha(scores.values(), Level.INTERVAL),
        icc=icc_one_way(scores.values()),
        reviewers=_reviewers(readings),
        disputed=_disputed(intake, criteria, _disagreements(criteria, readings, points)),
    )


def disagreements_of(intake: Intake) -> dict[int, Disagreement]:
    """Applications whose readers are far apart. Four statements."""
    criteria = list(Criterion.objects.filter(rubric__intake=intake))
    return _disagreements(criteria, readings_of(intake), _points(intake))


def settled(applications: Iterable[int]) -> tuple[set[int], set[int]]:
    """Of these: where a third reading was asked for, and where any reading is still to come."""
    rows = ReviewAssignment.objects.counted().filter(application__in=applications, status__in=COUNTS)
    third: set[int] = set()
    waits: set[int] = set()
    for application, purpose, status in rows.values_list("application_id", "purpose", "status"):
        if purpose == Purpose.THIRD:
            third.add(application)
        if status in TO_DO:
            waits.add(application)
    return third, waits


def _points(intake: Intake) -> _Points:
    rows = Score.objects.filter(review__assignment__in=submitted(intake).order_by(), points__isnull=False)
    columns = ("review__assignment__application_id", "review__assignment__reviewer_id")
    found: _Points = {}
    for application, reviewer, criterion, given in rows.values_list(*columns, "criterion_id", "points"):
        found.setdefault(application, {}).setdefault(reviewer, {})[criterion] = given
    return found


def _units(points: _Points, criterion: int) -> list[list[int]]:
    return [
        [given[criterion] for given in readers.values() if criterion in given] for readers in points.values()
    ]


def _disagreements(criteria: list[Criterion], readings: Readings, points: _Points) -> dict[int, Disagreement]:
    measures = [as_measure(each) for each in criteria if not each.is_independent]
    marks: dict[int, list[ReadingMarks]] = {}
    for each in readings.all:
        given = points.get(each.application, {}).get(each.reviewer, {})
        marks.setdefault(each.application, []).append(ReadingMarks(given, each.score))
    compared = {pk: disagreement(measures, group) for pk, group in sorted(marks.items())}
    return {pk: found for pk, found in compared.items() if found.found}


def _reviewers(readings: Readings) -> list[ReviewerQuality]:
    drifts = readings.drifts
    people = User.objects.in_bulk(readings.severities)
    rows = [
        ReviewerQuality(people[pk], severity, drifts.get(pk)) for pk, severity in readings.severities.items()
    ]
    return sorted(rows, key=lambda row: (row.severity.difference or Decimal(0), row.reviewer.pk))


#: The page shows so many, the widest apart first; all of them can be asked for at once.
MOST_SHOWN = 200


def _disputed(intake: Intake, criteria: list[Criterion], found: Mapping[int, Disagreement]) -> list[Disputed]:
    third, waits = settled(found)
    titles = {each.pk: each for each in criteria}
    rows = Application.objects.filter(intake=intake).only("reference", "public_id", "status").in_bulk(found)
    return [
        Disputed(
            application=rows[pk],
            found=each,
            gaps=[(titles[gap.criterion], gap.lowest, gap.highest) for gap in each.gaps],
            third=pk in third,
            waits=pk in waits,
        )
        for pk, each in sorted(found.items(), key=lambda item: (-item[1].apart, item[0]))
    ]
