"""The page and the server agree on when a question counts: 5,000 conditions, decided by both."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from apps.applications.rules.conditions import condition_from, holds, is_answered
from tests.applications.test_conditions import CONDITIONS

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "kit" / "conditions.js"
TEXTS = st.one_of(
    st.sampled_from(["", "1", "2", "10", "yes", "2020-01-01", "TH", "007", "1.50", "-2", "14:30", "a b"]),
    st.text(max_size=8),
    st.integers(-(10**9), 10**9).map(str),
    st.decimals(-(10**6), 10**6, places=2).map(str),
    st.dates().map(str),
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.fixed_dictionaries({}, optional={"country": TEXTS, "subdivision": TEXTS, "settlement": TEXTS}),
    st.lists(st.fixed_dictionaries({"name": TEXTS}), max_size=3),
)
ANSWERS = st.fixed_dictionaries({}, optional={"a": VALUES, "b": VALUES, "c": VALUES})
PATTERNS = st.sampled_from(
    ["[0-9]{3}", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", "a|b", "(x+)+y", ".*", "[^ ]+ [^ ]+"]
)
MATCHING = st.builds(lambda pattern: {"question": "a", "op": "matches", "value": pattern}, PATTERNS)
COMPARING = st.builds(
    lambda op, than: {"question": "a", "op": op, "than": than},
    st.sampled_from(["is", "above", "at_least", "below", "at_most", "includes"]),
    st.sampled_from(["b", "c"]),
)
CASES = st.lists(st.tuples(st.one_of(CONDITIONS, MATCHING, COMPARING), ANSWERS), min_size=20, max_size=20)


@pytest.fixture
def script(page: Page) -> Page:
    page.goto("about:blank")
    page.add_script_tag(path=str(SCRIPT))
    return page


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(CASES)
@example([({"question": "a", "op": "matches", "value": ".*"}, {"a": f"1{end}2"}) for end in "\n\r\x85\u2028"])
def test_the_page_decides_as_the_server_does(script: Page, cases: list[tuple[Any, dict[str, Any]]]) -> None:
    sent = [[condition_from(raw).plain(), answers] for raw, answers in cases]

    page = script.evaluate("cases => cases.map(([when, known]) => formConditions.holds(when, known))", sent)

    server = [holds(condition_from(raw), answers) for raw, answers in cases]
    assert list(zip(page, cases, strict=True)) == list(zip(server, cases, strict=True)), json.dumps(sent)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=20, max_size=20))
def test_both_know_what_an_answer_is(script: Page, values: list[Any]) -> None:
    assert script.evaluate("values => values.map(formConditions.answered)", values) == [
        is_answered(value) for value in values
    ]
