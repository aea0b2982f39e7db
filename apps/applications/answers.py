"""Answers as people read them: every question that was asked, with its answer in words.

Check page, print, review desk, staff pages, API and export all read here, so that what was saved is
what each of them shows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.applications.models import Application, Document
from apps.applications.rules.counting import count, together
from apps.applications.rules.definition import SILENT_KINDS, Form, Question
from apps.core.dates import day_in_words
from apps.core.texts import say
from apps.places.selectors import country_names, subdivision_names


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` are the lines of a question that is answered several times."""

    key: str
    label: Mapping[str, str]
    text: str
    documents: tuple[Document, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    key: str
    title: Mapping[str, str]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the places in these answers, by code, in the reader's language."""

    countries: Mapping[str, str]
    subdivisions: Mapping[str, str]


def read_answers(
    application: Application,
    form: Form,
    documents: Iterable[Document],
    *,
    blind: bool = False,
    names: Names | None = None,
) -> list[AnsweredSection]:
    """All sections that were asked, in order. `blind` leaves out what reviewers must not see.

    `names` are those of the places in these answers, where the caller has them for many at once.
    """
    files = list(documents)
    saved = {row.section: row.answers for row in application.sections.all()}
    counted = count(form, together(saved, files=(file.question for file in files)))
    names = names or names_of([(form, counted.answers)])
    return [
        AnsweredSection(
            key=section.key,
            title=section.title,
            answers=tuple(
                _answer(question, counted.answers.get(question.key), names, files)
                for question in questions
                if question.kind not in SILENT_KINDS and not (blind and is_hidden(question))
            ),
        )
        for section, questions in counted.sections
    ]


def _answer(question: Question, value: Any, names: Names, files: Iterable[Document]) -> Answer:
    rows = tuple(_row(question, each, names) for each in value) if question.kind == "rows" and value else ()
    return Answer(
        key=question.key,
        label=question.label,
        text="\n".join(rows) if rows else _in_words(question, value, names),
        documents=tuple(file for file in files if file.question == question.key),
        rows=rows,
    )


#: Answers that say who someone is or where; reviewers never see them, whatever the form says.
IDENTIFYING = {"full-name", "latin-name", "phone", "email", "date-of-birth", "town", "address", "photo"}


def is_hidden(question: Question) -> bool:
    return question.hidden_from_reviewers or question.key in IDENTIFYING


def names_of(answered: Iterable[tuple[Form, Mapping[str, Any]]]) -> Names:
    """Two statements at most, for any number of applications; none when no answer is a place."""
    countries: set[str] = set()
    subdivisions: set[str] = set()
    for form, answers in answered:
        for _section, question in form.questions():
            for value in _places(question, answers.get(question.key)):
                countries.add(str(value.get("country", "")))
                subdivisions.add(str(value.get("subdivision", "")))
    return Names(
        countries=country_names(countries - {""}) if countries - {""} else {},
        subdivisions=subdivision_names(subdivisions - {""}) if subdivisions - {""} else {},
    )


def _places(question: Question, value: Any) -> Iterable[Mapping[str, Any]]:
    if question.kind == "country" and isinstance(value, str):
        yield {"country": value}
    elif question.kind == "place" and isinstance(value, Mapping):
        yield value
    elif question.kind == "rows" and isinstance(value, list):
        for row in value:
            for column in question.columns:
                yield from _places(column, row.get(column.key) if isinstance(row, Mapping) else None)


def _in_words(question: Question, value: Any, names: Names) -> str:
    if value in (None, "", [], {}):
        return ""
    if question.kind in ("document", "photos"):
        return ""
    return WORDS.get(question.kind, _plainly)(question, value, names)


def _plainly(question: Question, value: Any, names: Names) -> str:
    """Also an answer of the wrong shape, as it was typed."""
    return " ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _chosen(question: Question, value: Any, names: Names) -> str:
    language = get_language() or "en"
    labels = {option.value: say(option.label, language) or option.value for option in question.options}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in chosen)


def _yes_or_no(question: Question, value: Any, names: Names) -> str:
    known = {"yes": _("Yes"), "no": _("No"), "True": _("Yes"), "False": _("No")}
    return known.get(str(value), str(value))


def _number(question: Question, value: Any, names: Names) -> str:
    return f"{value} {say(question.unit, get_language() or 'en')}".strip()


def _moment(question: Question, value: Any, names: Names) -> str:
    text = _plainly(question, value, names)
    try:
        if question.kind == "date":
            return day_in_words(date.fromisoformat(text))
        if question.kind == "time":
            return time_format(time.fromisoformat(text), "TIME_FORMAT")
        moment = datetime.fromisoformat(text)
        return f"{day_in_words(moment.date())}, {time_format(moment, 'TIME_FORMAT')}"
    except ValueError:
        return text


def _country(question: Question, value: Any, names: Names) -> str:
    return names.countries.get(str(value), str(value))


def _place(question: Question, value: Any, names: Names) -> str:
    """From the village up, as an address is read."""
    if not isinstance(value, Mapping):
        return _plainly(question, value, names)
    country, subdivision = str(value.get("country", "")), str(value.get("subdivision", ""))
    parts = [
        str(value.get("settlement", "")),
        names.subdivisions.get(subdivision, subdivision),
        names.countries.get(country, country),
    ]
    return ", ".join(part for part in parts if part)


def _row(question: Question, row: Any, names: Names) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    language = get_language() or "en"
    cells = (
        (say(column.label, language), _in_words(column, row.get(column.key), names))
        for column in question.columns
    )
    return "; ".join(f"{label}: {text}" if label else text for label, text in cells if text)


WORDS: dict[str, Callable[[Question, Any, Names], str]] = {
    "one_choice": _chosen,
    "several_choices": _chosen,
    "yes_no": _yes_or_no,
    "declaration": _yes_or_no,
    "number": _number,
    "date": _moment,
    "time": _moment,
    "date_time": _moment,
    "country": _country,
    "place": _place,
}


def set_aside(application: Application) -> list[Answer]:
    """Answers that a newer version of the form had no question for, as they were given."""
    return [
        Answer(key=key, label=each["label"], text=_kept_text(each["value"]))
        for key, each in application.set_aside.items()
    ]


def _kept_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_kept_text(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(str(each) for each in value.values())
    return str(value)
