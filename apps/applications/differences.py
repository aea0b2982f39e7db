"""What an answer to a question for more information changed, in words, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from apps.applications.answers import Answer, read_answers
from apps.applications.models import Application, Document, InformationRequest, SectionAnswers
from apps.applications.rules.definition import Form
from apps.applications.selectors import documents_of, form_of
from apps.core.texts import in_language


@dataclass(frozen=True, slots=True)
class Change:
    label: Mapping[str, str]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Stands in for the sections of an application at an earlier moment."""

    rows: tuple[SectionAnswers, ...]

    def all(self) -> tuple[SectionAnswers, ...]:
        return self.rows


@dataclass(frozen=True, slots=True)
class _Then:
    sections: _Rows


def changes(application: Application, request: InformationRequest) -> list[Change]:
    """Answers that differ between asking and sending; while it is open, those that differ now.

    Other sections are as they are today on both sides: what decides whether a question is asked.
    """
    form = form_of(application)
    now = {row.section: row.answers for row in application.sections.all()}
    ids = set(request.before["documents"]) | set(request.after.get("documents", []))
    files = {row.pk: row for row in Document.objects.filter(pk__in=ids)}
    others = [row for row in documents_of(application) if row.question not in _asked(form, request)]
    before = _read(form, now, request.before, files, others)
    after = (
        _read(form, now, request.after, files, others)
        if request.after
        else _by_key(read_answers(application, form, documents_of(application)))
    )
    found = []
    for key, section in _keys(form, request):
        old, new = before.get((section, key)), after.get((section, key))
        if _words(old) != _words(new):
            label = (new or old).label  # type: ignore[union-attr]  # one of them is there: they differ
            found.append(Change(label=label, before=_words(old), after=_words(new)))
    return found


def _keys(form: Form, request: InformationRequest) -> list[tuple[str, str]]:
    return [(q.key, s.key) for s, q in form.questions() if s.key in request.sections]


def _asked(form: Form, request: InformationRequest) -> set[str]:
    return {key for key, _section in _keys(form, request)}


def _read(
    form: Form,
    now: Mapping[str, Any],
    then: Mapping[str, Any],
    files: Mapping[int, Document],
    others: list[Document],
) -> dict[tuple[str, str], Answer]:
    answers = {**now, **{key: row["answers"] for key, row in then["sections"].items()}}
    rows = tuple(SectionAnswers(section=key, answers=each) for key, each in answers.items())
    documents = [*others, *(files[pk] for pk in then["documents"] if pk in files)]
    return _by_key(read_answers(cast(Application, _Then(_Rows(rows))), form, documents))


def _by_key(sections: Any) -> dict[tuple[str, str], Answer]:
    return {(section.key, answer.key): answer for section in sections for answer in section.answers}


def _words(answer: Answer | None) -> str:
    """Files by name and checksum: another file of the same name is another answer."""
    if answer is None:
        return ""
    if answer.documents:
        return ", ".join(f"{row.name} ({row.sha256[:8]})" for row in answer.documents)
    return answer.text


def asked_sections(application: Application, request: InformationRequest, language: str) -> list[str]:
    """Titles of the sections that were opened again."""
    form = form_of(application)
    return [
        in_language(section.title, language)[0]
        for section in form.sections
        if section.key in request.sections
    ]
