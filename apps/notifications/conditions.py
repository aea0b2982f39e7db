"""Is it still true? Asked of each message at the moment of sending, for a whole batch at once."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from apps.accounts.models import User
from apps.applications.deadlines import deadlines_of, with_deadlines
from apps.applications.enums import ApplicationStatus, GuardianStatus, InformationStatus
from apps.applications.models import (
    Application,
    Assistance,
    DeadlineReminder,
    GuardianConfirmation,
    InformationRequest,
)
from apps.applications.references import still_open
from apps.core.zones import zone_or
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.notifications.rules import end_of_quiet
from apps.selection.enums import HOLDS_A_SEAT, DecisionStatus, OfferStatus, WaitlistStatus
from apps.selection.models import Decision, Offer, WaitlistEntry

Ids = set[int]
#: Whose night it is when neither the account nor the intake says.
USUAL_ZONE = "Asia/Bangkok"


def _open_offers(ids: Iterable[int]) -> Ids:
    still = Offer.objects.filter(pk__in=ids, status__in=[OfferStatus.MADE, OfferStatus.DELIVERED])
    return set(still.values_list("pk", flat=True))


def _decisions_in_force(ids: Iterable[int]) -> Ids:
    still = Decision.objects.filter(pk__in=ids, status=DecisionStatus.RELEASED)
    return set(still.values_list("pk", flat=True))


def _offers_held(ids: Iterable[int]) -> Ids:
    """Offers that hold a seat: what is said of their conditions is still news."""
    return set(Offer.objects.filter(pk__in=ids, status__in=HOLDS_A_SEAT).values_list("pk", flat=True))


def _entries_in(*statuses: str) -> Callable[[Iterable[int]], Ids]:
    def still(ids: Iterable[int]) -> Ids:
        return set(WaitlistEntry.objects.filter(pk__in=ids, status__in=statuses).values_list("pk", flat=True))

    return still


def _open_requests(ids: Iterable[int]) -> Ids:
    still = InformationRequest.objects.filter(pk__in=ids, status=InformationStatus.OPEN)
    return set(still.values_list("pk", flat=True))


def _ended_assistances(messages: Iterable[Message]) -> Ids:
    """Messages to helpers who have nothing to do with it any more. One statement, or none."""
    told = {each.pk: each.context["assistance"] for each in messages if "assistance" in each.context}
    if not told:
        return set()
    still = Assistance.objects.active().filter(pk__in=told.values()).values_list("pk", flat=True)
    active = set(still)
    return {pk for pk, assistance in told.items() if assistance not in active}


def _reminders_still_true(ids: Iterable[int]) -> Ids:
    """Not sent, not over, and the deadline is still the one the reminder names."""
    rows = DeadlineReminder.objects.filter(pk__in=ids, application__status=ApplicationStatus.DRAFT)
    until = {row.application_id: row for row in rows}
    drafts = with_deadlines(Application.objects.filter(pk__in=until))
    now = timezone.now()
    still = {
        pk for pk, due in deadlines_of(drafts).items() if due.until == until[pk].until and now < due.until
    }
    return {row.pk for pk, row in until.items() if pk in still}


def _guardians_waiting(ids: Iterable[int]) -> Ids:
    still = GuardianConfirmation.objects.filter(
        pk__in=ids, status=GuardianStatus.ASKED, application__status=ApplicationStatus.DRAFT
    )
    return set(still.values_list("pk", flat=True))


#: template → (the fact that must still hold, how to ask for many of them)
CONDITIONS: dict[str, tuple[str, Callable[[Iterable[int]], Ids]]] = {
    "draft-due-soon": ("reminder", _reminders_still_true),
    "offer-made": ("offer", _open_offers),
    "offer-lapsing": ("offer", _open_offers),
    "offer-accepted": ("offer", _offers_held),
    "condition-settled": ("offer", _offers_held),
    "waitlist-skipped": ("entry", _entries_in(WaitlistStatus.SKIPPED)),
    "waitlist-back": ("entry", _entries_in(WaitlistStatus.WAITING)),
    "reference-asked": ("reference", still_open),
    "reference-reminder": ("reference", still_open),
    "decision-waitlist": ("decision", _decisions_in_force),
    "decision-not-selected": ("decision", _decisions_in_force),
    "information-asked": ("request", _open_requests),
    "information-reminder": ("request", _open_requests),
    "information-extended": ("request", _open_requests),
    "guardian-asked": ("guardian", _guardians_waiting),
}


def no_longer_true(messages: Iterable[Message]) -> Ids:
    """Ids of the messages that must not leave any more; one statement for each kind of condition.

    Too late is one, and an account that was closed another.
    """
    messages = list(messages)
    closed = User.objects.filter(pk__in={each.recipient_id for each in messages}, is_active=False)
    gone = set(closed.values_list("pk", flat=True))
    now = timezone.now()
    stale: Ids = {
        each.pk
        for each in messages
        if each.recipient_id in gone or (each.expires_at is not None and each.expires_at <= now)
    }
    stale |= _ended_assistances(messages)
    by_template: dict[str, list[Message]] = {}
    for message in messages:
        by_template.setdefault(message.template, []).append(message)
    for template, group in by_template.items():
        if template not in CONDITIONS:
            continue
        fact, ask = CONDITIONS[template]
        holding = ask([message.context[fact] for message in group])
        stale |= {message.pk for message in group if message.context[fact] not in holding}
    return stale


def waits_for_morning(messages: Iterable[Message]) -> dict[int, datetime]:
    """Text messages that would wake someone, with the moment they may leave; urgent ones never wait."""
    ids = [each.pk for each in messages if each.channel == Channel.SMS and each.priority]
    if not ids:
        return {}
    rows = Message.objects.filter(pk__in=ids)
    now, found = timezone.now(), {}
    for pk, own, intakes in rows.values_list("pk", "recipient__time_zone", "intake__time_zone"):
        if morning := end_of_quiet(now, zone_or(own, intakes or USUAL_ZONE)):
            found[pk] = morning
    return found
