"""Examples of rules: what we propose passes and fails as it says, or there is no such answer."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.programs.rules.eligibility import Finding, Rule, age_on, assess
from apps.programs.rules.examples import FAILS, PASSES, coverage, propose

DAY = date(2026, 11, 24)
LETTERS = list("abcdefg")
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))
numbers = st.floats(-10, 10_000_100, allow_nan=False) | st.integers(-5, 10_000_001)


def found(rule: Rule, example: Any, day: date) -> Finding:
    return assess([rule], {rule.key: example}, day=day).findings[rule.key]


@given(
    st.one_of(
        st.tuples(st.just("is"), st.sampled_from(LETTERS)),
        st.tuples(st.just("one_of"), st.lists(st.sampled_from(LETTERS), max_size=7)),
        st.tuples(st.sampled_from(["at_least", "at_most"]), numbers),
        st.tuples(st.just("age_between"), st.tuples(st.integers(0, 120), st.integers(0, 120)).map(sorted)),
    ),
    st.lists(st.sampled_from(LETTERS), unique=True, max_size=7),
    days,
)
def test_what_we_propose_does_what_it_says(test: tuple[str, Any], choices: list[str], day: date) -> None:
    rule = Rule("rule", *test)

    examples = propose(rule, choices=choices, day=day)

    assert PASSES not in examples or found(rule, examples[PASSES], day) == Finding.MET
    assert FAILS not in examples or found(rule, examples[FAILS], day) == Finding.NOT_MET


@given(st.lists(st.sampled_from(LETTERS)), st.lists(st.sampled_from(LETTERS), unique=True))
def test_of_a_list_an_example_is_missing_only_when_no_choice_would_do(
    value: list[str], choices: list[str]
) -> None:
    examples = propose(Rule("rule", "one_of", value), choices=choices, day=DAY)

    assert (PASSES in examples) == bool(set(choices) & set(value))
    assert (FAILS in examples) == bool(set(choices) - set(value))


@given(st.integers(1, 100), st.integers(0, 15), days)
def test_ages_are_tried_on_the_birthday_and_the_day_before_it(least: int, more: int, day: date) -> None:
    examples = propose(Rule("rule", "age_between", [least, least + more]), choices=[], day=day)

    assert age_on(date.fromisoformat(examples[PASSES]), day) == least
    assert age_on(date.fromisoformat(examples[FAILS]), day) == least - 1


@given(st.decimals(0, 9_999_999, places=2).map(float))
def test_numbers_are_tried_on_both_sides_of_the_edge(value: float) -> None:
    at_least = propose(Rule("rule", "at_least", value), choices=[], day=DAY)

    assert at_least[PASSES] == value
    assert (FAILS in at_least) == (value > 0)


@pytest.mark.parametrize(
    ("test", "value", "choices", "missing"),
    [
        ("one_of", ["TH", "LA"], ["TH", "LA"], {FAILS}),
        ("one_of", ["XX"], ["TH", "LA"], {PASSES}),
        ("is", "farmer", ["teacher"], {PASSES}),
        ("at_least", 0, [], {FAILS}),
        ("at_least", 10_000_001, [], {PASSES}),
        ("at_most", 10_000_000, [], {FAILS}),
        ("at_most", -1, [], {PASSES}),
        ("age_between", [0, 126], [], {FAILS}),
    ],
)
def test_a_rule_nobody_can_pass_or_fail_has_no_example(
    test: str, value: Any, choices: list[str], missing: set[str]
) -> None:
    passing, failing = coverage(Rule("rule", test, value), stated={}, choices=choices, day=DAY)

    assert {shown.wanted for shown in (passing, failing) if not shown.is_good} == missing


@pytest.mark.parametrize(
    ("stated", "good"),
    [
        ({}, (True, True)),
        ({PASSES: "TH", FAILS: "US"}, (True, True)),
        ({PASSES: "US"}, (False, True)),
        ({FAILS: "TH"}, (True, False)),
        ({PASSES: "XX", FAILS: "XX"}, (False, False)),
    ],
)
def test_a_stated_example_counts_and_is_red_when_the_rule_does_otherwise(
    stated: dict[str, str], good: tuple[bool, bool]
) -> None:
    shown = coverage(Rule("home", "one_of", ["TH", "LA"]), stated=stated, choices=["TH", "LA", "US"], day=DAY)

    assert tuple(each.is_good for each in shown) == good
    assert [each.is_stated for each in shown] == [PASSES in stated, FAILS in stated]
