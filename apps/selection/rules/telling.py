"""What one choice says of one person: the facts an explanation is written from, and no words yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.selection.rules.terms import ONE_TO_ONE, Candidate, Choice, Terms

OFFER, WAITLIST, NOT_SELECTED = "offer", "waitlist", "not_selected"


class Moved(StrEnum):
    """What, other than merit, put a person on their side of the line. Nothing for most people."""

    NOTHING = ""
    OVERRIDE = "override"  # a person decided against the rule, with a reason
    TARGET_IN = "target_in"  # in because a target or a country's minimum would lack a seat otherwise
    TARGET_OUT = "target_out"  # enough merit for a seat, had there been no targets
    TIE_IN = "tie_in"  # level with others at the line, and the rule for ties decided for them
    TIE_OUT = "tie_out"


@dataclass(frozen=True, slots=True)
class Told:
    """`order` is the place in the ranking. `lanes` are the targeted groups the person counts towards."""

    suggestion: str
    merit: int
    order: int
    is_above_floor: bool
    moved: Moved
    lanes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where merit alone draws the line: the merit of the last seat, and whether people were level there."""

    last: int | None
    level: frozenset[int]


def tell(
    candidates: Sequence[Candidate], terms: Terms, choice: Choice, plain: Choice, *, waitlist_size: int
) -> Mapping[int, Told]:
    """For every candidate of a choice. `plain` is the same choice by merit alone.

    Chosen: offer. The next `waitlist_size` at or above the floor: waitlist. Everybody else: not selected.
    """
    ranked = sorted(candidates, key=lambda each: each.order)
    chosen, by_merit = set(choice.chosen), set(plain.chosen)
    lines = _lines(ranked, by_merit)
    told, waiting = {}, waitlist_size
    for person in ranked:
        able = person.merit >= terms.floor and person.id not in terms.excluded
        suggestion = OFFER if person.id in chosen else NOT_SELECTED
        if suggestion == NOT_SELECTED and able and waiting:
            suggestion, waiting = WAITLIST, waiting - 1
        told[person.id] = Told(
            suggestion=suggestion,
            merit=person.merit,
            order=person.order,
            is_above_floor=person.merit >= terms.floor,
            moved=_moved(person, terms, person.id in chosen, person.id in by_merit, lines),
            lanes=_lanes(person, terms, choice, is_in=person.id in chosen),
        )
    return told


def _lines(ranked: Sequence[Candidate], by_merit: set[int]) -> Lines:
    inside = [each for each in ranked if each.id in by_merit]
    if not inside:
        return Lines(None, frozenset())
    last = inside[-1].merit
    level = frozenset(each.id for each in ranked if each.merit == last)
    return Lines(last, level if level - by_merit else frozenset())


def _moved(person: Candidate, terms: Terms, is_in: bool, on_merit: bool, lines: Lines) -> Moved:
    if person.id in terms.included or person.id in terms.excluded:
        return Moved.OVERRIDE
    if is_in and not on_merit:
        return Moved.TARGET_IN
    if on_merit and not is_in:
        return Moved.TARGET_OUT
    if person.id in lines.level and person.merit >= terms.floor:
        return Moved.TIE_IN if is_in else Moved.TIE_OUT
    return Moved.NOTHING


def _lanes(person: Candidate, terms: Terms, choice: Choice, *, is_in: bool) -> tuple[str, ...]:
    """One-to-one counts a chosen person for one target at most; who waits could fill any of theirs."""
    if is_in and terms.method == ONE_TO_ONE:
        counted = choice.counted_for.get(person.id)
        return (counted,) if counted else ()
    return tuple(sorted(group for group in person.groups if terms.targets.get(group)))
