"""Which words somebody reads: never a draft by machine, always the newest in force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.people.enums import ConsentPurpose
from apps.people.rules.wordings import SHIPPED, Wording, first, in_force


def wording(language: str, version: int = 2, country: str = "", **values: bool) -> Wording:
    title = f"{country} {language} {version}"
    return Wording("contact", country, language, version, title, "Text.", **values)


def read(*texts: Wording, country: str = "TH", language: str = "th") -> str:
    return in_force(texts, purpose="contact", country=country, language=language).title


def test_every_purpose_comes_with_a_text() -> None:
    assert set(SHIPPED) == set(ConsentPurpose.values)


def test_without_a_published_text_the_shipped_one_is_in_force() -> None:
    assert in_force([], purpose="contact", country="TH", language="th") == first("contact")


def test_the_readers_language_is_taken_when_a_person_checked_it() -> None:
    assert read(wording("en"), wording("th")) == " th 2"


def test_a_draft_by_machine_is_as_if_it_were_not_there() -> None:
    assert read(wording("en"), wording("th", is_machine_draft=True)) == " en 2"
    assert read(wording("th", is_machine_draft=True)) == first("contact").title


def test_an_older_wording_in_the_readers_language_gives_way_to_english() -> None:
    assert read(wording("en", 2), wording("th", 2), wording("en", 3)) == " en 3"


def test_a_country_with_its_own_text_reads_that() -> None:
    texts = (wording("en", 5), wording("th", 5), wording("en", 1, "TH"))

    assert read(*texts) == "TH en 1"
    assert read(*texts, country="LA") == " th 5"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["en", "th", "lo"]), st.integers(2, 4), st.sampled_from(["", "TH"]), st.booleans()
        ),
        unique_by=lambda each: each[:3],
    ),
    st.sampled_from(["en", "th", "km", "zh-hans"]),
)
def test_nobody_ever_reads_a_draft_or_a_third_language(texts: list, language: str) -> None:
    known = [wording(*each[:3], is_machine_draft=each[3]) for each in texts]

    found = in_force(known, purpose="contact", country="TH", language=language)

    assert not found.is_machine_draft
    assert found.language in (language, language.split("-")[0], "en")


@pytest.mark.parametrize("change", [{"title": "x"}, {"text": "x"}, {"version": 9}, {"language": "th"}])
def test_the_mark_changes_with_every_part(change: dict) -> None:
    base = {"purpose": "contact", "country": "", "language": "en", "version": 1, "title": "a", "text": "b"}

    assert Wording(**{**base, **change}).mark != Wording(**base).mark
