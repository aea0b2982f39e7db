"""Every translation keeps its placeholders, and says in its header who drafted it."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+>")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_placeholder_is_lost_or_invented(path: Path) -> None:
    broken = []
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid)):
                broken.append(entry.msgid)

    assert broken == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_draft_by_machine_says_so(path: Path) -> None:
    assert polib.pofile(str(path)).metadata["X-Drafted-By"] == "machine"


def test_each_language_of_the_switch_has_a_catalogue() -> None:
    assert {path.parts[-3] for path in CATALOGUES} == {code for code, _name in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize(
    ("code", "word"), [("id", "Kirim lamaran"), ("th", "ส่งใบสมัคร"), ("en", "Send application")]
)
def test_words_come_in_the_language_asked_for(code: str, word: str) -> None:
    with translation.override(code):
        assert translation.gettext("Send application") == word
