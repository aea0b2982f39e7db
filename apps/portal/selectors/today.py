"""What waits for a coordinator today: counts with the page where each is dealt with."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, GuardianConfirmation
from apps.enrolments.selectors import open_support, waiting_in_programs
from apps.notifications.selectors import in_trouble
from apps.programs.enums import EnquiryStatus, IntakeStatus
from apps.programs.models import Enquiry, Intake
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import COUNTS, REVIEWABLE, TO_DO
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from apps.selection.selectors import batches_waiting, conditions_waiting, looks_waiting

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


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """What waits for a coordinator today, most urgent first; a fixed number of capped statements."""
    intakes = {
        intake.pk: intake
        for intake in Intake.objects.filter(
            program__organisation__in=viewer.at(Role.COORDINATOR), source=""
        ).select_related("program")
    }
    trouble = in_trouble(viewer).order_by()[:MOST_COUNTED].count()
    return [
        *(
            [Waiting(_("Messages in trouble"), trouble, reverse("notifications:delivery-log"))]
            if trouble
            else []
        ),
        *_looks(viewer),
        *_questions(viewer),
        *_before_enrolment(viewer, intakes),
        *(
            Waiting(f"{each.words}: {each.intake}", each.number, each.url)
            for each in waiting_in_programs(viewer)
            if each.number
        ),
        *_beside_the_way(viewer, intakes),
        *_closing(intakes),
    ]


def _looks(viewer: Viewer) -> Iterator[Waiting]:
    """One statement; the late ones have a line of their own."""
    now = timezone.now()
    due = list(looks_waiting(viewer).values_list("due_at", flat=True)[:MOST_COUNTED])
    late = sum(each < now for each in due)
    if late:
        yield Waiting(_("Requests for a human look: late"), late, reverse("selection:look-list"))
    if due:
        yield Waiting(_("Requests for a human look"), len(due), reverse("selection:look-list"))


def _questions(viewer: Viewer) -> Iterator[Waiting]:
    waiting = Enquiry.objects.run_by(viewer).filter(status=EnquiryStatus.WAITING)
    if number := waiting.order_by()[:MOST_COUNTED].count():
        yield Waiting(_("Questions to answer"), number, reverse("programs:enquiries"))


def _before_enrolment(viewer: Viewer, intakes: Mapping[int, Intake]) -> Iterator[Waiting]:
    now = timezone.now()
    offers = Offer.objects.filter(intake__in=intakes)
    applications = Application.objects.filter(intake__in=intakes)
    late = ReviewAssignment.objects.filter(
        application__intake__in=intakes, status__in=TO_DO, due_on__lt=timezone.localdate()
    )
    ending = offers.filter(status=OfferStatus.DELIVERED, answer_by__lt=now + SOON)
    readers = ReviewAssignment.objects.filter(application=OuterRef("pk"), status__in=COUNTS)
    unread = applications.filter(~Exists(readers), status__in=REVIEWABLE)
    refused = applications.filter(status=ApplicationStatus.INELIGIBLE)
    kinds: list[tuple[str, QuerySet, str, str]] = [
        (_("Batches to release"), batches_waiting(viewer), "intake", "selection:ranking"),
        (
            _("Offers to call about: not delivered"),
            offers.filter(status=OfferStatus.MADE),
            "intake",
            "selection:offer-list",
        ),
        (_("Offers that end within a week"), ending, "intake", "selection:offer-list"),
        (
            _("Conditions of accepted offers to settle"),
            conditions_waiting(intakes),
            "offer__intake",
            "selection:offer-list",
        ),
        (_("Reviews that are late"), late, "application__intake", "reviews:progress"),
        (_("Applications without a reader"), unread, "intake", "reviews:assign"),
    ]
    for words, queryset, path, page in kinds:
        for pk, count in _by_intake(queryset, path):
            if pk in intakes:
                url = reverse(page, args=[intakes[pk].public_id])
                yield Waiting(f"{words}: {intakes[pk]}", count, url)
    for pk, count in _by_intake(refused, "intake"):
        url = f"{reverse('portal:staff-applications')}?status={ApplicationStatus.INELIGIBLE}&intake={pk}"
        yield Waiting(f"{_('Not eligible by a rule: look again if asked')}: {intakes[pk]}", count, url)


def _beside_the_way(viewer: Viewer, intakes: Mapping[int, Intake]) -> Iterator[Waiting]:
    """Papers of guardians to record, and needs not arranged yet: of those the number alone."""
    papers = GuardianConfirmation.objects.on_paper_for(viewer)[:MOST_COUNTED].count()
    if papers:
        yield Waiting(_("Guardians on paper to record"), papers, reverse("applications:guardian-papers"))
    for pk, number in open_support(intakes).items():
        words = _("Support not arranged yet (ask your logistics): {intake}").format(intake=intakes[pk])
        yield Waiting(words, number, reverse("enrolments:roster", args=[intakes[pk].public_id]))


def _by_intake(queryset: QuerySet, path: str) -> list[tuple[int, int]]:
    """How many of each intake, most first; one statement that stops counting at MOST_COUNTED."""
    return Counter(queryset.order_by().values_list(path, flat=True)[:MOST_COUNTED]).most_common()


def _closing(intakes: Mapping[int, Intake]) -> Iterator[Waiting]:
    soon = timezone.now() + SOON
    for intake in intakes.values():
        if intake.status == IntakeStatus.OPEN and intake.closes_at and intake.closes_at < soon:
            days = max((intake.closes_at - timezone.now()).days, 0)
            words = _("Days until it closes: {intake}").format(intake=intake)
            yield Waiting(words, days, reverse("programs:intake-setup", args=[intake.public_id]))
