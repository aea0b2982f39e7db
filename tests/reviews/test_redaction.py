"""Marked words never survive, however they are written; everything else stays as it was."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.rules.redaction import BAR, bare, hide, occurs


@pytest.mark.parametrize(
    ("text", "marked", "shown"),
    [
        ("I am Noy Phommasack.", ["Noy Phommasack"], f"I am {BAR}."),
        ("I am NOY phommasack.", ["Noy Phommasack"], f"I am {BAR}."),
        ("I am Noy\n  Phommasack.", ["Noy Phommasack"], f"I am {BAR}."),
        ("ชื่อสมหญิงใจดีค่ะ", ["สมหญิง ใจดี"], f"ชื่อ{BAR}ค่ะ"),
        ("No\u200by is here", ["Noy"], f"{BAR} is here"),
        ("Jose\u0301 taught", ["Jos\u00e9"], f"{BAR} taught"),
        ("STRASSE 4", ["straße"], f"{BAR} 4"),
        ("Noy and Noy", ["Noy"], f"{BAR} and {BAR}"),
        ("Noy Phommasack", ["Noy", "Noy Phommasack"], BAR),
        ("abcde", ["abc", "cde"], BAR),
        ("banana", ["ana"], f"b{BAR}"),
        ("a+b (c)", ["a+b"], f"{BAR} (c)"),
        ("nothing here", [" ", "", BAR, "\u200b"], "nothing here"),
        ("", ["Noy"], ""),
    ],
)
def test_words_are_found_as_people_read_them(text: str, marked: list[str], shown: str) -> None:
    assert hide(text, marked) == shown


letters = st.sampled_from("aAbBé\u0301e\u0130ßsS\u200b\u00ad \n\tนิดห.*(ﬀf")
texts = st.text(letters, max_size=30)


def as_read(text: str) -> str:
    """A second way to the same: composed, caseless, without what has no width."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in folded if letter not in "\u200b\u00ad")


@given(text=texts, marked=st.lists(st.text(letters, min_size=1, max_size=6), max_size=4))
def test_no_marked_word_survives(text: str, marked: list[str]) -> None:
    shown = as_read(hide(text, marked))

    for words in marked:
        parts = [as_read(part) for part in bare(words).split()]
        pattern = r"\s*".join(re.escape(part) for part in parts if part)
        assert not pattern or not re.search(pattern, shown)


@given(before=texts, word=st.text("xyz", min_size=1, max_size=5), after=texts)
def test_what_is_not_marked_stays(before: str, word: str, after: str) -> None:
    before, after = (unicodedata.normalize("NFC", part) for part in (before, "." + after))

    assert hide(before + word + after, [word]) == before + BAR + after


@given(text=texts, marked=st.lists(texts, max_size=3))
def test_hiding_twice_is_hiding_once(text: str, marked: list[str]) -> None:
    once = hide(text, marked)

    assert hide(once, marked) == once


def test_a_mark_that_hides_nothing_is_known() -> None:
    assert occurs("I am Noy", "noy")
    assert not occurs("I am Noy", "Mali")
