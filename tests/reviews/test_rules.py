"""Scores mean the same everywhere, and matching is fair, bounded and repeatable."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.reviews.rules.matching import Why, match, shares_mail_domain
from apps.reviews.rules.scoring import Measure, weighted_score, what_is_missing

MEASURES = [Measure(1, Decimal(60), 5, comment_required=True), Measure(2, Decimal(40), 3)]


@pytest.mark.parametrize(
    ("points", "score"),
    [({1: 5, 2: 3}, "100.000"), ({1: 1, 2: 1}, "0.000"), ({1: 3, 2: 2}, "50.000"), ({1: 4, 2: 1}, "45.000")],
)
def test_a_score_is_the_weighted_share_of_what_was_possible(points: dict[int, int], score: str) -> None:
    assert weighted_score(MEASURES, points) == Decimal(score)


@pytest.mark.parametrize("points", [{}, {1: 5}, {1: 0, 2: 1}, {1: 6, 2: 1}])
def test_points_that_cannot_be_have_no_score(points: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="points"):
        weighted_score(MEASURES, points)


def test_what_is_missing_is_named() -> None:
    assert what_is_missing(MEASURES, {1: 3}, {1: " "}) == {1: "comment", 2: "points"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@chula.ac.th", "b@Chula.ac.th", True),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@chula.ac.th", "b@mahidol.ac.th", False),
        ("", "", False),
    ],
)
def test_one_employers_addresses_are_a_tie_and_public_mail_is_not(one: str, other: str, same: bool) -> None:
    assert shares_mail_domain(one, other) is same


problems = st.builds(
    dict,
    applications=st.lists(st.integers(1, 12), unique=True, max_size=10),
    reviewers=st.dictionaries(st.integers(100, 106), st.integers(0, 6), max_size=6),
    each=st.integers(1, 3),
    conflicts=st.frozensets(st.tuples(st.integers(1, 12), st.integers(100, 106)), max_size=20),
    seed=st.integers(0, 5),
)


def most_possible(problem: dict) -> int:
    """How many pairs any arrangement can make: maximum flow by single augmenting paths."""
    edges = {
        (application, reviewer): 1
        for application in problem["applications"]
        for reviewer in problem["reviewers"]
        if (application, reviewer) not in problem["conflicts"]
    }
    graph: dict = {}

    def link(start: object, end: object, room: int) -> None:
        graph.setdefault(start, {})[end] = room
        graph.setdefault(end, {}).setdefault(start, 0)

    for application in problem["applications"]:
        link("source", ("a", application), problem["each"])
    for reviewer, limit in problem["reviewers"].items():
        link(("r", reviewer), "sink", limit)
    for application, reviewer in edges:
        link(("a", application), ("r", reviewer), 1)

    def push(node: object, seen: set) -> bool:
        if node == "sink":
            return True
        seen.add(node)
        for after, room in graph.get(node, {}).items():
            if room > 0 and after not in seen and push(after, seen):
                graph[node][after] -= 1
                graph[after][node] += 1
                return True
        return False

    flow = 0
    while push("source", set()):
        flow += 1
    return flow


@settings(max_examples=300)
@given(problems)
def test_matching_keeps_every_limit_and_places_as_many_as_anyone_could(problem: dict) -> None:
    found = match(**problem)

    assert len(set(found.pairs)) == len(found.pairs)
    assert not set(found.pairs) & problem["conflicts"]
    for reviewer, limit in problem["reviewers"].items():
        assert sum(pair[1] == reviewer for pair in found.pairs) <= limit
    for application in problem["applications"]:
        readers = sum(pair[0] == application for pair in found.pairs)
        assert readers + found.short.get(application, 0) == problem["each"]
    assert len(found.pairs) == most_possible(problem)


@given(problems)
def test_the_same_question_has_the_same_answer(problem: dict) -> None:
    assert match(**problem) == match(**problem)


def test_existing_pairs_stay_and_loads_are_even() -> None:
    found = match(
        applications=range(1, 31),
        reviewers={1: 100, 2: 100, 3: 100},
        each=2,
        conflicts=frozenset(),
        existing=frozenset({(1, 1), (2, 1)}),
    )

    loads = [
        sum(pair[1] == reviewer for pair in found.pairs) + (2 if reviewer == 1 else 0)
        for reviewer in (1, 2, 3)
    ]
    assert max(loads) - min(loads) <= 1
    assert len(found.pairs) == 58


@given(problems, st.integers(1, 3))
def test_a_second_run_keeps_what_is_there_and_breaks_no_limit(problem: dict, more: int) -> None:
    first = frozenset(match(**{**problem, "each": 1}).pairs)

    found = match(**{**problem, "each": 1 + more}, existing=first)

    assert not first & set(found.pairs)
    for reviewer, limit in problem["reviewers"].items():
        assert sum(pair[1] == reviewer for pair in first | set(found.pairs)) <= limit


@pytest.mark.parametrize(
    ("reviewers", "conflicts", "why"),
    [
        ({1: 9}, set(), Why.FEW),
        ({1: 9, 2: 9}, {(7, 1)}, Why.TIES),
        ({1: 9, 2: 0}, set(), Why.LIMITS),
    ],
)
def test_it_says_why_readers_are_lacking(reviewers: dict, conflicts: set, why: Why) -> None:
    found = match(applications=[7], reviewers=reviewers, each=2, conflicts=conflicts)

    assert found.why == {7: why}


def test_far_too_few_reviewers_are_found_out_quickly() -> None:
    """Ten who take fifty each, for ten thousand: one search proves it, the others need none."""
    found = match(
        applications=range(10_000),
        reviewers=dict.fromkeys(range(10), 50),
        each=3,
        conflicts=frozenset(),
    )

    assert len(found.pairs) == 500
    assert sum(found.short.values()) == 29_500
