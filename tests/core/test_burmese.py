"""Zawgyi is told from Unicode, and converted; nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.burmese import in_unicode, looks_like_zawgyi, to_unicode

ZAWGYI, UNICODE = "ျမန္မာ", "မြန်မာ"


def test_the_same_word_in_both() -> None:
    assert looks_like_zawgyi(ZAWGYI)
    assert not looks_like_zawgyi(UNICODE)
    assert to_unicode(ZAWGYI) == UNICODE


@pytest.mark.parametrize("text", ["", "Suda", "สุดารัตน์", "ភាសាខ្មែរ", "မောင်အောင်", "ဒေါ်အောင်ဆန်းစုကြည်", "12"])
def test_what_is_not_zawgyi_stays(text: str) -> None:
    assert in_unicode(text) == text


def test_answers_of_every_shape_are_converted() -> None:
    answer = [{"school": ZAWGYI, "year": "2001"}]

    assert in_unicode(answer) == [{"school": UNICODE, "year": "2001"}]
    assert in_unicode(["a", ZAWGYI]) == ["a", UNICODE]
    assert in_unicode(True) is True


@given(st.text(alphabet=st.characters(min_codepoint=0x1000, max_codepoint=0x109F), max_size=60))
def test_no_burmese_text_breaks_it(text: str) -> None:
    assert isinstance(in_unicode(text), str)
