"""Reading applications."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, DocumentStatus
from apps.applications.models import (
    Application,
    Document,
    DocumentPage,
    FormVersion,
    SectionAnswers,
    Upload,
)
from apps.applications.rules.definition import Form, Section, form_from_definition
from apps.programs.models import Intake

ACTIVE_DOCUMENTS = Document.objects.filter(removed_at=None).exclude(status=DocumentStatus.REJECTED)


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Task:
    section: Section
    state: TaskState


def own_application(viewer: Viewer, drafts: Iterable[str], public_id: UUID) -> QuerySet[Application]:
    """The applicant's own application: theirs by account, or a draft begun in this browser."""
    found = Application.objects.filter(public_id=public_id).select_related("intake__program", "form_version")
    if str(public_id) in set(drafts):
        return found.filter(person=None) | found.filter(person__user_id=viewer.user_id or 0)
    return found.filter(person__user_id=viewer.user_id) if viewer.user_id else found.none()


def current_form(intake: Intake) -> FormVersion | None:
    """The published form that new applications to `intake` start with."""
    published = FormVersion.objects.filter(intake=intake, published_at__isnull=False)
    return published.order_by("-number").first()


def form_of(application: Application) -> Form:
    version = application.form_version
    return form_from_definition(version.definition if version else {"sections": []})


def saved_sections(application: Application) -> dict[str, SectionAnswers]:
    return {row.section: row for row in application.sections.all()}


def documents_of(application: Application) -> list[Document]:
    return list(ACTIVE_DOCUMENTS.filter(application=application).order_by("id"))


#: Kinds of question that are answered with files.
FILE_KINDS = frozenset({"document", "photos"})


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


def task_list(application: Application, form: Form) -> list[Task]:
    """Each section in order with its state, in the words of the page."""
    saved = saved_sections(application)
    tasks = []
    for section in form.sections:
        row = saved.get(section.key)
        state = TaskState.NOT_STARTED
        if row is not None:
            state = TaskState.COMPLETED if row.is_complete else TaskState.IN_PROGRESS
        tasks.append(Task(section=section, state=state))
    return tasks


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
