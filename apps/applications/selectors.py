"""Reading applications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, DocumentStatus, GuardianStatus
from apps.applications.models import (
    Application,
    AskedConsent,
    DeadlineExtension,
    Document,
    DocumentPage,
    FormVersion,
    GuardianConfirmation,
    SectionAnswers,
    Upload,
)
from apps.applications.rules.counting import count, together, unmet_requirements
from apps.applications.rules.definition import FILE_KINDS, Form, Section, form_from_definition
from apps.core.ages import age_on
from apps.people.enums import ASKABLE, ConsentPurpose
from apps.people.selectors import Permission, has_consent, permissions_of
from apps.places.selectors import GuardianAge, guardian_age
from apps.programs.models import Intake, Outage

#: Whether anything at all moves the deadline of this application: nearly always nothing does.
MORE_TIME = Exists(DeadlineExtension.objects.filter(application=OuterRef("pk"))) | Exists(
    Outage.objects.filter(organisation=OuterRef("intake__program__organisation"))
)
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
    found = (
        Application.objects.filter(public_id=public_id)
        .select_related("intake__program", "form_version", "person")
        .annotate(may_have_more_time=MORE_TIME)
    )
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


def asked_purposes(intake: Intake) -> list[str]:
    """What the applicants of an intake are asked to allow, in the order of the purposes."""
    chosen = set(AskedConsent.objects.filter(intake=intake).values_list("purpose", flat=True))
    return [purpose.value for purpose in ASKABLE if purpose in chosen]


def permissions_asked(application: Application, language: str) -> list[Permission]:
    """The same with this applicant's answers; nothing without an account, as nobody could answer."""
    purposes = asked_purposes(application.intake)
    if application.person is None or not purposes:
        return []
    return permissions_of(application.person, purposes, language)


@dataclass(frozen=True, slots=True)
class Guardianship:
    """Whether a guardian must agree before sending, by which age, and how far that is."""

    age: int | None
    rule: GuardianAge
    asked: GuardianConfirmation | None

    @property
    def is_needed(self) -> bool:
        return self.age is not None and self.age < self.rule.below

    @property
    def is_confirmed(self) -> bool:
        return self.asked is not None and self.asked.status == GuardianStatus.CONFIRMED

    @property
    def blocks(self) -> bool:
        return self.is_needed and not self.is_confirmed


def guardianship_of(application: Application) -> Guardianship:
    """By the date of birth and the country that the answers say, else what we know of the person.

    The day is today where the intake is held. Whoever gives no date of birth is not held up: the form
    decides whether it must be given.
    """
    said: dict[str, Any] = {}
    for row in application.sections.all():
        said |= {key: row.answers[key] for key in ("date-of-birth", "country") if row.answers.get(key)}
    person = application.person
    born = _day(said.get("date-of-birth")) or (person.born_on if person else None)
    if born is None:
        return Guardianship(None, GuardianAge(), None)
    country = str(said.get("country") or (person.country_id if person else None) or "")
    today = timezone.localtime(timezone.now(), ZoneInfo(application.intake.time_zone)).date()
    found = Guardianship(age_on(born, today), guardian_age(country), None)
    if not found.is_needed:
        return found
    asked = GuardianConfirmation.objects.filter(application=application).order_by("-id").first()
    return Guardianship(found.age, found.rule, asked)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def tasks_beside(application: Application) -> dict[str, Any]:
    """What the task list shows beside the sections: permissions, a guardian, support."""
    person = application.person
    asked = permissions_asked(application, get_language() or "en")
    return {
        "permissions_open": any(not each.is_answered for each in asked) if person else True,
        "guardianship": guardianship_of(application),
        "support_told": person is not None and has_consent(person, ConsentPurpose.SUPPORT),
    }
