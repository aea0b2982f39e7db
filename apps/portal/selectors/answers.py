"""Every answer of many applications as a table: a row for each application, a column for each question."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from apps.applications.answers import is_hidden, names_of, read_answers
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application, FormVersion
from apps.applications.rules.counting import together
from apps.applications.rules.definition import SILENT_KINDS, Form, form_from_definition
from apps.applications.selectors import ACTIVE_DOCUMENTS
from apps.core.texts import say
from apps.portal.selectors.staff import intake_names

#: Applications that are read at a time: memory does not grow with the table.
PORTION = 500


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """`questions` are the columns after the first ones, by key, in the order of the newest form."""

    header: list[str]
    questions: tuple[str, ...]
    forms: dict[int, Form]
    with_sensitive: bool


def answer_table(applications: QuerySet[Application], *, with_sensitive: bool) -> AnswerTable:
    """The columns. A question that was asked in several versions is one column, named as it is now.

    Sensitive questions, and the name and address of the person, are there only when asked for.
    """
    used = applications.order_by().values_list("form_version_id", flat=True).distinct()
    versions = FormVersion.objects.filter(pk__in=[pk for pk in used if pk]).order_by("-intake_id", "-number")
    forms = {version.pk: form_from_definition(version.definition) for version in versions}
    labels: dict[str, str] = {}
    hidden: set[str] = set()
    language = translation.get_language() or "en"
    for form in forms.values():
        for _section, question in form.questions():
            if question.kind not in SILENT_KINDS:
                labels.setdefault(question.key, say(question.label, language) or question.key)
                # hidden in one version is hidden in all: its column is the same
                hidden |= {question.key} if is_hidden(question) else set()
    keys = tuple(key for key in labels if with_sensitive or key not in hidden)
    people = [_("Name"), _("E-mail")] if with_sensitive else []
    first = [_("Reference"), *people, _("Program"), _("State"), _("Sent"), _("Outcome")]
    return AnswerTable([*first, *_unlike(labels, keys)], keys, forms, with_sensitive)


def _unlike(labels: dict[str, str], keys: tuple[str, ...]) -> list[str]:
    """Two questions with the same words are told apart by their keys."""
    words = [labels[key] for key in keys]
    return [
        f"{label} [{key}]" if words.count(label) > 1 else label
        for key, label in zip(keys, words, strict=True)
    ]


def answer_rows(applications: QuerySet[Application], table: AnswerTable) -> Iterator[list[Any]]:
    """The rows in the language of the moment, read in portions with five statements each."""
    language = translation.get_language() or "en"
    names, statuses, outcomes = intake_names(None), dict(ApplicationStatus.choices), dict(Outcome.choices)
    documents = Prefetch("documents", queryset=ACTIVE_DOCUMENTS.order_by("id"))
    found = applications.select_related("person__user").prefetch_related("sections", documents)
    stream = found.order_by("-submitted_at", "-id").iterator(chunk_size=PORTION)
    while portion := list(islice(stream, PORTION)):
        with translation.override(language):
            answers = _answers_of(portion, table)
            rows = []
            for application, given in zip(portion, answers, strict=True):
                person = application.person
                who = [person.full_name, person.user.email if person.user else ""] if person else ["", ""]
                sent = application.submitted_at
                rows.append(
                    [
                        application.reference,
                        *(who if table.with_sensitive else ()),
                        names.get(application.intake_id, ""),
                        str(statuses[application.status]),
                        sent.isoformat() if sent else "",
                        str(outcomes.get(application.outcome, "")),
                        *(given.get(key, "") for key in table.questions),
                    ]
                )
        yield from rows


def _answers_of(portion: list[Application], table: AnswerTable) -> list[dict[str, str]]:
    empty = Form(())
    forms = [table.forms.get(application.form_version_id or 0, empty) for application in portion]
    saved = [
        together({row.section: row.answers for row in application.sections.all()}) for application in portion
    ]
    names = names_of(zip(forms, saved, strict=True))
    return [
        {
            answer.key: "\n".join([answer.text] if answer.text else [file.name for file in answer.documents])
            for section in read_answers(application, form, application.documents.all(), names=names)
            for answer in section.answers
        }
        for application, form in zip(portion, forms, strict=True)
    ]
