"""From answers to classes and shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.functioning import (
    CutOff,
    Status,
    all_refused,
    difficulty,
    difficulty_as_published,
)
from apps.inclusion.rules.residence import residence_class
from apps.inclusion.rules.shares import Share, wilson

#: Answers, then the finding at SS1, SS2, SS3 and SS4.
VECTORS = [
    ([1, 1, 1, 1, 1, 1], "no no no no"),
    ([2, 1, 1, 1, 1, 1], "yes no no no"),
    ([2, 2, 1, 1, 1, 1], "yes yes no no"),
    ([3, 1, 1, 1, 1, 1], "yes yes yes no"),
    ([4, 1, 1, 1, 1, 1], "yes yes yes yes"),
    ([3, 9, 7, None, 1, 1], "yes yes yes unknown"),
    ([1, 1, 1, 1, 1, 9], "unknown unknown unknown unknown"),
    ([7, 7, 7, 7, 7, 7], "unknown unknown unknown unknown"),
    ([2, 2, 9, 1, 1, 1], "yes yes unknown unknown"),
]


@pytest.mark.parametrize(("answers", "expected"), VECTORS)
def test_six_answers_give_the_published_finding_at_every_cut_off(
    answers: list[int | None], expected: str
) -> None:
    assert " ".join(difficulty(answers, cut_off) for cut_off in CutOff) == expected


def test_the_published_syntax_says_no_where_we_say_unknown() -> None:
    assert difficulty_as_published([1, 1, 1, 1, 1, 9]) == Status.NO
    assert difficulty_as_published([7, 7, 7, 7, 7, 7]) == Status.UNKNOWN


@given(st.lists(st.sampled_from([1, 2, 3, 4, 7, 9, None]), min_size=6, max_size=6), st.sampled_from(CutOff))
def test_filling_a_missing_answer_never_turns_yes_or_no_around(
    answers: list[int | None], cut_off: CutOff
) -> None:
    found = difficulty(answers, cut_off)

    for place, answer in enumerate(answers):
        if answer in (7, 9, None):
            for filled in (1, 2, 3, 4):
                later = difficulty([*answers[:place], filled, *answers[place + 1 :]], cut_off)
                assert found in (Status.UNKNOWN, later)


def test_refusing_every_question_is_a_choice_and_leaving_them_blank_is_not() -> None:
    assert all_refused([7, 7, None, 7, 7, 7])
    assert not all_refused([None] * 6)
    assert not all_refused([7, 1, 7, 7, 7, 7])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("village", "rural"),
        ("dispersed", "rural"),
        ("rural", "rural"),
        ("suburb", "city"),
        ("town", "town"),
        ("pnts", "not_said"),
        (None, "missing"),
        ("", "missing"),
        ("moon", "missing"),
    ],
)
def test_places_fall_into_their_class(answer: str | None, expected: str) -> None:
    assert residence_class(answer) == expected


def test_a_share_leaves_those_who_did_not_answer_out_of_its_denominator() -> None:
    share = Share(count=30, answered=60, everyone=80)

    assert share.value == 0.5
    assert share.response_rate == 0.75
    assert share.not_stated == 20
    assert share.needs_a_warning
    assert share.is_shown


def test_a_share_that_most_did_not_answer_is_not_shown() -> None:
    assert not Share(count=30, answered=59, everyone=100).is_shown
    assert not Share(count=5, answered=19, everyone=19).is_shown
    assert not Share(count=0, answered=0, everyone=0).is_shown


def test_wilson_agrees_with_published_values() -> None:
    # 81 of 263 and 0 of 20: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_a_wilson_interval_holds_the_share_it_is_about(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))

    low, high = wilson(count, total)

    assert 0 <= low <= count / total <= high <= 1
