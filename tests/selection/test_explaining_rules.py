"""The facts of a decision: decided by its inputs alone, never against each other, and true."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.selection.rules.choosing import choose
from apps.selection.rules.explaining import MATTERED, WHAT_WOULD, Explanation, Fact, Kind, explain
from apps.selection.rules.telling import NOT_SELECTED, OFFER, WAITLIST
from apps.selection.rules.terms import ONE_TO_ALL, ONE_TO_ONE, Candidate, Terms
from apps.selection.selectors.explaining import said_now
from apps.selection.selectors.facts import Opened, opened_of

OUTCOMES = (OFFER, WAITLIST, NOT_SELECTED)


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[tuple[Candidate, ...], Terms]:
    """Few scores, so that there are ties; groups, a floor, and sometimes a person against the rule."""
    merits = sorted(
        draw(st.lists(st.sampled_from([40, 50, 60, 70, 80]), min_size=1, max_size=7)), reverse=True
    )
    people = tuple(
        Candidate(
            id=number,
            merit=merit * 1000,
            order=number,
            groups=frozenset(draw(st.sets(st.sampled_from(["women", "rural"])))),
        )
        for number, merit in enumerate(merits, start=1)
    )
    seats, floor = draw(st.integers(0, 4)), draw(st.sampled_from([0, 50_000, 60_000]))
    able = [each.id for each in people if each.merit >= floor]
    included = draw(st.sets(st.sampled_from(able), max_size=min(1, seats))) if able else set()
    excluded = draw(st.sets(st.sampled_from([each.id for each in people]), max_size=1)) - included
    terms = Terms(
        seats=seats,
        floor=floor,
        targets=draw(st.dictionaries(st.sampled_from(["women", "rural"]), st.integers(0, 2))),
        method=draw(st.sampled_from([ONE_TO_ALL, ONE_TO_ONE])),
        included=frozenset(included),
        excluded=frozenset(excluded),
    )
    return people, terms


def opened(people: Sequence[Candidate], terms: Terms) -> Opened:
    return opened_of(tuple(people), terms, choose(people, terms), 1)


def inputs_of(found: Opened, pk: int) -> dict[str, Any]:
    score = f"{Decimal(found.people[pk].merit) / 1000:.3f}"
    return {**said_now(found, pk), "counts": "raw", "raw": score, "adjusted": None, "tie_break": "lottery"}


def fact(explained: Explanation, kind: Kind) -> Fact | None:
    return next((each for each in explained.facts if each.kind == kind), None)


@settings(deadline=None)
@given(cohorts(), st.sampled_from(OUTCOMES))
def test_facts_never_contradict_the_decision_or_each_other(
    cohort: tuple[tuple[Candidate, ...], Terms], outcome: str
) -> None:
    found = opened(*cohort)
    for pk in found.people:
        inputs = inputs_of(found, pk)
        explained = explain(inputs, outcome)
        kinds = explained.kinds

        assert len([kind for kind in kinds if kind in MATTERED]) <= 1
        assert (Kind.BY_A_PERSON in kinds) == (outcome != inputs["suggestion"])
        assert not {Kind.ABOVE_FLOOR, Kind.BELOW_FLOOR} <= set(kinds)
        if Kind.BELOW_FLOOR in kinds and outcome == OFFER:
            assert Kind.BY_A_PERSON in kinds
        if outcome == OFFER:
            assert not {Kind.SCORE_OUT, Kind.TARGET_OUT, Kind.TIE_OUT, Kind.OVERRIDE_OUT} & set(kinds)
        else:
            assert not {Kind.SCORE_IN, Kind.TARGET_IN, Kind.TIE_IN, Kind.OVERRIDE_IN} & set(kinds)
        if not explained.is_by_rule:
            assert not set(WHAT_WOULD) & set(kinds)
        if Kind.SCORE_OUT in kinds:
            assert fact(explained, Kind.SCORE).points < fact(explained, Kind.CUT_OFF).points


@settings(deadline=None)
@given(cohorts())
def test_the_same_inputs_give_the_same_facts_however_they_were_kept(
    cohort: tuple[tuple[Candidate, ...], Terms],
) -> None:
    found = opened(*cohort)
    for pk in found.people:
        inputs = inputs_of(found, pk)

        kept = json.loads(json.dumps(inputs, sort_keys=True))

        assert explain(kept, inputs["suggestion"]) == explain(inputs, inputs["suggestion"])


@settings(deadline=None)
@given(cohorts())
def test_what_would_have_been_enough_is_enough(cohort: tuple[tuple[Candidate, ...], Terms]) -> None:
    people, terms = cohort
    found = opened(people, terms)
    for person in people:
        inputs = inputs_of(found, person.id)
        explained = explain(inputs, inputs["suggestion"])
        above, least = fact(explained, Kind.ENOUGH_ABOVE), fact(explained, Kind.ENOUGH_FROM)
        if above is None and least is None:
            continue
        wanted = int(least.points * 1000) if least else int(above.points * 1000) + 1
        better = [replace(each, merit=wanted) if each.id == person.id else each for each in people]
        ranked = sorted(better, key=lambda each: (-each.merit, each.order))
        again = [replace(each, order=number) for number, each in enumerate(ranked, start=1)]

        assert wanted > person.merit
        assert person.id in choose(again, terms).chosen


def test_both_means_are_told_and_which_of_them_counts() -> None:
    inputs = {"suggestion": OFFER, "counts": "adjusted", "raw": "70.000", "adjusted": "72.500"}

    facts = explain(inputs, OFFER).facts

    assert (facts[0].points, facts[0].word) == (Decimal("72.500"), "adjusted")
    assert (facts[1].points, facts[1].word) == (Decimal("70.000"), "raw")


def test_criteria_keep_their_order_and_say_which_never_count() -> None:
    rows = [
        {"criterion": 7, "points": "4.50", "highest": 5, "weight": "2.00", "independent": False},
        {"criterion": 3, "points": "2.00", "highest": 4, "weight": "1.00", "independent": True},
    ]

    facts = explain({"suggestion": OFFER, "score": "80", "criteria": rows}, OFFER).facts

    assert [(each.number, each.of, each.word) for each in facts if each.kind == Kind.CRITERION] == [
        (7, 5, ""),
        (3, 4, "alone"),
    ]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("inputs", [{}, {"suggestion": "", "reviews": 0}])
def test_who_was_never_ranked_is_told_so_and_nothing_that_would_have_helped(
    inputs: dict[str, Any], outcome: str
) -> None:
    explained = explain(inputs, outcome)

    assert explained.kinds == (Kind.NOT_RANKED, Kind.BY_A_PERSON)
    assert not explained.is_by_rule


def test_an_ineligible_application_has_no_place_and_no_line() -> None:
    explained = explain({"suggestion": "", "needed": "50.000", "floor": "50.000"}, NOT_SELECTED)

    assert Kind.NOT_RANKED in explained.kinds
    assert not set(WHAT_WOULD) & set(explained.kinds)


def test_decisions_that_stored_little_are_told_shortly() -> None:
    inputs = {"suggestion": NOT_SELECTED, "reviews": 2, "score": Decimal("61.5"), "order": 4}

    assert explain(inputs, NOT_SELECTED).kinds == (Kind.SCORE, Kind.PLACE)


def test_a_score_that_nobody_can_have_is_not_named() -> None:
    inputs = {
        "suggestion": NOT_SELECTED,
        "score": "100",
        "moved": "tie_out",
        "needed": "100.001",
        "floor": "0",
    }

    assert not set(WHAT_WOULD) & set(explain(inputs, NOT_SELECTED).kinds)


def test_a_lower_score_that_was_chosen_is_never_explained_by_scores() -> None:
    """The third by merit stays out, and the target's seat went to somebody with less."""
    people = [
        Candidate(1, 90_000, 1),
        Candidate(2, 80_000, 2),
        Candidate(3, 75_000, 3),
        Candidate(4, 70_000, 4, frozenset({"women"})),
    ]
    found = opened(people, Terms(2, 0, targets={"women": 1}))

    explained = {
        pk: explain(inputs_of(found, pk), inputs_of(found, pk)["suggestion"]).kinds for pk in found.people
    }

    assert Kind.SCORE_IN in explained[1]
    assert Kind.TARGET_OUT in explained[2]
    assert Kind.MORE_THAN_SCORES in explained[3]
    assert Kind.TARGET_IN in explained[4]
