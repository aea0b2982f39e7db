"""The applicant's own application: found, read, and what is still to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Prefetch, Q, QuerySet

from apps.accounts.roles import Viewer
from apps.applications.enums import (
    ApplicationStatus,
    DocumentStatus,
)
from apps.applications.models import (
    Application,
    Document,
    DocumentPage,
    SectionAnswers,
    Upload,
)
from apps.applications.rules.counting import count, together, unmet_requirements
from apps.applications.rules.definition import FILE_KINDS, Form, Section, form_from_definition
from apps.core.prepared import Given, hand_over, prepared

ACTIVE_DOCUMENTS = Document.objects.filter(removed_at=None).exclude(status=DocumentStatus.REJECTED)


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Task:
    section: Section
    state: TaskState


@prepared
def _owned() -> QuerySet[Application]:
    begun_here = Q(Given("begun_here", BooleanField()), person=None)
    theirs = Q(person__user_id=Given("user")) | begun_here
    found = Application.objects.filter(theirs, public_id=Given("public_id"))
    return found.select_related("intake__program", "form_version", "person")


def own_application(viewer: Viewer, drafts: Iterable[str], public_id: UUID) -> Application | None:
    """The applicant's own application: theirs by account, or a draft begun in this browser."""
    return _owned.one(user=viewer.user_id, begun_here=str(public_id) in set(drafts), public_id=public_id)


@prepared
def _sections() -> QuerySet[SectionAnswers]:
    return SectionAnswers.objects.filter(application=Given("application"))


def read_sections(application: Application) -> None:
    """Read every section once, for all who ask for `application.sections.all()` from here on."""
    hand_over(application, "sections", _sections(application=application.pk))


def form_of(application: Application) -> Form:
    version = application.form_version
    return form_from_definition(version.definition if version else {"sections": []})


def saved_sections(application: Application) -> dict[str, SectionAnswers]:
    return {row.section: row for row in application.sections.all()}


@prepared
def _documents() -> QuerySet[Document]:
    return ACTIVE_DOCUMENTS.filter(application=Given("application")).order_by("id")


def documents_of(application: Application) -> list[Document]:
    return _documents(application=application.pk)


def file_questions(application: Application) -> dict[str, str]:
    """Key → kind of every question of the form that takes files."""
    questions = (question for _section, question in form_of(application).questions())
    return {question.key: question.kind for question in questions if question.kind in FILE_KINDS}


def upload_of(application: Application, public_id: UUID) -> QuerySet[Upload]:
    return Upload.objects.filter(application=application, public_id=public_id).select_related(
        "application__intake", "document"
    )


def pages_of(application: Application, question: str) -> list[DocumentPage]:
    """The photos of one document, in order."""
    pages = DocumentPage.objects.filter(document__in=ACTIVE_DOCUMENTS.filter(application=application))
    return list(pages.filter(document__question=question).order_by("position"))


def all_answers(
    application: Application, form: Form, documents: Iterable[Document] | None = None
) -> dict[str, Any]:
    """Every answer kept, by question; a question with a file is answered with True.

    `documents` are the application's own where the caller has them already.
    """
    answers = {key: row.answers for key, row in saved_sections(application).items()}
    if documents is None:
        documents = documents_of(application) if any(part.documents for part in form.sections) else ()
    return together(answers, files=(document.question for document in documents))


def task_list(
    application: Application, form: Form, documents: Iterable[Document] | None = None
) -> list[Task]:
    """Each section that is asked, in order, with its state in the words of the page.

    A section that was complete is in progress again when a later answer elsewhere asks more of it.
    """
    saved = saved_sections(application)
    answers = all_answers(application, form, documents)
    open_again = {each.section for each in unmet_requirements(form, answers)}
    return [
        Task(section=section, state=_state(saved.get(section.key), section.key in open_again))
        for section, _questions in count(form, answers).sections
    ]


def _state(row: SectionAnswers | None, is_open_again: bool) -> TaskState:
    if row is None:
        return TaskState.NOT_STARTED
    return TaskState.COMPLETED if row.is_complete and not is_open_again else TaskState.IN_PROGRESS


def applications_of(viewer: Viewer) -> QuerySet[Application]:
    """Everything a person applied to, newest first."""
    return (
        Application.objects.owned_by(viewer)
        .exclude(status=ApplicationStatus.EXPIRED)
        .select_related("intake__program__organisation")
        .order_by("-id")
    )


def with_answers(queryset: QuerySet[Application]) -> QuerySet[Application]:
    """For pages that show answers: form, sections and documents in three statements."""
    documents = Prefetch("documents", queryset=ACTIVE_DOCUMENTS.order_by("id"))
    return queryset.select_related("form_version").prefetch_related("sections", documents)
