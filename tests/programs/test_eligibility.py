"""Eligibility says which rule, and never counts what was not asked against anyone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.programs.rules.eligibility import Finding, Rule, age_on, assess

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("test", "value", "answer", "finding"),
    [
        ("is", True, True, Finding.MET),
        ("is", True, False, Finding.NOT_MET),
        ("one_of", ["TH", "LA"], "LA", Finding.MET),
        ("one_of", ["TH", "LA"], "US", Finding.NOT_MET),
        ("at_least", 12, 12, Finding.MET),
        ("at_most", 12, 12.5, Finding.NOT_MET),
        ("age_between", [18, 35], "2008-11-24", Finding.MET),
        ("age_between", [18, 35], "2008-11-25", Finding.NOT_MET),
        ("age_between", [18, 35], "1990-11-25", Finding.MET),
        ("age_between", [18, 35], "not a date", Finding.NOT_ANSWERED),
        ("at_least", 12, None, Finding.NOT_ANSWERED),
        ("at_least", 12, [], Finding.NOT_ANSWERED),
    ],
)
def test_each_test_finds_what_its_words_say(test: str, value: Any, answer: Any, finding: Finding) -> None:
    assert assess([Rule("rule", test, value)], {"rule": answer}, day=DAY).findings["rule"] == finding


@given(st.dates(min_value=date(1900, 1, 1)), st.dates(min_value=date(1900, 1, 1)))
def test_age_grows_by_one_on_every_birthday(born: date, day: date) -> None:
    age = age_on(born, day)

    if born <= day:
        turned = day.year - age
        assert turned - born.year in (0, 1) or age >= 0
        assert 0 <= age <= day.year - born.year


@given(
    st.dictionaries(
        st.sampled_from(["a", "b"]), st.one_of(st.none(), st.text(), st.integers(), st.booleans())
    )
)
def test_any_answers_get_a_finding(answers: dict[str, Any]) -> None:
    rules = [Rule("a", "age_between", [18, 30]), Rule("b", "at_least", 3)]

    assert set(assess(rules, answers, day=DAY).findings) == {"a", "b"}
