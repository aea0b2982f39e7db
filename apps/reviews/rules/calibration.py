"""The set that everybody scores first: my points beside the panel's, and whether I may begin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from apps.reviews.rules.scoring import STEP

#: What is scored: (application, criterion).
Item = tuple[int, int]

#: On the mean, per criterion, a reviewer who passes is at most a quarter of the range away: 1 point of five.
MEAN_WITHIN = Decimal("0.25")
#: And nowhere by three quarters of the range or more: 3 points of five turn the best into the middling.
NEVER_FROM = Decimal("0.75")


class Nearness(StrEnum):
    """Keys of the words beside two numbers."""

    SAME = "same"  # less than a point: a median may lie half way
    ONE_OFF = "one_off"  # less than two steps
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Compared:
    """Mine minus the panel's is `difference`: below 0 I am the more severe."""

    application: int
    criterion: int
    mine: int
    panel: Decimal
    nearness: Nearness

    @property
    def difference(self) -> Decimal:
        return self.mine - self.panel


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion over the whole set, in points: mean with its sign, mean and most without."""

    criterion: int
    mean_difference: Decimal
    mean_distance: Decimal
    furthest: Decimal
    passes: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """`compared` in the order of applications and criteria; `missing` is what I have not scored yet."""

    compared: tuple[Compared, ...]
    criteria: Mapping[int, CriterionResult]
    missing: tuple[Item, ...]

    @property
    def passes(self) -> bool | None:
        """None when there is nothing to compare with; never before everything is scored."""
        if not self.compared and not self.missing:
            return None
        return not self.missing and all(result.passes for result in self.criteria.values())


def panel_points(panel: Sequence[Mapping[Item, int]]) -> dict[Item, Decimal]:
    """The median of the points that others gave; leave out the reviewer who is compared.

    A median, because one member who is far off must not move what everybody is measured against.
    """
    given: dict[Item, list[int]] = defaultdict(list)
    for points in panel:
        for item, point in points.items():
            given[item].append(point)
    return {item: Decimal(median(points)) for item, points in sorted(given.items())}


def compare(
    mine: Mapping[Item, int], reference: Mapping[Item, Decimal], highest: Mapping[int, int]
) -> Calibration:
    """Hold my points against `reference`: panel_points(), or what the panel agreed on.

    `highest` is each criterion's. A reviewer passes when on every criterion the mean distance is
    at most a quarter of the range and no distance reaches three quarters of it: on a scale of five, 1.0 and 3.
    Both, since a mean forgives one grave misreading, and one exception says nothing of small steady ones.
    The sign is shown and not judged: steady severity is corrected, not forbidden (severity.py).
    What I scored and the reference lacks is left out.
    """
    compared = tuple(
        Compared(*item, mine[item], panel, nearness(abs(mine[item] - panel), highest[item[1]]))
        for item, panel in sorted(reference.items())
        if item in mine
    )
    by_criterion: dict[int, list[Decimal]] = defaultdict(list)
    for each in compared:
        by_criterion[each.criterion].append(each.difference)
    criteria = {
        criterion: _result(criterion, differences, highest[criterion])
        for criterion, differences in sorted(by_criterion.items())
    }
    return Calibration(compared, criteria, tuple(sorted(reference.keys() - mine.keys())))


def nearness(distance: Decimal, highest: int) -> Nearness:
    """A step is a quarter of the range and no less than a point: 1 of five, 2.25 of ten, 1 of three."""
    if distance < 1:
        return Nearness.SAME
    step = max(Decimal(1), Decimal(highest - 1) / 4)
    return Nearness.ONE_OFF if distance < 2 * step else Nearness.FAR


def _result(criterion: int, differences: Sequence[Decimal], highest: int) -> CriterionResult:
    distances = [abs(difference) for difference in differences]
    mean, furthest = sum(distances, Decimal(0)) / len(distances), max(distances)
    span = highest - 1
    return CriterionResult(
        criterion=criterion,
        mean_difference=_round(sum(differences, Decimal(0)) / len(differences)),
        mean_distance=_round(mean),
        furthest=furthest,
        passes=furthest == 0 or (mean <= MEAN_WITHIN * span and furthest < NEVER_FROM * span),
    )


def _round(value: Decimal) -> Decimal:
    return value.quantize(STEP, ROUND_HALF_UP)
