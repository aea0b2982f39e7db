"""Conditions: what they mean, what is refused, and that one walk from top to bottom decides what counts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.applications.rules.conditions import BadCondition, condition_from, holds
from apps.applications.rules.counting import carry_over, count, together, unmet_requirements
from apps.applications.rules.definition import BadDefinition, Form, form_from_definition


def compared(op: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"question": "q", "op": op, "value": value, **more}


@pytest.mark.parametrize(
    ("condition", "answer", "wanted"),
    [
        (compared("is", "yes"), "yes", True),
        (compared("is", "yes"), True, True),
        (compared("is", "5"), "5.00", True),
        (compared("is", "5"), "five", False),
        (compared("is", ""), None, True),
        (compared("includes", "b"), ["a", "b"], True),
        (compared("includes", "a b"), ["a", "b"], False),
        (compared("includes", "TH-50"), {"country": "TH", "subdivision": "TH-50"}, True),
        (compared("is", "TH"), {"country": "TH", "subdivision": "TH-50"}, True),
        (compared("above", "2"), [{"school": "A"}, {"school": "B"}, {"school": "C"}], True),
        (compared("at_least", "18"), "9", False),
        (compared("at_least", "18"), "18", True),
        (compared("below", "2008-11-26"), "1999-01-01", True),
        (compared("below", "2008-11-26"), "19", False),
        (compared("below", "10"), "", False),
        (compared("at_most", "-1.5"), "-2", True),
        ({"question": "q", "op": "answered"}, False, False),
        ({"question": "q", "op": "answered"}, {"settlement": "Mae Rim"}, True),
        (compared("matches", "[0-9]{3}"), "123", True),
        (compared("matches", "[0-9]{3}"), "1234", False),
        (compared("matches", "a.b"), "a\rb", True),
        (compared("matches", r"\Qa.b"), "a.b", True),
        ({"not": compared("is", "a")}, "b", True),
        ({"all": [compared("above", "1"), compared("below", "3")]}, "2", True),
        ({"any": [compared("is", "x"), compared("is", "y")]}, "z", False),
    ],
)
def test_each_comparison_means_what_it_says(condition: Any, answer: Any, wanted: bool) -> None:
    assert holds(condition_from(condition), {"q": answer}) is wanted


def test_two_answers_are_compared_with_each_other() -> None:
    condition = condition_from({"question": ".", "op": "at_most", "than": "most"})

    assert holds(condition, {"most": "10"}, own="9.5")
    assert not holds(condition, {"most": "10"}, own="10.5")
    assert not holds(condition, {}, own="9")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"question": "q", "op": "like", "value": "x"},
        {"question": "q", "op": "is"},
        {"question": 3, "op": "is", "value": "x"},
        {"all": []},
        {"any": "yes"},
        {"not": [compared("is", "x")]},
        {"all": [compared("is", "x")] * 41},
        compared("is", "x" * 401),
        compared("matches", "(a+"),
        compared("matches", "(?=a)b"),
        compared("matches", "a", than="other"),
    ],
)
def test_what_is_no_condition_is_refused_with_words(raw: Any) -> None:
    with pytest.raises(BadCondition, match=r"\w+ \w+"):
        condition_from(raw)


def test_conditions_nested_without_end_are_refused() -> None:
    raw: Any = compared("is", "x")
    for _each in range(9):
        raw = {"not": raw}

    with pytest.raises(BadCondition):
        condition_from(raw)


def test_a_pattern_that_would_take_for_ever_does_not() -> None:
    hungry = condition_from(compared("matches", "(([0-9]{1})*[- .(]*([0-9]{3}))+"))

    assert not holds(hungry, {"q": "1" * 5000 + "x"})


LEAVES = st.builds(
    lambda question, op, value: {"question": question, "op": op, "value": value},
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["is", "includes", "above", "at_least", "below", "at_most", "answered"]),
    st.sampled_from(["", "1", "2", "10", "yes", "2020-01-01", "TH"]),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda each: {"not": each}, inner),
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)


@given(CONDITIONS)
def test_a_condition_kept_and_read_again_is_the_same(raw: dict[str, Any]) -> None:
    condition = condition_from(raw)

    assert condition_from(condition.plain()) == condition


def form(*questions: dict[str, Any], **section: Any) -> Form:
    return form_from_definition(
        {
            "sections": [
                {
                    "key": "one",
                    "questions": [{"kind": "text", "required": True, **each} for each in questions],
                    **section,
                }
            ]
        }
    )


FIRST = {"key": "first"}
SECOND = {"key": "second", "when": {"question": "first", "op": "is", "value": "yes"}}
THIRD = {"key": "third", "when": {"question": "second", "op": "answered"}}


def test_an_answer_that_is_hidden_neither_blocks_nor_counts_nor_shows_what_depends_on_it() -> None:
    chain = form(FIRST, SECOND, THIRD)
    answers = {"first": "no", "second": "kept", "third": "kept too"}

    assert count(chain, answers).answers == {"first": "no"}
    assert unmet_requirements(chain, answers) == ()
    assert count(chain, {**answers, "first": "yes"}).answers == {**answers, "first": "yes"}


def test_what_a_later_answer_asks_for_is_missing_in_form_order() -> None:
    missing = unmet_requirements(form(FIRST, SECOND, THIRD), {"first": "yes"})

    assert [each.question for each in missing] == ["second"]


def test_a_question_needed_only_sometimes() -> None:
    sometimes = {"key": "second", "required_when": {"question": "first", "op": "is", "value": "yes"}}

    assert unmet_requirements(form(FIRST, sometimes), {"first": "no"}) == ()
    assert [each.question for each in unmet_requirements(form(FIRST, sometimes), {"first": "yes"})] == [
        "second"
    ]


def test_a_section_can_be_for_some_only() -> None:
    whole = form_from_definition(
        {
            "sections": [
                {"key": "one", "questions": [{"key": "first", "kind": "yes_no"}]},
                {
                    "key": "two",
                    "when": {"question": "first", "op": "is", "value": "yes"},
                    "questions": [{"key": "second", "kind": "text", "required": True}],
                },
            ]
        }
    )

    assert [section.key for section, _asked in count(whole, {"first": "no"}).sections] == ["one"]
    assert unmet_requirements(whole, {"first": "no"}) == ()
    assert count(whole, {"first": "yes"}).shown("two") == {"second"}


@pytest.mark.parametrize(
    "questions",
    [
        [SECOND, FIRST],
        [{"key": "first", "when": {"question": "first", "op": "answered"}}],
        [FIRST, {"key": "second", "checks": [{"message": {"en": "No"}}]}],
        [FIRST, FIRST],
        [{"key": "rows", "kind": "rows"}],
        [{"key": "rows", "kind": "rows", "columns": [{"key": "file", "kind": "document"}]}],
        [{"key": "first", "least": "many"}],
        [{"key": "first", "kind": "one_choice", "options": [{"value": "a"}, {"value": "a"}]}],
    ],
)
def test_a_form_nobody_can_walk_from_top_to_bottom_is_refused(questions: list[dict[str, Any]]) -> None:
    with pytest.raises(BadDefinition):
        form(*questions)


def test_answers_go_along_to_another_version_where_they_fit() -> None:
    options = [{"value": "a"}, {"value": "b"}]
    old = form(FIRST, {"key": "level", "kind": "one_choice", "options": options}, {"key": "gone"})
    new = form(FIRST, {"key": "level", "kind": "one_choice", "options": options[1:]}, {"key": "fresh"})

    carried = carry_over(old, new, {"first": "yes", "level": "a", "gone": "text"})

    assert carried.answers == {"one": {"first": "yes"}}
    assert carried.lost == ("level", "gone")


def test_files_count_as_answers_of_their_question() -> None:
    with_file = form({"key": "proof", "kind": "document"})

    assert [each.question for each in unmet_requirements(with_file, {})] == ["proof"]
    assert unmet_requirements(with_file, together({}, files=["proof"])) == ()
