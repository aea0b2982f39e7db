"""A decision as its applicant reads it, and the proof that it can be made again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.reviews.models import Criterion
from apps.selection.models import Decision, FrozenChoice
from apps.selection.rules.explaining import MATTERED, WHAT_WOULD, Explanation, Fact, Kind, explain
from apps.selection.rules.records import Unreadable
from apps.selection.selectors.facts import THOUSAND, Opened, needed_by, open_again, points_of


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """`title` is in every language there is; empty when the criterion is gone."""

    fact: Fact
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one decision, sorted for a page."""

    explanation: Explanation
    scores: list[Fact]
    criteria: list[CriterionLine]
    mattered: list[Fact]
    would: list[Fact]


def explanation_of(decision: Decision) -> Explanation:
    """From what the decision stored; the columns say what the inputs of older ones do not."""
    columns = {"score": decision.score, "order": decision.rank}
    known = {name: value for name, value in columns.items() if value is not None}
    return explain({**decision.inputs, **known}, decision.outcome)


def told_of(decision: Decision) -> Told:
    """One statement: the titles of the criteria."""
    explanation = explanation_of(decision)
    facts = explanation.facts
    criteria = [fact for fact in facts if fact.kind == Kind.CRITERION]
    titles = dict(
        Criterion.objects.filter(pk__in=[fact.number for fact in criteria]).values_list("pk", "title")
    )
    return Told(
        explanation=explanation,
        scores=[fact for fact in facts if fact.kind not in (Kind.CRITERION, *MATTERED, *WHAT_WOULD)],
        criteria=[CriterionLine(fact, titles.get(fact.number or 0, {})) for fact in criteria],
        mattered=[fact for fact in facts if fact.kind in MATTERED],
        would=[fact for fact in facts if fact.kind in WHAT_WOULD],
    )


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a decision's frozen record gives today. `differences` are names of inputs that are not the same;
    None when the decision rests on no frozen choice.
    """

    decision: Decision
    differences: tuple[str, ...] | None

    @property
    def is_same(self) -> bool:
        return self.differences == ()


#: Inputs that come out of the choice; what else is stored was read beside it.
COMPARED = (
    *("suggestion", "order", "of", "seats", "floor", "cut_off", "needed"),
    *("moved", "lanes", "targets", "is_above_floor"),
)


def replay_decision(decision: Decision) -> Replayed:
    """Make the choice again and look whether it says the same of this person."""
    return next(iter(replay_of([decision])))


def decisions_to_replay(intake: Intake | None = None) -> QuerySet[Decision]:
    """Every version; those of one choice stand together, so that each choice is made again once."""
    found = Decision.objects.all() if intake is None else Decision.objects.filter(application__intake=intake)
    return found.select_related("application").order_by("frozen_id", "pk")


def replay_of(decisions: Iterable[Decision]) -> Iterator[Replayed]:
    """For decisions in the order of decisions_to_replay()."""
    for frozen_id, group in groupby(decisions, key=lambda decision: decision.frozen_id):
        if frozen_id is None:
            yield from (Replayed(decision, None) for decision in group)
        else:
            yield from _replayed(FrozenChoice.objects.get(pk=frozen_id), group)


def _replayed(frozen: FrozenChoice, decisions: Iterable[Decision]) -> Iterator[Replayed]:
    """The waitlist's size may have changed between two decisions on one choice."""
    opened: dict[int, Opened] = {}
    for decision in decisions:
        size = decision.inputs.get("waitlist_size", 0)
        try:
            if size not in opened:
                opened[size] = open_again(frozen, waitlist_size=size)
        except Unreadable:
            yield Replayed(decision, ("record",))
        else:
            yield Replayed(decision, _differences(decision, opened[size]))


def _differences(decision: Decision, opened: Opened) -> tuple[str, ...]:
    """Only what was stored is compared. Who was not in the record must have no suggestion."""
    pk = decision.application_id
    if pk not in opened.told:
        return ("suggestion",) if decision.inputs.get("suggestion") else ()
    now, stored = said_now(opened, pk), decision.inputs
    found = [name for name in COMPARED if name in stored and stored[name] != now[name]]
    told = opened.told[pk]
    if decision.score is not None and decision.score != Decimal(told.merit) / THOUSAND:
        found.append("score")
    if decision.rank is not None and decision.rank != told.order:
        found.append("rank")
    return tuple(found)


def said_now(opened: Opened, pk: int) -> dict[str, Any]:
    told, chosen = opened.told[pk], opened.choice.chosen
    return {
        "suggestion": told.suggestion,
        "order": told.order,
        "of": len(opened.people),
        "seats": opened.terms.seats,
        "floor": points_of(opened.terms.floor),
        "cut_off": points_of(opened.people[chosen[-1]].merit) if chosen else None,
        "needed": points_of(needed_by(opened, pk)),
        "moved": told.moved.value,
        "lanes": list(told.lanes),
        "targets": dict(opened.terms.targets),
        "is_above_floor": told.is_above_floor,
    }
