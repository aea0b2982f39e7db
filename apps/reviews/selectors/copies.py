"""The reviewer's copy of an application: blind, with bars over marked words, beside its translation.

Page and API both read here, so that nothing reaches a reviewer without passing the marks.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.applications.answers import AnsweredSection, is_hidden, read_answers
from apps.applications.models import Application, Document
from apps.applications.references import references_for_reviewers
from apps.applications.rules.definition import TEXT_KINDS, Question
from apps.applications.selectors import documents_of, form_of
from apps.reviews.models import AnswerTranslation, Redaction
from apps.reviews.rules.redaction import hide

#: Everybody who reviews reads it, so it stands in for a translation into the reviewer's own language.
COMMON_LANGUAGE = "en"
#: Kinds of answers in which people write what they like, their name too.
WRITTEN_KINDS = TEXT_KINDS | {"rows", "place"}


@dataclass(frozen=True, slots=True)
class Translated:
    """`is_old` when the applicant saved the section again after it was translated."""

    language: str
    text: str
    is_machine: bool
    is_old: bool


@dataclass(frozen=True, slots=True)
class CopiedAnswer:
    key: str
    label: Mapping[str, str]
    text: str
    documents: tuple[Document, ...]
    translation: Translated | None


@dataclass(frozen=True, slots=True)
class CopiedSection:
    key: str
    title: Mapping[str, str]
    answers: tuple[CopiedAnswer, ...]


@dataclass(frozen=True, slots=True)
class CopiedReference:
    """`said` are pairs of question and answer, each by language."""

    relation: str
    said: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """`language` is the one the applicant wrote the form in."""

    language: str
    sections: tuple[CopiedSection, ...]
    references: tuple[CopiedReference, ...]

    @property
    def has_translations(self) -> bool:
        return any(answer.translation for section in self.sections for answer in section.answers)


def marks_of(application: Application) -> list[str]:
    """Words to hide. A mark made at one answer holds in all: it would be guessed from any of them."""
    return list(Redaction.objects.filter(application=application).values_list("words", flat=True))


def copy_for(application: Application, language: str) -> Copy:
    """What a reviewer reads, with translations into their language, else into English."""
    marks = marks_of(application)
    found = translations_of(application, (COMMON_LANGUAGE, language))
    saved_at = {row.section: row.updated_at for row in application.sections.all()}
    read = read_answers(application, form_of(application), documents_of(application), blind=True)
    sections = (_section(part, marks, found, saved_at.get(part.key)) for part in read if part.answers)
    return Copy(
        language=application.language,
        sections=tuple(sections),
        references=tuple(
            CopiedReference(
                relation=hide(line.reference.relation, marks),
                said=tuple((each.label, _hidden(each.text, marks)) for each in line.said),
            )
            for line in references_for_reviewers(application)
        ),
    )


def translations_of(application: Application, languages: Sequence[str]) -> dict[str, AnswerTranslation]:
    """By question; where there are several, the one in the language that is named last."""
    rows = AnswerTranslation.objects.filter(application=application, language__in=languages)
    return {row.question: row for row in sorted(rows, key=lambda row: languages.index(row.language))}


def _section(
    part: AnsweredSection,
    marks: list[str],
    found: Mapping[str, AnswerTranslation],
    saved_at: datetime | None,
) -> CopiedSection:
    answers = (
        CopiedAnswer(
            key=answer.key,
            label=answer.label,
            text=hide(answer.text, marks),
            documents=answer.documents,
            translation=_translated(found.get(answer.key), marks, saved_at) if answer.text else None,
        )
        for answer in part.answers
    )
    return CopiedSection(part.key, part.title, tuple(answers))


def _translated(
    row: AnswerTranslation | None, marks: list[str], saved_at: datetime | None
) -> Translated | None:
    if row is None:
        return None
    is_old = saved_at is not None and saved_at > row.updated_at
    return Translated(row.language, hide(row.text, marks), row.is_machine, is_old)


def _hidden(texts: Mapping[str, str], marks: Iterable[str]) -> dict[str, str]:
    return {language: hide(text, marks) for language, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """A free-text answer as staff prepare it: whole, with its marks and one translation."""

    key: str
    label: Mapping[str, str]
    text: str
    words: tuple[str, ...]
    translation: AnswerTranslation | None


def written_answers(application: Application, language: str) -> list[Written]:
    """The answers of free text that reviewers would see, in form order, with translations into `language`."""
    form = form_of(application)
    wanted = {question.key for _section, question in form.questions() if _is_written(question)}
    words: dict[str, list[str]] = {}
    for mark in Redaction.objects.filter(application=application):
        words.setdefault(mark.question, []).append(mark.words)
    found = translations_of(application, [language])
    return [
        Written(
            answer.key,
            answer.label,
            answer.text,
            tuple(words.get(answer.key, ())),
            found.get(answer.key),
        )
        for section in read_answers(application, form, documents_of(application), blind=True)
        for answer in section.answers
        if answer.key in wanted and answer.text
    ]


def _is_written(question: Question) -> bool:
    return question.kind in WRITTEN_KINDS and not is_hidden(question)


def state_of_copy(application: Application) -> str:
    """Changes with every mark and translation: who saves must have seen the present ones."""
    marks = Redaction.objects.filter(application=application).order_by("question", "words")
    translations = AnswerTranslation.objects.filter(application=application)
    found = [
        list(marks.values_list("question", "words")),
        list(
            translations.order_by("question", "language").values_list(
                "question", "language", "text", "is_machine"
            )
        ),
    ]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:32]
