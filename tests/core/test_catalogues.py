"""Every translation keeps its placeholders, and says in its header who drafted it."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from tests.core.applicant_texts import applicant_texts, in_template

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+>")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_placeholder_is_lost_or_invented(path: Path) -> None:
    broken = []
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            asked = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
            given = set(PLACEHOLDER.findall(text))
            if text and (given - asked or (not entry.msgid_plural and given != asked)):
                broken.append(entry.msgid)

    assert broken == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_draft_by_machine_says_so(path: Path) -> None:
    assert polib.pofile(str(path)).metadata["X-Drafted-By"] == "machine"


def test_each_language_of_the_switch_has_a_catalogue() -> None:
    wanted = {translation.to_locale(code) for code, _name in settings.LANGUAGES} - {"en"}

    assert {path.parts[-3] for path in CATALOGUES} == wanted
    assert len(settings.LANGUAGES) == 12


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_word_an_applicant_may_read_is_translated(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    have = {entry.msgid for entry in catalogue if entry.msgstr or all(entry.msgstr_plural.values() or [""])}

    assert sorted(applicant_texts() - have) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_plurals_have_as_many_forms_as_the_header_promises(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"]).group(1))

    assert [
        entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != forms
    ] == []


def test_the_extractor_sees_every_way_a_word_is_marked() -> None:
    found = applicant_texts()

    assert {"Send application", "January", "Enter a number.", "Save and continue"} <= found
    assert not list(in_template('{% formal %}{% translate "A decision" %}{% endformal %}'))


@pytest.mark.parametrize(
    ("code", "word"), [("id", "Kirim lamaran"), ("th", "ส่งใบสมัคร"), ("en", "Send application")]
)
def test_words_come_in_the_language_asked_for(code: str, word: str) -> None:
    with translation.override(code):
        assert translation.gettext("Send application") == word
