"""Reading references. Texts leave here only for those the terms name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from apps.applications.enums import (
    COUNTS_AS_NAMED,
    OPEN_TO_REFEREE,
    ApplicationStatus,
    ReferenceStatus,
)
from apps.applications.models import Application, Reference, ReferenceTerms, ReferenceWaiver
from apps.applications.rules.references import looks_like_a_link, next_reminder, read_asked
from apps.core.prepared import Given, prepared
from apps.programs.models import Intake

#: While an application is in one of these, referees can be named, asked and answer.
ASKING = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.ELIGIBLE,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.MORE_INFORMATION,
)


@prepared
def _terms() -> QuerySet[ReferenceTerms]:
    return ReferenceTerms.objects.filter(intake=Given("intake"))


def terms_of(intake: Intake) -> ReferenceTerms:
    """The intake's terms; an unsaved row that wants nothing when there are none."""
    return _terms.one(intake=intake.pk) or ReferenceTerms(intake=intake, version=0)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a referee; `label` and `text` by language, "" where nobody knows the language."""

    label: Mapping[str, str]
    text: Mapping[str, str]


def what_was_said(reference: Reference) -> list[Said]:
    return [
        Said(question.label, question.in_words(reference.answers[question.key]))
        for question in read_asked(reference.questions)
        if reference.answers.get(question.key)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A reference as a page shows it. `said` is empty for everyone who may not read it."""

    reference: Reference
    is_replaced: bool
    next_reminder: datetime | None
    said: list[Said]

    @property
    def may_remind(self) -> bool:
        return self.next_reminder is not None and self.next_reminder <= timezone.now()

    @property
    def is_waiting(self) -> bool:
        return self.reference.status in (ReferenceStatus.REQUESTED, ReferenceStatus.OPENED)

    @property
    def may_be_on_paper(self) -> bool:
        return Reference.STATUS_LIFECYCLE.allows(self.reference.status, ReferenceStatus.GIVEN)

    @property
    def needs_another(self) -> bool:
        """Nothing comes from here any more, and nobody else was named for it."""
        lost = (ReferenceStatus.DECLINED, ReferenceStatus.BOUNCED, ReferenceStatus.EXPIRED)
        return self.reference.status in lost and not self.is_replaced


def _lines(rows: Iterable[Reference], readable: Iterable[int]) -> list[Line]:
    rows, readable = list(rows), set(readable)
    replaced = {row.replaces_id for row in rows}
    return [
        Line(
            reference=row,
            is_replaced=row.pk in replaced,
            next_reminder=next_reminder(row.asked_at, row.reminded_at, row.reminders),
            said=what_was_said(row) if row.pk in readable and row.status == ReferenceStatus.GIVEN else [],
        )
        for row in rows
    ]


def references_for_applicant(application: Application) -> list[Line]:
    """Everything but what was taken back; texts only where the referee was told the applicant reads them."""
    rows = list(application.references.exclude(status=ReferenceStatus.CANCELLED).order_by("id"))
    return _lines(rows, [row.pk for row in rows if row.applicant_may_read])


def references_for_staff(application: Application) -> list[Line]:
    rows = list(application.references.select_related("recorded_by").order_by("id"))
    return _lines(rows, [row.pk for row in rows])


def references_for_reviewers(application: Application) -> list[Line]:
    """Reviewers read blind: only what the referee was told reviewers read, and only what was given."""
    rows = application.references.filter(status=ReferenceStatus.GIVEN, reviewers_may_read=True).order_by("id")
    return [line for line in _lines(rows, [row.pk for row in rows]) if line.said]


@dataclass(frozen=True, slots=True)
class ReferenceTask:
    """The line of the task list: how many are wanted, named, asked and given. Someone in whose place
    another was named no longer counts as asked.
    """

    wanted: int
    named: int
    asked: int
    given: int
    needs_another: bool

    @property
    def state(self) -> str:
        if self.asked >= self.wanted and not self.needs_another:
            return "completed"
        return "in_progress" if self.named or self.needs_another else "not_started"


def reference_task(application: Application) -> ReferenceTask | None:
    """None when the intake wants no references."""
    terms = terms_of(application.intake)
    if not terms.wanted:
        return None
    lines = references_for_applicant(application)
    rows = [line.reference for line in lines]
    return ReferenceTask(
        wanted=terms.wanted,
        named=sum(row.status in COUNTS_AS_NAMED for row in rows),
        asked=sum(
            line.reference.asked_at is not None or line.reference.status == ReferenceStatus.GIVEN
            for line in lines
            if not line.is_replaced
        ),
        given=sum(row.status == ReferenceStatus.GIVEN for row in rows),
        needs_another=any(line.needs_another for line in lines),
    )


def lacking_references(application_ids: Iterable[int]) -> list[Application]:
    """Of these applications the ones that may not be decided yet: fewer references than the intake
    wants, and no coordinator said to go on without. Imported records never asked for any.
    """
    found = Application.objects.filter(pk__in=application_ids, source="")
    terms = ReferenceTerms.objects.filter(intake__in=found.values("intake"), wanted__gt=0)
    wanted = dict(terms.values_list("intake_id", "wanted"))
    given = Count("references", filter=Q(references__status=ReferenceStatus.GIVEN))
    waived = ReferenceWaiver.objects.filter(application__in=found).values("application")
    counted = found.filter(intake__in=wanted).exclude(pk__in=waived).annotate(given=given) if wanted else ()
    return sorted((row for row in counted if row.given < wanted[row.intake_id]), key=lambda row: row.pk)


def waiver_of(application: Application) -> ReferenceWaiver | None:
    return ReferenceWaiver.objects.select_related("waived_by").filter(application=application).first()


def reference_for_referee(public_id: UUID) -> Reference | None:
    return (
        Reference.objects.select_related(
            "application__person__user", "application__intake__program__organisation"
        )
        .filter(public_id=public_id)
        .first()
    )


def is_open_to_referee(reference: Reference) -> bool:
    """Whether the link still leads to the questions, by the server's clock."""
    return (
        reference.status in OPEN_TO_REFEREE
        and reference.due_at is not None
        and reference.due_at >= timezone.now()
        and reference.application.status in ASKING
    )


def name_of_applicant(application: Application) -> str:
    """What a referee knows the applicant by: the name, also of a draft, else the e-mail address they
    signed in with. A name that is an advertisement is none.
    """
    person = application.person
    if person is None or person.user is None:
        return application.reference
    typed = [row.answers.get("full-name") for row in application.sections.all()]
    for name in (person.full_name, *typed):
        if isinstance(name, str) and name.strip() and not looks_like_a_link(name):
            return name.strip()[:200]
    return person.user.email


def still_open(ids: Iterable[int]) -> set[int]:
    """Of these references the ones whose referee may still be written to."""
    rows = Reference.objects.filter(pk__in=ids, status__in=OPEN_TO_REFEREE, due_at__gte=timezone.now())
    return set(rows.filter(application__status__in=ASKING).values_list("pk", flat=True))


def public_ids_of(ids: Iterable[int]) -> dict[int, UUID]:
    return dict(Reference.objects.filter(pk__in=ids).values_list("pk", "public_id"))


def referee_pairs(applications: QuerySet[Application]) -> QuerySet:
    """(application, e-mail) of everyone named as a referee: they do not review the same application."""
    found = Reference.objects.filter(application__in=applications).exclude(email="")
    return found.values_list("application_id", F("email"))
