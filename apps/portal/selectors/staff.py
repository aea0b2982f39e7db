"""What a coordinator works on: applications, and what waits today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.enrolments.selectors import waiting_in_programs
from apps.events.models import EventRecord
from apps.notifications.selectors import in_trouble
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import progress_of
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from apps.selection.selectors import batches_waiting

#: Counting stops here: nobody needs to know whether 1,000 or 1,001 wait, and the page stays fast.
MOST_COUNTED = 1000
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    label: str | Promise
    count: int
    url: str

    @property
    def shown(self) -> str:
        return f"{MOST_COUNTED}+" if self.count >= MOST_COUNTED else str(self.count)


def _count(queryset: QuerySet) -> int:
    return queryset.order_by()[:MOST_COUNTED].count()


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """What waits for a coordinator today, most urgent first; a fixed number of capped statements."""
    now = timezone.now()
    intakes = Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR), source="")
    mine = list(intakes.values_list("pk", flat=True))
    applications = reverse("portal:staff-applications")
    late = ReviewAssignment.objects.filter(
        application__intake__in=mine,
        status__in=[AssignmentStatus.ASSIGNED, AssignmentStatus.IN_PROGRESS, AssignmentStatus.REOPENED],
        due_on__lt=now.date(),
    )
    offers = Offer.objects.filter(intake__in=mine)
    after_enrolment = waiting_in_programs(viewer)
    programs = reverse("programs:program-list")
    rows = [
        Waiting(_("Messages in trouble"), _count(in_trouble(viewer)), reverse("notifications:delivery-log")),
        Waiting(_("Batches to release"), _count(batches_waiting(viewer)), programs),
        Waiting(
            _("Offers to call about: not delivered"), _count(offers.filter(status=OfferStatus.MADE)), programs
        ),
        Waiting(
            _("Offers that end within a week"),
            _count(offers.filter(status=OfferStatus.DELIVERED, answer_by__lt=now + SOON)),
            programs,
        ),
        *(Waiting(f"{each.words}: {each.intake}", each.number, each.url) for each in after_enrolment),
        Waiting(_("Reviews that are late"), _count(late), programs),
        Waiting(
            _("Applications without a reader"),
            _count(Application.objects.filter(intake__in=mine, status=ApplicationStatus.ELIGIBLE)),
            f"{applications}?status={ApplicationStatus.ELIGIBLE}",
        ),
        Waiting(
            _("Not eligible by a rule: look again if asked"),
            _count(Application.objects.filter(intake__in=mine, status=ApplicationStatus.INELIGIBLE)),
            f"{applications}?status={ApplicationStatus.INELIGIBLE}",
        ),
        Waiting(
            _("Intakes that close within a week"),
            _count(intakes.filter(status=IntakeStatus.OPEN, closes_at__lt=now + SOON)),
            programs,
        ),
    ]
    return [row for row in rows if row.count]


def applications_for(
    viewer: Viewer, *, intake: int | None = None, status: str = "", country: str = "", text: str = ""
) -> QuerySet[Application]:
    """Sent applications of the viewer's programs, newest first; search by name, reference or e-mail."""
    found = Application.objects.run_by(viewer).filter(source="")
    if intake:
        found = found.filter(intake=intake)
    if status:
        found = found.filter(status=status)
    if country:
        found = found.filter(person__country=country)
    if text:
        found = found.filter(
            Q(reference__icontains=text)
            | Q(person__full_name__icontains=text)
            | Q(person__user__email__icontains=text)
        )
    return found


def with_people(queryset: QuerySet[Application]) -> QuerySet[Application]:
    return queryset.select_related("person__user", "person__country", "intake__program")


#: The columns a list shows: a page of 50 costs half as much as with every column of five tables.
LISTED = (
    *("public_id", "reference", "status", "submitted_at", "intake_id"),
    *("person__full_name", "person__country__name"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An application in the list: `marks` are the counts and scores of its reviews."""

    application: Application
    intake: str
    status: str | Promise
    marks: dict[str, Any]


def listed(queryset: QuerySet[Application]) -> QuerySet[Application]:
    return queryset.select_related("person__country").only(*LISTED)


def lines_of(applications: list[Application]) -> list[Line]:
    """The rows of one page with what they show: two statements, whatever their number."""
    names = intake_names({row.intake_id for row in applications})
    marks = progress_of([row.pk for row in applications])
    labels = dict(ApplicationStatus.choices)
    return [
        Line(row, names.get(row.intake_id, ""), labels[row.status], marks.get(row.pk, {}))
        for row in applications
    ]


def table_of(applications: QuerySet[Application]) -> Iterator[list[Any]]:
    """The rows of the download, read in portions: no object for each row."""
    names = intake_names(None)
    statuses, outcomes = dict(ApplicationStatus.choices), dict(Outcome.choices)
    columns = (
        *("reference", "person__full_name", "person__user__email", "person__country_id", "intake_id"),
        *("status", "submitted_at", "outcome"),
    )
    found = applications.order_by("-submitted_at", "-id").values_list(*columns)
    for reference, name, email, country, intake, status, sent, outcome in found.iterator(chunk_size=2000):
        yield [
            *(reference, name, email or "", country or "", names.get(intake, "")),
            *(str(statuses[status]), sent.isoformat(), str(outcomes.get(outcome, ""))),
        ]


def intake_names(ids: Iterable[int] | None) -> dict[int, str]:
    """Program and intake in words; None for all of them."""
    found = Intake.objects.select_related("program").only("name", "program__title", "program__slug")
    if ids is not None:
        found = found.filter(pk__in=list(ids))
    return {intake.pk: str(intake) for intake in found}


def intake_choices(viewer: Viewer) -> list[tuple[str, str]]:
    intakes = (
        Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR), source="")
        .exclude(status=IntakeStatus.DRAFT)
        .select_related("program")
        .only("name", "program__title", "program__slug")
        .order_by("-id")[:200]
    )
    return [(str(intake.pk), str(intake)) for intake in intakes]


def history_words() -> dict[str, str]:
    """Staff words for what happened to an application."""
    return {
        "DraftStarted": _("Draft begun"),
        "ApplicationSubmitted": _("Sent"),
        "ApplicationFoundEligible": _("Found eligible"),
        "ApplicationFoundIneligible": _("Found not eligible"),
        "ReviewingStarted": _("Reviewing began"),
        "DecisionHeld": _("Decision held"),
        "DecisionReleased": _("Decision released"),
        "ApplicationDecided": _("Outcome recorded"),
        "ApplicationWithdrawn": _("Withdrawn"),
        "DocumentStored": _("Document added"),
        "DocumentRemoved": _("Document removed"),
        "WaitlistPromoted": _("Promoted from the waitlist"),
        "WaitlistLeft": _("Left the waitlist"),
    }


def history(application: Application) -> list[dict[str, Any]]:
    words = history_words()
    records = EventRecord.objects.filter(subject_type="application", subject_id=application.pk)
    return [
        {
            "at": record.at,
            "words": words.get(record.name, record.name),
            "by": record.actor_label,
            "reason": record.payload.get("reason", ""),
        }
        for record in records.order_by("id")[:200]
    ]
