"""Answers as people read them: every question with its answer in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.applications.models import Application, Document
from apps.applications.rules.definition import Form, Question
from apps.core.dates import day_in_words
from apps.core.texts import say
from apps.places.selectors import country_names


@dataclass(frozen=True, slots=True)
class Answer:
    key: str
    label: Mapping[str, str]
    text: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    key: str
    title: Mapping[str, str]
    answers: tuple[Answer, ...]


def read_answers(
    application: Application, form: Form, documents: Iterable[Document], *, blind: bool = False
) -> list[AnsweredSection]:
    """All sections in order. `blind` leaves out what reviewers must not see."""
    saved = {row.section: row.answers for row in application.sections.all()}
    files = list(documents)
    countries = _country_names(form, saved)
    return [
        AnsweredSection(
            key=section.key,
            title=section.title,
            answers=tuple(
                Answer(
                    key=question.key,
                    label=question.label,
                    text=_in_words(question, saved.get(section.key, {}).get(question.key), countries),
                    documents=tuple(file for file in files if file.question == question.key),
                )
                for question in section.questions
                if not (blind and is_hidden(question))
            ),
        )
        for section in form.sections
    ]


#: Answers that say who someone is or where; reviewers never see them, whatever the form says.
IDENTIFYING = {"full-name", "latin-name", "phone", "email", "date-of-birth", "town", "address", "photo"}


def is_hidden(question: Question) -> bool:
    return question.hidden_from_reviewers or question.key in IDENTIFYING


def _country_names(form: Form, saved: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    codes = {
        saved.get(section.key, {}).get(question.key)
        for section, question in form.questions()
        if question.kind == "country"
    }
    wanted = [code for code in codes if isinstance(code, str)]
    return country_names(wanted) if wanted else {}


def _in_words(question: Question, value: Any, countries: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return ""
    language = get_language() or "en"
    labels = {option.value: say(option.label, language) for option in question.options}
    if isinstance(value, list):
        return ", ".join(labels.get(str(each), str(each)) for each in value)
    if question.kind == "country":
        return countries.get(str(value), str(value))
    if question.kind == "declaration":
        return _("Yes") if value else _("No")
    if question.kind == "yes_no":
        return {"yes": _("Yes"), "no": _("No")}.get(str(value), str(value))
    if question.kind == "date":
        return _date_in_words(str(value))
    return labels.get(str(value), str(value))


def _date_in_words(text: str) -> str:
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        return text
