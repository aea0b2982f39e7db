"""Reading applications."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, DocumentStatus
from apps.applications.models import Application, Document, FormVersion, SectionAnswers
from apps.applications.rules.counting import count, together, unmet_requirements
from apps.applications.rules.definition import SILENT_KINDS, Form, Section, form_from_definition
from apps.core.texts import say
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


def current_draft(intake: Intake) -> FormVersion | None:
    """The version of the form that coordinators work on, not published yet."""
    return FormVersion.objects.filter(intake=intake, published_at=None).order_by("-number").first()


def drafts_begun(intake: Intake) -> int:
    """How many people have begun and not sent: they will be offered a new version."""
    return Application.objects.filter(intake=intake, status=ApplicationStatus.DRAFT).count()


def questions_before(
    definition: Mapping[str, Any], section: str, question: str | None
) -> dict[str, tuple[str, str]]:
    """Kind and label of the questions whose answers may decide about a section or a question, by key.

    `question` is None for the section itself, and "" for a new question at its end.
    """
    found: dict[str, tuple[str, str]] = {}
    for part in definition["sections"]:
        is_section = part["key"] == section
        if is_section and question is None:
            return found
        for each in part["questions"]:
            if is_section and each["key"] == question:
                return found
            if each["kind"] not in SILENT_KINDS:
                label = say(each.get("label") or {}, get_language() or "en")
                found[each["key"]] = (each["kind"], label[:80])
        if is_section:
            return found
    return found


def intakes_to_set_up(viewer: Viewer) -> QuerySet[Intake]:
    """Intakes whose form this viewer may change."""
    mine = Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR))
    return mine.select_related("program")


def form_of(application: Application) -> Form:
    version = application.form_version
    return form_from_definition(version.definition if version else {"sections": []})


def saved_sections(application: Application) -> dict[str, SectionAnswers]:
    return {row.section: row for row in application.sections.all()}


def documents_of(application: Application) -> list[Document]:
    return list(ACTIVE_DOCUMENTS.filter(application=application).order_by("id"))


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
