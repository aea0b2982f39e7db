"""Words in a drawing wrap by what a reader sees as letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.charts.words import ELLIPSIS, clusters, leading, width_of, wrap

KHMER = "មនុស្សមកពីសហគមន៍ជនបទ"
BURMESE = "ကျေးလက်ဒေသမှလူများ"
THAI = "ผู้คนจากชุมชนในชนบทเชียงใหม่"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ក្រុង", ["ក្រុ", "ង"]),
        ("မြန်မာ", ["မြ", "န်", "မာ"]),
        ("เด็ก", ["เด็", "ก"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("a\u200bb", ["a", "b"]),
    ],
)
def test_marks_and_stacked_letters_stay_with_their_letter(text: str, expected: list[str]) -> None:
    assert clusters(text) == expected


@pytest.mark.parametrize(
    "text", [KHMER, BURMESE, THAI, "Menschen aus ländlichen Gemeinschaften", "Antananarivokommune"]
)
def test_no_line_is_wider_than_its_room_and_nothing_is_lost_when_there_are_lines_enough(text: str) -> None:
    lines = wrap(text, 90, 14, lines=9)

    assert all(width_of(line, 14) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four", 44, 14, lines=2) == ("one", f"two{ELLIPSIS}")


def test_a_hyphen_may_end_a_line() -> None:
    assert wrap("Timor-Leste", 60, 14) == ("Timor-", "Leste")


def test_scripts_with_marks_above_and_below_have_higher_lines() -> None:
    assert leading(KHMER, 14) == leading(BURMESE, 14) > leading(THAI, 14) > leading("Women", 14)


@given(st.text(), st.integers(30, 300), st.integers(1, 3))
def test_any_text_wraps_into_at_most_so_many_lines(text: str, room: int, lines: int) -> None:
    assert 1 <= len(wrap(text, room, 14, lines=lines)) <= lines
