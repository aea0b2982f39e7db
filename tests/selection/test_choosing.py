"""The cohort is the best list there is by the published rule, and nobody can complain of another's seat."""

import random
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.selection.rules import solving, ties
from apps.selection.rules.choosing import Candidate, Contradiction, Terms, break_ties_by_targets, choose
from tests.selection.cohort_cases import (
    EXAMPLE,
    GROUPS,
    SIX_SEATS,
    best_list,
    cases,
    dominates,
    lacking,
    names,
    ranked,
)

Case = tuple[list[Candidate], Terms]


@settings(max_examples=2000, deadline=None)
@given(cases(), st.sampled_from([1, 150]), st.sampled_from([1, 24]))
def test_the_choice_is_the_best_of_all_lists(case: Case, open_: int, at_once: int) -> None:
    """However small the core the solver starts with, and however few ties it settles at once."""
    people, terms = case

    with mock.patch.object(solving, "OPEN", open_), mock.patch.object(ties, "AT_ONCE", at_once):
        choice = choose(people, terms)

    assert (choice.chosen, choice.total_shortfall, choice.merit) == best_list(people, terms)
    assert choice.is_proven
    assert choice.gap == 0


@settings(max_examples=150, deadline=None)
@given(cases(most=40), st.randoms(use_true_random=False))
def test_nobody_can_complain(case: Case, chance: random.Random) -> None:
    people, terms = case

    choice = choose(people, terms)

    chosen = [each for each in people if each.id in choice.chosen]
    free = [each for each in people if each.id not in choice.chosen and each.id not in terms.excluded]
    spent = sum(each.cost for each in chosen)
    left = float("inf") if terms.budget is None else terms.budget - spent
    assert len(chosen) <= terms.seats
    assert left >= 0
    assert all(each.merit >= terms.floor for each in chosen)
    by_rule = [each for each in chosen if each.id not in terms.included]
    envy = [(one, other) for one in free for other in by_rule if dominates(one, other, terms)]
    assert envy == []
    if len(chosen) < terms.seats:
        assert [each for each in free if each.merit >= terms.floor and each.cost <= left] == []
    chance.shuffle(people)
    assert choose(people, terms) == choice


@settings(max_examples=100, deadline=None)
@given(cases(most=40))
def test_where_the_solver_starts_changes_nothing(case: Case) -> None:
    people, terms = case

    with mock.patch.object(solving, "OPEN", 3), mock.patch.object(ties, "AT_ONCE", 2):
        narrow = choose(people, terms)

    assert narrow == choose(people, terms)


@settings(max_examples=100, deadline=None)
@given(cases(most=12), st.data())
def test_more_merit_never_costs_a_seat(case: Case, data: st.DataObject) -> None:
    people, terms = case
    chosen = choose(people, terms).chosen
    assume(chosen)
    lucky = data.draw(st.sampled_from([each for each in people if each.id in chosen]))
    better = replace(lucky, merit=data.draw(st.integers(lucky.merit, 100_000)))

    others = sorted((each for each in people if each != lucky), key=lambda each: each.order)
    place = sum((-each.merit, each.order) < (-better.merit, lucky.order) for each in others)
    others.insert(place, better)
    again = [replace(each, order=number) for number, each in enumerate(others, start=1)]

    assert lucky.id in choose(again, terms).chosen


@settings(max_examples=150, deadline=None)
@given(cases(most=40))
def test_one_to_one_is_the_meritorious_horizontal_rule(case: Case) -> None:
    """Sönmez and Yenmez (2022): first down the ranking whoever raises the number of reserved seats in use,
    then the best of the others; and each person counts once.
    """
    people, terms = case
    terms = replace(terms, method="one_to_one", minima={}, budget=None, included=frozenset())
    able = [each for each in people if each.merit >= terms.floor and each.id not in terms.excluded]
    able.sort(key=lambda each: each.order)
    assume(sum(terms.targets.values()) <= terms.seats)

    choice = choose(people, terms)

    reserved: list[Candidate] = []
    for person in able:
        if lacking([*reserved, person], terms) < lacking(reserved, terms):
            reserved.append(person)
    others = [each for each in able if each not in reserved][: terms.seats - len(reserved)]
    expected = sorted([*reserved, *others], key=lambda each: each.order)
    assert choice.chosen == tuple(each.id for each in expected)
    assert len(choice.counted_for) == sum(terms.targets.values()) - choice.total_shortfall
    groups = {each.id: each.groups for each in people}
    assert all(group in groups[number] for number, group in choice.counted_for.items())


def test_one_person_counts_for_every_target() -> None:
    choice = choose(ranked(EXAMPLE), SIX_SEATS)

    assert names(choice.chosen) == "ABCDGI"
    assert choice.shortfall == {"women": 0, "rural": 0, "disability": 0}


def test_one_person_counts_for_one_target_where_the_rule_says_so() -> None:
    choice = choose(ranked(EXAMPLE), replace(SIX_SEATS, method="one_to_one"))

    assert names(choice.chosen) == "ABDFGI"
    counted = {chr(number): group for number, group in choice.counted_for.items()}
    assert counted == {"D": "women", "F": "women", "G": "rural", "I": "disability"}


def test_by_merit_the_ranking_alone_decides_and_the_shortfall_is_still_told() -> None:
    choice = choose(ranked(EXAMPLE), replace(SIX_SEATS, method="merit"))

    assert names(choice.chosen) == "ABCDEF"
    assert choice.shortfall == {"women": 0, "rural": 1, "disability": 1}
    assert choice.is_proven


def test_by_merit_who_costs_more_than_is_left_is_passed_over() -> None:
    people = [replace(each, cost=cost) for each, cost in zip(ranked({}, "ABCD"), (5, 7, 4, 1), strict=True)]

    assert names(choose(people, Terms(3, 0, budget=10, method="merit")).chosen) == "ACD"


def test_seats_nobody_can_fill_for_a_target_go_to_merit() -> None:
    choice = choose(ranked({"C": {"rural"}}, "ABCD"), Terms(3, 0, targets={"rural": 2}, minima={"KH": 1}))

    assert names(choice.chosen) == "ABC"
    assert choice.shortfall == {"rural": 1, "country:KH": 1}
    assert choice.total_shortfall == 2


def test_targets_break_ties_only() -> None:
    """D to F have the merit of the last seat; G would help a target, and has less merit."""
    people = ranked({"F": {"rural"}, "G": {"women"}}, "ABCDEFG")
    level = [replace(each, merit=80_000) if chr(each.id) in "DEF" else each for each in people]
    level = [replace(each, merit=70_000) if chr(each.id) == "G" else each for each in level]
    terms = Terms(4, 0, targets={"rural": 1, "women": 1})

    choice = break_ties_by_targets(level, terms)

    assert names(choice.chosen) == "ABCF"
    assert choice.shortfall == {"rural": 0, "women": 1}


@settings(max_examples=150, deadline=None)
@given(cases(most=12))
def test_breaking_ties_takes_nobody_of_less_merit_than_the_ranking_would(case: Case) -> None:
    people, terms = case
    terms = replace(terms, budget=None)
    merit = {each.id: each.merit for each in people}

    alone = choose(people, replace(terms, method="merit"))
    choice = break_ties_by_targets(people, terms)

    assert [merit[number] for number in choice.chosen] == [merit[number] for number in alone.chosen]
    assert choice.total_shortfall <= lacking([each for each in people if each.id in alone.chosen], terms)


def test_where_parts_of_people_would_lack_less_whole_people_are_counted() -> None:
    """Money for one and a half people, of whom each has two of three groups."""
    traits = {"A": {"women", "rural"}, "B": {"rural", "disability"}, "C": {"women", "disability"}}
    people = [replace(each, cost=2) for each in ranked(traits, "ABC")]

    choice = choose(people, Terms(3, 0, targets={"women": 1, "rural": 1, "disability": 1}, budget=3))

    assert names(choice.chosen) == "A"
    assert choice.total_shortfall == 1


class Watch:
    """A clock on which time is over after so many looks."""

    def __init__(self, looks: int) -> None:
        self._looks = looks

    @property
    def left(self) -> float:
        self._looks -= 1
        return 60.0 if self._looks >= 0 else 0.0


@pytest.mark.parametrize("looks", [*range(10), 100])
@pytest.mark.parametrize("method", ["one_to_all", "one_to_one"])
def test_whenever_time_runs_out_a_proper_list_comes_back_and_claims_no_more(method: str, looks: int) -> None:
    chance = random.Random(1)
    people = [
        Candidate(
            n, 90_000 - n // 6 * 1000, n, frozenset(chance.sample(GROUPS, 2)), "", chance.choice([2, 3])
        )
        for n in range(1, 60)
    ]
    terms = Terms(9, 60_000, targets=dict.fromkeys(GROUPS, 7), budget=23, method=method)

    with (
        mock.patch.object(solving, "Clock", return_value=Watch(looks)),
        mock.patch.object(ties, "AT_ONCE", 8),
    ):
        choice = choose(people, terms)

    whole = choose(people, terms)
    assert sum(each.cost for each in people if each.id in choice.chosen) <= 23
    assert (choice.total_shortfall, -choice.merit) >= (whole.total_shortfall, -whole.merit)
    assert choice == whole or not choice.is_proven
    assert choice.is_proven or looks < 100
    lost = whole.merit - choice.merit
    assert choice.total_shortfall > whole.total_shortfall or lost <= choice.gap * choice.merit


def test_without_time_the_best_list_so_far_is_said_to_be_unproven() -> None:
    choice = choose(ranked(EXAMPLE), SIX_SEATS, seconds=0)

    assert names(choice.chosen) == "ABCDEF"
    assert not choice.is_proven
    assert choice.gap == 1.0


def test_the_stages_are_reported() -> None:
    heard: list[tuple[str, float]] = []

    choose(ranked(EXAMPLE), SIX_SEATS, report=lambda stage, share: heard.append((stage, share)))

    assert [stage for stage, _share in heard] == ["shortfall", "merit", "ties", "done"]
    assert [share for _stage, share in heard] == sorted(share for _stage, share in heard)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"included": frozenset({ord("A")}), "excluded": frozenset({ord("A")})},
            "Both included and excluded",
        ),
        ({"included": frozenset({ord("J")}), "floor": 85_000}, "below the floor"),
        ({"included": frozenset({7})}, "not a candidate"),
        ({"included": frozenset(map(ord, "AB")), "seats": 1}, "2 people are included for 1 seats"),
        ({"included": frozenset({ord("A")}), "budget": 0}, "cost more than the budget"),
        ({"method": "by_name"}, "no method"),
        ({"targets": {"women": -1}}, "never negative"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(change: dict, words: str) -> None:
    people = [replace(each, cost=1) for each in ranked(EXAMPLE)]

    with pytest.raises(Contradiction, match=words):
        choose(people, replace(SIX_SEATS, **change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": ord("B")}, "same number"),
        ({"order": 2}, "place 2"),
        ({"merit": 1}, "more merit than place 1"),
        ({"cost": -1}, "never negative"),
    ],
)
def test_a_ranking_that_contradicts_itself_is_refused(change: dict, words: str) -> None:
    first, *others = ranked(EXAMPLE)

    with pytest.raises(Contradiction, match=words):
        choose([replace(first, **change), *others], SIX_SEATS)
