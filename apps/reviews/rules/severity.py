"""Who scores severely, who mildly, and what scores would be without it.

Raw and adjusted scores are shown side by side; which of them counts is decided before scores open.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from apps.reviews.rules.scoring import STEP
from apps.reviews.rules.two_way import Reading, by_application, leanings

#: An eighth of the scale: half a point of five. No reading is ever moved by more.
CAP = Decimal("12.5")
#: Who hardly uses the scale has hardly told applications apart: stretching further would blow up chance.
LEAST_STRETCH, MOST_STRETCH = Decimal("0.5"), Decimal(2)
#: A factor for distances of up to 100 points, whose product is to be right in the third decimal.
FINE = Decimal("0.000001")
#: From so many applications, left to chance, a reviewer's own spread is known well enough.
ENOUGH_FOR_Z = 15


class Method(StrEnum):
    NONE = "none"  # nobody else read what they read, and it is too little for a z-score
    ADDITIVE = "additive"  # the same for each of their readings
    Z_SCORE = "z_score"  # as far from the mean, in spreads, as they put it


@dataclass(frozen=True, slots=True)
class Severity:
    """One reviewer's way of scoring, in points of 0 to 100.

    `mean` and `spread` (standard deviation, n - 1) are of their raw scores. `difference` is how far they
    score above the others: below 0 is severe. `correction` is the difference kept within the
    cap; it is subtracted. `stretch` is the factor for distances from their own mean: above 1 for somebody
    who uses less of the scale than others do, and always 1 without a z-score.
    """

    reviewer: int
    readings: int
    mean: Decimal
    spread: Decimal | None
    difference: Decimal | None
    correction: Decimal
    method: Method
    stretch: Decimal = Decimal(1)


def severities(
    readings: Sequence[Reading], *, chosen: Set[tuple[int, int]] = frozenset()
) -> dict[int, Severity]:
    """Every reviewer's severity. Raises ValueError for impossible scores and for a pair twice.

    `chosen` are the (application, reviewer) pairs not left to chance: placed by hand, by language, by
    subject. A z-score says "their mean and their spread differ from others' because of them", which is
    true only of applications drawn at random, so those pairs do not count towards the fifteen.

    Additive: the joint difference of two_way.leanings, within the cap.

    Z-score: z = (score - own mean) / own spread, put back on the scale as mean + z * spread. The spread put
    back is the usual one of a single reviewer (pooled over all, weighted by n - 1): that of
    all readings together holds the differences of severity that are being taken out. The mean put back is
    what the joint model expects of the very applications they read (own mean - difference): on average
    that is the pool's mean, without the luck of the draw, which at fifteen applications is
    about a quarter of the spread of applications. Where the reviewer shares nothing, it is the pool's mean
    itself. So the two methods agree about severity and differ only in the stretch, and the cap
    holds for each reading whatever the z-score says: at fifteen readings a spread is known to a fifth
    either way, which must not move an extreme score further than severity may. For the same reason the
    stretch stays between a half and 2.
    A reviewer who gives everybody the same score has no z-score and stays additive.
    """
    own: dict[int, list[Decimal]] = defaultdict(list)
    drawn: dict[int, int] = defaultdict(int)
    for unit in by_application(readings).values():
        for reading in unit:
            own[reading.reviewer].append(reading.score)
            drawn[reading.reviewer] += (reading.application, reading.reviewer) not in chosen
    joint = leanings(readings)
    usual = _usual_spread(own.values())
    middle = _mean([score for scores in own.values() for score in scores]) if own else Decimal(0)
    found = {}
    for reviewer, scores in sorted(own.items()):
        mean, spread = _mean(scores), _spread(scores)
        standard = drawn[reviewer] >= ENOUGH_FOR_Z and bool(spread)
        difference = Decimal(joint[reviewer]) if reviewer in joint else mean - middle if standard else None
        found[reviewer] = Severity(
            reviewer=reviewer,
            readings=len(scores),
            mean=_round(mean),
            spread=None if spread is None else _round(spread),
            difference=None if difference is None else _round(difference),
            correction=_round(_capped(difference or Decimal(0))),
            method=Method.Z_SCORE if standard else Method.NONE if difference is None else Method.ADDITIVE,
            stretch=_stretch(usual, spread) if standard and spread else Decimal(1),
        )
    return found


def adjusted(readings: Sequence[Reading], found: Mapping[int, Severity]) -> dict[int, Decimal]:
    """Each application's mean adjusted score, from 0 to 100; with nothing found, its raw mean.

    Computed from the rounded figures of `found`, so that anybody can do the sum from what is shown. The mean is
    kept within the scale, not each reading: 100 from a severe reader is more than 100 from a mild one. No
    application moves by more than the cap, and one reviewer's order of applications never turns round.
    """
    return {
        application: _round(
            min(max(_mean([_adjust(each, found) for each in unit]), Decimal(0)), Decimal(100))
        )
        for application, unit in by_application(readings).items()
    }


def _adjust(reading: Reading, found: Mapping[int, Severity]) -> Decimal:
    severity = found.get(reading.reviewer)
    if severity is None or severity.difference is None:
        return reading.score
    narrower = (reading.score - severity.mean) * (1 - severity.stretch)
    return reading.score - _capped(severity.difference + narrower)


def _stretch(usual: Decimal, own: Decimal) -> Decimal:
    return min(max(usual / own, LEAST_STRETCH), MOST_STRETCH).quantize(FINE)


def _capped(difference: Decimal) -> Decimal:
    return min(max(difference, -CAP), CAP)


def _mean(scores: Sequence[Decimal]) -> Decimal:
    return sum(scores, Decimal(0)) / len(scores)


def _squares(scores: Sequence[Decimal]) -> Decimal:
    mean = _mean(scores)
    return sum(((score - mean) ** 2 for score in scores), Decimal(0))


def _spread(scores: Sequence[Decimal]) -> Decimal | None:
    """None for a single score, 0 for equal ones however their mean is rounded."""
    if len(scores) < 2:
        return None
    return Decimal(0) if len(set(scores)) == 1 else (_squares(scores) / (len(scores) - 1)).sqrt()


def _usual_spread(own: Iterable[Sequence[Decimal]]) -> Decimal:
    many = [scores for scores in own if len(scores) > 1]
    freedom = sum(len(scores) - 1 for scores in many)
    return (sum(map(_squares, many), Decimal(0)) / freedom).sqrt() if freedom else Decimal(0)


def _round(value: Decimal) -> Decimal:
    return value.quantize(STEP, ROUND_HALF_UP)
