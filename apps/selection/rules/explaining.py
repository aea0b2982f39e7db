"""What one decision says of itself to the person it is about: facts in order, and no words yet.

Facts come from what the decision stored and from nothing else, so that they are the same for ever. Older
decisions stored less: a fact whose inputs are missing is left out. No fact says who else was chosen, and
none names a group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from apps.selection.rules.telling import NOT_SELECTED, OFFER, Moved

RAW, ADJUSTED, LOTTERY, SENT_FIRST = "raw", "adjusted", "lottery", "sent_first"
STEP = Decimal("0.001")
HIGHEST = Decimal(100)


class Kind(StrEnum):
    NOT_RANKED = "not_ranked"  # no score of this application counted: unread, or not eligible
    SCORE = "score"  # `points`; `word` says which mean counted
    OTHER_SCORE = "other_score"  # the mean that did not count
    CRITERION = (
        "criterion"  # `number` is the criterion's, `points` of `of`; `word` is "alone" if it never counts
    )
    PLACE = "place"  # `number` in a list of `of` people for `seats` seats
    ABOVE_FLOOR = "above_floor"  # `points` is the floor
    BELOW_FLOOR = "below_floor"
    CUT_OFF = "cut_off"  # `points` of the last who was chosen
    SCORE_IN = "score_in"  # the score was enough by itself
    SCORE_OUT = "score_out"  # everybody chosen had a higher one
    MORE_THAN_SCORES = "more_than_scores"  # somebody with a score that is not higher was chosen
    TARGET_IN = "target_in"
    TARGET_OUT = "target_out"
    TIE_IN = "tie_in"  # `word` is how ties are broken
    TIE_OUT = "tie_out"
    OVERRIDE_IN = "override_in"  # a person put them in, or out, before the choice was made
    OVERRIDE_OUT = "override_out"
    BY_A_PERSON = "by_a_person"  # what was decided is not what the rule proposed
    ENOUGH_ABOVE = "enough_above"  # more than `points` would have been enough
    ENOUGH_FROM = "enough_from"  # `points` would have been enough


#: What put somebody on their side of the line: one of these at most.
MATTERED = (
    *(Kind.SCORE_IN, Kind.SCORE_OUT, Kind.MORE_THAN_SCORES, Kind.TARGET_IN, Kind.TARGET_OUT),
    *(Kind.TIE_IN, Kind.TIE_OUT, Kind.OVERRIDE_IN, Kind.OVERRIDE_OUT, Kind.BY_A_PERSON),
)
WHAT_WOULD = (Kind.ENOUGH_ABOVE, Kind.ENOUGH_FROM)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to say; only the values its kind speaks of are set."""

    kind: Kind
    points: Decimal | None = None
    number: int | None = None
    of: int | None = None
    seats: int | None = None
    weight: Decimal | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    facts: tuple[Fact, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(fact.kind for fact in self.facts)

    @property
    def is_by_rule(self) -> bool:
        """Whether fixed rules decided, and no person against them."""
        people = (Kind.BY_A_PERSON, Kind.OVERRIDE_IN, Kind.OVERRIDE_OUT, Kind.NOT_RANKED)
        return not any(kind in people for kind in self.kinds)


def explain(inputs: Mapping[str, Any], outcome: str) -> Explanation:
    """`inputs` are those of a decision (docs/adr/0031), with its `score` and `order` where they lack these.

    An offer is told shortly: nobody asks why they were not below a floor. What would have changed it is
    said only where the rule alone decided; else a person did, and gave a reason.
    """
    case = Case(inputs, outcome)
    return Explanation(
        (*_scores(case), *_criteria(inputs), *_place(case), *_lines(case), *_mattered(case), *_enough(case))
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One decision's inputs, read."""

    inputs: Mapping[str, Any]
    outcome: str

    def points(self, name: str) -> Decimal | None:
        value = self.inputs.get(name)
        return None if value is None or value == "" else Decimal(str(value))

    @property
    def score(self) -> Decimal | None:
        """As it was decided on; else the mean that counts."""
        found = self.points("score")
        return found if found is not None else self.points(self.counted)

    @property
    def counted(self) -> str:
        wants_adjusted = self.inputs.get("counts") == ADJUSTED
        return ADJUSTED if wants_adjusted and self.points(ADJUSTED) is not None else RAW

    @property
    def is_ranked(self) -> bool:
        return self.score is not None and bool(self.inputs.get("suggestion"))

    @property
    def is_in(self) -> bool:
        return self.outcome == OFFER

    @property
    def is_below_floor(self) -> bool:
        return self.inputs.get("is_above_floor") is False

    @property
    def is_by_a_person(self) -> bool:
        """No rule gives anything to somebody below the floor."""
        given_below = self.is_below_floor and self.outcome != NOT_SELECTED
        return self.outcome != self.inputs.get("suggestion") or given_below

    @property
    def moved(self) -> str:
        return str(self.inputs.get("moved", ""))


def _scores(case: Case) -> Iterator[Fact]:
    if not case.is_ranked:
        yield Fact(Kind.NOT_RANKED)
    if case.score is None:
        return
    yield Fact(Kind.SCORE, points=case.score, word=case.counted if "counts" in case.inputs else "")
    other = RAW if case.counted == ADJUSTED else ADJUSTED
    if "counts" in case.inputs and (mean := case.points(other)) not in (None, case.score):
        yield Fact(Kind.OTHER_SCORE, points=mean, word=other)


def _criteria(inputs: Mapping[str, Any]) -> Iterator[Fact]:
    for row in inputs.get("criteria", ()):
        yield Fact(
            Kind.CRITERION,
            number=row["criterion"],
            points=Decimal(row["points"]),
            of=row["highest"],
            weight=Decimal(row["weight"]),
            word="alone" if row["independent"] else "",
        )


def _place(case: Case) -> Iterator[Fact]:
    if case.inputs.get("order"):
        yield Fact(
            Kind.PLACE,
            number=case.inputs["order"],
            of=case.inputs.get("of"),
            seats=case.inputs.get("seats"),
        )


def _lines(case: Case) -> Iterator[Fact]:
    floor, cut_off = case.points("floor"), case.points("cut_off")
    if floor and case.is_below_floor:
        yield Fact(Kind.BELOW_FLOOR, points=floor)
    elif floor and case.inputs.get("is_above_floor") and not case.is_in:
        yield Fact(Kind.ABOVE_FLOOR, points=floor)
    if cut_off is not None and not case.is_in:
        yield Fact(Kind.CUT_OFF, points=cut_off)


def _mattered(case: Case) -> Iterator[Fact]:
    """Of a decision against the rule's proposal only that is said: what moved the proposal decided nothing."""
    if case.is_by_a_person:
        yield Fact(Kind.BY_A_PERSON)
    elif case.moved == Moved.OVERRIDE:
        yield Fact(Kind.OVERRIDE_IN if case.is_in else Kind.OVERRIDE_OUT)
    elif case.moved in (Moved.TIE_IN, Moved.TIE_OUT):
        yield Fact(Kind(case.moved), word=str(case.inputs.get("tie_break", "")))
    elif case.moved:
        yield Fact(Kind(case.moved))
    elif "moved" in case.inputs:
        yield from _by_score(case)


def _by_score(case: Case) -> Iterator[Fact]:
    cut_off, score = case.points("cut_off"), case.score
    if case.is_in:
        yield Fact(Kind.SCORE_IN)
    elif not case.is_below_floor and cut_off is not None and score is not None:
        yield Fact(Kind.SCORE_OUT if score < cut_off else Kind.MORE_THAN_SCORES)


def _enough(case: Case) -> Iterator[Fact]:
    """`needed` is the least thousandth that is enough, and so one above the line or the floor itself."""
    needed, floor = case.points("needed"), case.points("floor")
    is_by_rule = case.is_ranked and not case.is_by_a_person and case.moved != Moved.OVERRIDE
    if needed is None or case.is_in or not is_by_rule or needed > HIGHEST:
        return
    if needed == floor:
        yield Fact(Kind.ENOUGH_FROM, points=needed)
    else:
        yield Fact(Kind.ENOUGH_ABOVE, points=needed - STEP)
