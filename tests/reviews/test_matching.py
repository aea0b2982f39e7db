"""Matching is the best there is by its stated objective, and keeps every rule."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from apps.reviews.rules.matching import (
    Matching,
    Paper,
    Reader,
    Why,
    fit_of,
    flow,
    looking,
    match,
    prices,
    settled,
    table,
)
from apps.reviews.rules.matching.problem import Pair, Problem
from apps.reviews.rules.matching.program import Flow, best_flow

TAGS = st.frozensets(st.sampled_from("abcd"), max_size=4)


@st.composite
def questions(draw: st.DrawFn, papers: int = 8, readers: int = 6, each: int = 3) -> dict:
    languages = st.sampled_from(["", "en", "th"])
    paper = st.builds(Paper, id=st.integers(1, 12), language=languages, tags=TAGS)
    reader = st.builds(
        Reader,
        id=st.integers(100, 107),
        most=st.integers(0, 6),
        languages=st.frozensets(st.sampled_from(["en", "th"]), max_size=2),
        tags=TAGS,
        panel=st.sampled_from(["", "university", "industry"]),
    )
    pairs = st.frozensets(st.tuples(st.integers(1, 12), st.integers(100, 107)), max_size=16)
    conflicts = draw(pairs)
    return {
        "papers": draw(st.lists(paper, unique_by=lambda row: row.id, max_size=papers)),
        "readers": draw(st.lists(reader, unique_by=lambda row: row.id, max_size=readers)),
        "each": draw(st.integers(1, each)),
        "conflicts": conflicts,
        "existing": frozenset(sorted(draw(pairs) - conflicts)[:4]),
        "seed": draw(st.integers(0, 3)),
    }


def problem_of(question: dict) -> Problem:
    return Problem.of(**question)


def arrangements(problem: Problem, papers: list[Paper], room: Counter) -> Iterator[list[Pair]]:
    """Every set of new pairs that breaks no rule."""
    if not papers:
        yield []
        return
    paper, *others = papers
    able = [reader for reader in problem.readers if problem.may(paper, reader) and room[reader.id] > 0]
    for number in range(problem.lacks(paper) + 1):
        for chosen in combinations(able, number):
            mine = [(paper.id, reader.id) for reader in chosen]
            left = room - Counter(reader.id for reader in chosen)
            for rest in arrangements(problem, others, left):
                yield mine + rest


def room_of(problem: Problem) -> Counter:
    return Counter({reader.id: max(0, reader.most - problem.load[reader.id]) for reader in problem.readers})


def most_possible(problem: Problem) -> int:
    """How many readings any arrangement places: scipy's maximum flow."""
    papers, readers = problem.papers, problem.readers
    size = len(papers) + len(readers) + 2
    rooms = np.zeros((size, size), dtype=np.int32)
    for row, paper in enumerate(papers):
        rooms[0, 2 + row] = problem.lacks(paper)
        for column, reader in enumerate(readers):
            rooms[2 + row, 2 + len(papers) + column] = problem.may(paper, reader)
    for column, reader in enumerate(readers):
        rooms[2 + len(papers) + column, 1] = room_of(problem)[reader.id]
    return maximum_flow(csr_array(rooms), 0, 1).flow_value


@settings(max_examples=150, deadline=None)
@given(questions(papers=3, readers=4, each=2))
def test_no_arrangement_is_better(question: dict) -> None:
    problem = problem_of(question)

    found = match(**question)

    best = max(
        (len(pairs), fit_of(problem, pairs))
        for pairs in arrangements(problem, list(problem.papers), room_of(problem))
    )
    assert (len(found.pairs), found.fit) == best
    assert found.is_proven


@settings(max_examples=200, deadline=None)
@given(questions())
def test_every_rule_is_kept_and_as_many_readings_placed_as_anyone_could(question: dict) -> None:
    problem = problem_of(question)

    found = match(**question)

    papers = {paper.id: paper for paper in problem.papers}
    readers = {reader.id: reader for reader in problem.readers}
    assert len(set(found.pairs)) == len(found.pairs) == most_possible(problem)
    assert not set(found.pairs) & (question["conflicts"] | question["existing"])
    assert all(readers[reader].understands(papers[paper]) for paper, reader in found.pairs)
    everything = [*found.pairs, *question["existing"]]
    for reader in problem.readers:
        load = sum(pair[1] == reader.id for pair in everything)
        assert found.loads[reader.id] == load
        assert load <= max(reader.most, problem.load[reader.id])
    for paper in problem.papers:
        placed = sum(pair[0] == paper.id for pair in everything)
        assert placed + found.short.get(paper.id, 0) == max(question["each"], placed)
    assert found.why.keys() == found.short.keys()


@settings(max_examples=60, deadline=None)
@given(questions(), st.randoms())
def test_the_same_question_has_the_same_answer_in_whatever_order_it_is_put(
    question: dict, chance: random.Random
) -> None:
    shuffled = {
        **question,
        "papers": chance.sample(question["papers"], len(question["papers"])),
        "readers": chance.sample(question["readers"], len(question["readers"])),
        "conflicts": frozenset(chance.sample(sorted(question["conflicts"]), len(question["conflicts"]))),
    }

    assert match(**shuffled) == match(**question)


@settings(max_examples=60, deadline=None)
@given(questions(papers=1))
def test_the_choice_for_one_paper_is_what_the_program_would_choose(question: dict) -> None:
    problem = problem_of(question)
    wanting = [paper for paper in problem.papers if problem.lacks(paper)]

    found = match(**question)

    pairs = flow.solve(problem, wanting) if wanting else []
    assert (len(found.pairs), found.fit) == (len(pairs), fit_of(problem, pairs))


def crowd(papers: int, readers: int, most: int, seed: int = 5) -> dict:
    """Enough arcs that the program begins with some of them only."""
    chance = random.Random(seed)
    languages = ["en", "id", "th"]
    return {
        "papers": [
            Paper(n, chance.choice(languages), frozenset(chance.sample("abcdefgh", 3))) for n in range(papers)
        ],
        "readers": [
            Reader(
                id=n,
                most=chance.randint(most // 2, most),
                languages=frozenset({"en", chance.choice(languages)}),
                tags=frozenset(chance.sample("abcdefgh", 3)),
                panel=chance.choice(["", "university", "industry", "government"]),
            )
            for n in range(readers)
        ],
        "each": 3,
        "conflicts": {(n, chance.randrange(readers)) for n in range(papers)},
        "seed": seed,
    }


@pytest.mark.parametrize("most", [20, 60])
def test_the_best_over_some_arcs_is_the_best_over_all(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    question = crowd(papers=700, readers=60, most=most)
    found = match(**question)

    monkeypatch.setattr(flow, "FEW_ARCS", 700 * 60)
    whole = match(**question)

    assert (len(found.pairs), found.fit) == (len(whole.pairs), whole.fit)
    assert len(found.pairs) == most_possible(Problem.of(existing=frozenset(), **question))


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nothing counts as few, prices are hardly looked for, readers keep all they sell, few arcs are near:
    settled are papers that must be open. The sizes of the programs that were solved.
    """
    sizes: list[int] = []

    def counted(*given: object) -> Flow:
        sizes.append(len(given[0].wanted))  # type: ignore[attr-defined]  # a table of the open papers
        return best_flow(*given)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(flow, "best_flow", counted)
    monkeypatch.setattr(flow, "FEW_ARCS", 0)
    monkeypatch.setattr(prices, "LISTS", 0)
    monkeypatch.setattr(prices, "ROUNDS", 4)
    monkeypatch.setattr(settled, "SHARE", 1.0)
    monkeypatch.setattr(settled, "CLEAR", 0)
    monkeypatch.setattr(looking, "SPARE", 0)
    monkeypatch.setattr(looking, "MARGIN", 0)
    return sizes


@pytest.mark.parametrize("fine", [1, 16], ids=["whole points", "parts of points"])
@pytest.mark.parametrize("most", [20, 35, 60])
def test_papers_that_were_settled_wrongly_are_opened_again(
    most: int, fine: int, careless: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = crowd(papers=300, readers=30, most=most)
    monkeypatch.setattr(table, "FINE", fine)
    found = match(**question)
    opened = careless.copy()

    monkeypatch.setattr(flow, "FEW_ARCS", 300 * 30)
    whole = match(**question)

    assert opened[0] < opened[-1]
    assert careless[len(opened) :] == [300]
    assert (len(found.pairs), found.fit) == (len(whole.pairs), whole.fit)


@pytest.mark.usefixtures("careless")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions(papers=3, readers=4, each=2))
def test_no_arrangement_is_better_whatever_is_settled_at_first(question: dict) -> None:
    test_no_arrangement_is_better.hypothesis.inner_test(question)


def test_an_answer_that_is_not_the_best_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def worse(*given: object) -> Flow:
        right = best_flow(*given)  # type: ignore[arg-type]  # passed on as they came
        chosen = right.chosen.copy()
        chosen[tuple(np.argwhere(chosen)[0])] = False
        return replace(right, chosen=chosen)

    monkeypatch.setattr(flow, "best_flow", worse)

    with pytest.raises(flow.Unproven):
        match(**crowd(papers=10, readers=8, most=9))


def test_readers_who_would_read_more_than_they_take_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def more(*given: object) -> Flow:
        return replace(best_flow(*given), chosen=given[1])  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(flow, "best_flow", more)

    with pytest.raises(ValueError, match="more than they take"):
        match(**crowd(papers=10, readers=8, most=5))


def test_existing_pairs_stay_and_loads_are_even() -> None:
    found = match(
        papers=[Paper(n) for n in range(1, 31)],
        readers=[Reader(n, most=100) for n in (1, 2, 3)],
        each=2,
        conflicts=frozenset(),
        existing=frozenset({(1, 1), (2, 1)}),
    )

    assert sorted(found.loads.values()) == [20, 20, 20]
    assert len(found.pairs) == 58


def test_loads_are_even_in_relation_to_what_each_takes() -> None:
    found = match(
        papers=[Paper(n) for n in range(60)],
        readers=[Reader(1, most=20), Reader(2, most=40), Reader(3, most=60)],
        each=1,
        conflicts=frozenset(),
    )

    assert found.loads == {1: 10, 2: 20, 3: 30}


def panels_of(found: Matching, readers: list[Reader]) -> dict[int, list[str]]:
    panel = {reader.id: reader.panel for reader in readers}
    read_by: dict[int, list[str]] = {}
    for paper, reader in found.pairs:
        read_by.setdefault(paper, []).append(panel[reader])
    return read_by


def test_panels_are_mixed_wherever_they_can_be_even_against_expertise() -> None:
    papers = [Paper(n, tags=frozenset("abc")) for n in range(12)]
    readers = [
        *(Reader(n, 20, tags=frozenset("abc"), panel="university") for n in (1, 2, 3)),
        *(Reader(n, 20, panel="industry") for n in (4, 5, 6)),
    ]

    found = match(papers=papers, readers=readers, each=2, conflicts=frozenset())

    assert {tuple(sorted(panels)) for panels in panels_of(found, readers).values()} == {
        ("industry", "university")
    }


def test_a_panel_that_reads_already_is_not_asked_again() -> None:
    readers = [Reader(1, 9, panel="university"), Reader(2, 9, panel="university"), Reader(3, 9, panel="ngo")]

    found = match(
        papers=[Paper(7), Paper(8)],
        readers=readers,
        each=2,
        conflicts=frozenset(),
        existing=frozenset({(7, 1), (8, 2)}),
    )

    assert found.pairs == [(7, 3), (8, 3)]


def test_who_knows_the_subject_reads_it() -> None:
    readers = [Reader(1, 9, tags=frozenset({"rice"})), Reader(2, 9, tags=frozenset({"law"}))]
    papers = [Paper(7, tags=frozenset({"rice"})), Paper(8, tags=frozenset({"law"}))]

    found = match(papers=papers, readers=readers, each=1, conflicts=frozenset())

    assert found.pairs == [(7, 1), (8, 2)]


@pytest.mark.parametrize(
    ("readers", "conflicts", "why"),
    [
        ([Reader(1, 9)], set(), Why.FEW),
        ([Reader(1, 9), Reader(2, 9)], {(7, 1)}, Why.TIES),
        ([Reader(1, 9), Reader(2, 9, frozenset({"en"}))], set(), Why.LANGUAGE),
        ([Reader(1, 9), Reader(2, 0)], set(), Why.LIMITS),
    ],
)
@pytest.mark.parametrize("beside", [[], [Paper(8, "en")]], ids=["alone", "with another"])
def test_it_says_why_readers_are_lacking(
    readers: list[Reader], conflicts: set, why: Why, beside: list[Paper]
) -> None:
    found = match(papers=[Paper(7, "th"), *beside], readers=readers, each=2, conflicts=conflicts)

    assert (found.short[7], found.why[7]) == (1, why)


def test_far_too_few_reviewers_fill_up() -> None:
    found = match(
        papers=[Paper(n) for n in range(3_000)],
        readers=[Reader(n, most=50) for n in range(10)],
        each=3,
        conflicts=frozenset(),
    )

    assert len(found.pairs) == 500
    assert sum(found.short.values()) == 8_500


def test_where_nobody_may_read_anything_all_are_short() -> None:
    question = crowd(papers=700, readers=60, most=20)

    for readers in ([], [replace(reader, most=0) for reader in question["readers"]]):
        found = match(**{**question, "readers": readers})

        assert found.pairs == []
        assert sum(found.short.values()) == 2_100


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        match(papers=[Paper(1), Paper(1)], readers=[], each=1, conflicts=frozenset())
