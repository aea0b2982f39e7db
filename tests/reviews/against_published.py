"""Hold our statistics of reviewing against an independent computation, on a published set of reviews.

    python -m tests.reviews.against_published FILE.csv

One row is one review: ID (proposal), RevID (reviewer), Score, and the criteria Innovation, Approach,
Investig, Signif and Impact, each from 1 (best) to 5; a criterion may be empty. This is the shape of the grant
reviews of 2014-2017 that Gallo and others published; no licence lets them be a part of this project. Prints both
computations side by side. Ends with 1 when a figure differs by more than 1e-6, or 1e-3 where ours are
rounded to three decimals (2e-3: twice), and with 2 for a file that cannot be read.
"""

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from apps.reviews.rules.agreement import Level, alpha
from apps.reviews.rules.icc import icc_one_way
from apps.reviews.rules.severity import Method, adjusted, severities
from apps.reviews.rules.two_way import Reading
from tests.reviews.independent import (
    adjusted_by_definition,
    alpha_by_pairs,
    difference_from_all,
    differences_by_lstsq,
    icc_one_way_by_variances,
)

OVERALL = "Score"
CRITERIA = ("Innovation", "Approach", "Investig", "Signif", "Impact")
COLUMNS = ("ID", "RevID", OVERALL, *CRITERIA)
EXACT, ROUNDED = 1e-6, 1e-3
#: Adjusted scores are made of rounded severities and rounded again.
TWICE_ROUNDED = 2e-3


class Unreadable(Exception):
    """What is wrong with the file, and where."""


@dataclass(frozen=True, slots=True)
class Review:
    proposal: int
    reviewer: int
    marks: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    ours: float | None
    theirs: float | None
    within: float
    note: str = ""

    @property
    def equal(self) -> bool:
        if self.ours is None or self.theirs is None:
            return self.ours is self.theirs
        return abs(self.ours - self.theirs) <= self.within

    def __str__(self) -> str:
        ours, theirs = ("none" if each is None else f"{each:.6f}" for each in (self.ours, self.theirs))
        return f"{self.name:<34}{ours:>14}{theirs:>14}  {'equal' if self.equal else 'DIFFERS':<8} {self.note}".rstrip()


def read(path: Path) -> list[Review]:
    """Raises Unreadable with the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} cannot be read: {error}") from error
    table = csv.DictReader(io.StringIO(text, newline=""))
    if absent := [column for column in COLUMNS if column not in (table.fieldnames or ())]:
        raise Unreadable(f"{path.name} has no column {', '.join(absent)}")
    reviews: dict[tuple[int, int], Review] = {}
    for row in table:
        where = f"{path.name}, line {table.line_num}"
        if None in row:
            raise Unreadable(f"{where}: more cells than columns")
        review = Review(
            _whole(row, "ID", where),
            _whole(row, "RevID", where),
            {column: _mark(row, column, where) for column in (OVERALL, *CRITERIA)},
        )
        if (review.proposal, review.reviewer) in reviews:
            raise Unreadable(f"{where}: reviewer {review.reviewer} has reviewed {review.proposal} before")
        if review.marks[OVERALL] is None:
            raise Unreadable(f"{where}: {OVERALL} is empty")
        reviews[review.proposal, review.reviewer] = review
    if not reviews:
        raise Unreadable(f"{path.name} has no reviews")
    return list(reviews.values())


def _whole(row: Mapping[str, str | None], column: str, where: str) -> int:
    try:
        return int(row[column] or "")
    except ValueError as error:
        raise Unreadable(f"{where}: {column} is no whole number: {row[column]!r}") from error


def _mark(row: Mapping[str, str | None], column: str, where: str) -> Decimal | None:
    if row[column] == "":
        return None
    try:
        mark = Decimal(row[column] or "")
    except InvalidOperation as error:
        raise Unreadable(f"{where}: {column} is no number: {row[column]!r}") from error
    if not mark.is_finite() or not 1 <= mark <= 5:
        raise Unreadable(f"{where}: {column} is not from 1 to 5: {row[column]!r}")
    return mark


def figures(reviews: Sequence[Review]) -> Iterator[Figure]:
    for column in (OVERALL, *CRITERIA):
        yield from _alphas(column, _units(reviews, column))
    overall = [[float(mark) for mark in unit if mark is not None] for unit in _units(reviews, OVERALL)]
    yield from _icc(overall)
    yield from _severities([_reading(review) for review in reviews])


def _units(reviews: Sequence[Review], column: str) -> list[list[Decimal | None]]:
    """Points with 5 as the best, by proposal."""
    units: dict[int, list[Decimal | None]] = {}
    for review in reviews:
        mark = review.marks[column]
        units.setdefault(review.proposal, []).append(None if mark is None else 6 - mark)
    return list(units.values())


def _alphas(column: str, units: Sequence[Sequence[Decimal | None]]) -> Iterator[Figure]:
    plain = [[None if mark is None else float(mark) for mark in unit] for unit in units]
    for level in (Level.ORDINAL, Level.INTERVAL, Level.NOMINAL) if column == OVERALL else (Level.ORDINAL,):
        ours = alpha(units, level)
        theirs = alpha_by_pairs(plain, level.value)
        note = f"{ours.verdict or ours.unknown}, {ours.marks} marks of {ours.units}"
        yield Figure(f"alpha {level}, {column}", ours.value, theirs, EXACT, note)


def _icc(units: Sequence[Sequence[float]]) -> Iterator[Figure]:
    ours = icc_one_way(units)
    theirs = icc_one_way_by_variances(units)
    yield Figure("ICC(1,1), Score", ours.single, theirs.get("single"), EXACT, ours.unknown or "")
    yield Figure("ICC(1,k), Score", ours.mean, theirs.get("mean"), EXACT)
    yield Figure("k0", ours.readers, theirs.get("readers"), EXACT)


def _reading(review: Review) -> Reading:
    mark = review.marks[OVERALL] or Decimal(5)
    return Reading(review.proposal, review.reviewer, 25 * (5 - mark))


def _severities(readings: Sequence[Reading]) -> Iterator[Figure]:
    ours, theirs = severities(readings), differences_by_lstsq(readings)
    for reviewer, found in ours.items():
        difference = None if found.difference is None else float(found.difference)
        note = f"{found.readings} read, corrected by {found.correction}, {found.method}"
        again = theirs.get(reviewer)
        if again is None and found.method is Method.Z_SCORE:
            again = difference_from_all(readings, reviewer)
        yield Figure(f"difference of reviewer {reviewer}", difference, again, ROUNDED, note)
    raw, expected = adjusted(readings, {}), adjusted_by_definition(readings, theirs)
    for application, score in adjusted(readings, ours).items():
        name, note = f"adjusted score of {application}", f"raw {raw[application]}"
        yield Figure(name, float(score), expected[application], TWICE_ROUNDED, note)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.reviews.against_published FILE.csv\n")
        return 2
    try:
        reviews = read(Path(arguments[0]))
    except Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = list(figures(reviews))
    sys.stdout.write(f"{'':<34}{'ours':>14}{'independent':>14}\n")
    sys.stdout.writelines(f"{figure}\n" for figure in found)
    wrong = sum(not figure.equal for figure in found)
    sys.stdout.write(f"{len(reviews)} reviews, {len(found)} figures, {wrong} differ\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
