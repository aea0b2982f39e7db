"""From answers to classes and shares."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.functioning import (
    DOMAINS,
    CutOff,
    Status,
    all_refused,
    difficulty,
    difficulty_as_published,
)
from apps.inclusion.rules.residence import residence_class
from apps.inclusion.rules.shares import Share, wilson

#: The published questions with nine sets of answers, and what each cut-off finds.
SHORT_SET = json.loads((Path(__file__).parent / "vectors/wgss.json").read_text())
VECTORS = SHORT_SET["test_vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["a"]))
def test_six_answers_give_the_published_finding_at_every_cut_off(vector: dict) -> None:
    for cut_off in CutOff:
        assert difficulty(vector["a"], cut_off) == vector[cut_off], cut_off


@pytest.mark.parametrize("vector", [each for each in VECTORS if "wg_syntax_SS3" in each])
def test_the_published_syntax_says_no_where_we_say_unknown(vector: dict) -> None:
    assert difficulty_as_published(vector["a"]) == vector["wg_syntax_SS3"]


def test_all_nine_vectors_are_run() -> None:
    assert len(VECTORS) == 9
    assert tuple(question["var"] for question in SHORT_SET["questions"]) == DOMAINS


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
