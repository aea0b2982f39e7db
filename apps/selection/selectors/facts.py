"""What the frozen choice says of each person, as decisions keep it and explanations read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from apps.programs.models import Intake
from apps.reviews.selectors import CriterionMean, Marks, criterion_means, scores_by_application
from apps.selection.models import FrozenChoice
from apps.selection.rules.choosing import choose
from apps.selection.rules.program import Traits, traits_of
from apps.selection.rules.records import load, replay
from apps.selection.rules.rule import Rule
from apps.selection.rules.telling import Told, tell
from apps.selection.rules.terms import MERIT, Candidate, Choice, Terms
from apps.selection.rules.thresholds import cut_offs
from apps.selection.selectors.rule import rule_in_force

THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Facts:
    """`inputs` is what a decision stores: see docs/adr/0031. Nobody unranked has a suggestion."""

    suggestion: str = ""
    score: Decimal | None = None
    rank: int | None = None
    inputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A frozen record, read once for everybody in it."""

    people: Mapping[int, Candidate]
    terms: Terms
    choice: Choice
    plain: Choice
    told: Mapping[int, Told]
    lines: Mapping[Traits, int]


def open_choice(frozen: FrozenChoice, *, waitlist_size: int) -> Opened:
    return opened_of(*load(frozen.record), waitlist_size)


def open_again(frozen: FrozenChoice, *, waitlist_size: int) -> Opened:
    """The same with the choice made anew from the record. Raises records.Unreadable."""
    candidates, terms, _stored = load(frozen.record)
    return opened_of(candidates, terms, replay(frozen.record), waitlist_size)


def opened_of(candidates: tuple[Candidate, ...], terms: Terms, choice: Choice, waitlist_size: int) -> Opened:
    plain = choice if terms.method == MERIT else choose(candidates, replace(terms, method=MERIT))
    return Opened(
        people={each.id: each for each in candidates},
        terms=terms,
        choice=choice,
        plain=plain,
        told=tell(candidates, terms, choice, plain, waitlist_size=waitlist_size),
        lines=cut_offs(candidates, choice, terms),
    )


def facts_of(
    intake: Intake, frozen: FrozenChoice | None, application_ids: Sequence[int]
) -> Mapping[int, Facts]:
    """A fixed number of statements, whatever the number of applications."""
    rule = rule_in_force(intake)
    opened = open_choice(frozen, waitlist_size=rule.waitlist_size) if frozen else None
    marks = scores_by_application(intake)
    points = criterion_means(intake, application_ids)
    shared = _shared(frozen, opened, rule)
    return {
        pk: Facts(
            **_of_choice(opened, pk),
            inputs={
                **shared,
                **_of_person(opened, pk),
                **_of_marks(marks.get(pk)),
                "criteria": [_as_data(each) for each in points.get(pk, [])],
            },
        )
        for pk in application_ids
    }


def _shared(frozen: FrozenChoice | None, opened: Opened | None, rule: Rule) -> dict[str, Any]:
    """What is the same for everybody of one choice."""
    if frozen is None or opened is None:
        return {"suggestion": ""}
    chosen = opened.choice.chosen
    return {
        "rule": frozen.rule_version.fingerprint if frozen.rule_version else "",
        "of": len(opened.people),
        "seats": opened.terms.seats,
        "waitlist_size": rule.waitlist_size,
        "counts": rule.scores,
        "tie_break": rule.tie_break,
        "floor": points_of(opened.terms.floor),
        "cut_off": points_of(opened.people[chosen[-1]].merit) if chosen else None,
        "targets": dict(opened.terms.targets),
    }


def _of_choice(opened: Opened | None, pk: int) -> dict[str, Any]:
    if opened is None or pk not in opened.told:
        return {}
    told = opened.told[pk]
    return {"suggestion": told.suggestion, "score": told.merit / THOUSAND, "rank": told.order}


def _of_person(opened: Opened | None, pk: int) -> dict[str, Any]:
    if opened is None or pk not in opened.told:
        return {"suggestion": "", "lanes": []}
    told = opened.told[pk]
    return {
        "suggestion": told.suggestion,
        "order": told.order,
        "lanes": list(told.lanes),
        "moved": told.moved.value,
        "is_above_floor": told.is_above_floor,
        "needed": points_of(needed_by(opened, pk)),
    }


def needed_by(opened: Opened, pk: int) -> int | None:
    """Merit that would have been enough for somebody not chosen, all else unchanged; None if nobody can say.

    More than the last chosen with the same traits had is always enough. With seats left over the floor
    is. By how much less it might have been enough is not worked out.
    """
    person, terms, choice = opened.people[pk], opened.terms, opened.choice
    if pk in choice.chosen or pk in terms.excluded:
        return None
    if len(choice.chosen) < terms.seats and terms.budget is None:
        return terms.floor
    line = opened.lines.get(traits_of(person, terms))
    return None if line is None else max(line + 1, terms.floor)


def _of_marks(marks: Marks | None) -> dict[str, Any]:
    if marks is None or marks.mean is None:
        return {"reviews": 0}
    adjusted = None if marks.adjusted is None else f"{marks.adjusted:.3f}"
    return {"reviews": marks.count, "raw": f"{marks.mean:.3f}", "adjusted": adjusted}


def _as_data(mean: CriterionMean) -> dict[str, Any]:
    return {
        "criterion": mean.criterion,
        "points": f"{mean.mean:.2f}",
        "highest": mean.highest,
        "weight": f"{mean.weight:.2f}",
        "independent": mean.is_independent,
    }


def points_of(merit: int | None) -> str | None:
    """Thousandths as points with three decimals."""
    return None if merit is None else f"{merit / THOUSAND:.3f}"
