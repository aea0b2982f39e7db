"""Is it still true? Asked of each message at the moment of sending, for a whole batch at once."""

from collections.abc import Callable, Iterable

from apps.applications.enums import ApplicationStatus, GuardianStatus
from apps.applications.models import GuardianConfirmation
from apps.notifications.models import Message
from apps.selection.enums import DecisionStatus, OfferStatus
from apps.selection.models import Decision, Offer

Ids = set[int]


def _open_offers(ids: Iterable[int]) -> Ids:
    still = Offer.objects.filter(pk__in=ids, status__in=[OfferStatus.MADE, OfferStatus.DELIVERED])
    return set(still.values_list("pk", flat=True))


def _decisions_in_force(ids: Iterable[int]) -> Ids:
    still = Decision.objects.filter(pk__in=ids, status=DecisionStatus.RELEASED)
    return set(still.values_list("pk", flat=True))


def _guardians_waiting(ids: Iterable[int]) -> Ids:
    still = GuardianConfirmation.objects.filter(
        pk__in=ids, status=GuardianStatus.ASKED, application__status=ApplicationStatus.DRAFT
    )
    return set(still.values_list("pk", flat=True))


#: template → (the fact that must still hold, how to ask for many of them)
CONDITIONS: dict[str, tuple[str, Callable[[Iterable[int]], Ids]]] = {
    "offer-made": ("offer", _open_offers),
    "offer-lapsing": ("offer", _open_offers),
    "decision-waitlist": ("decision", _decisions_in_force),
    "decision-not-selected": ("decision", _decisions_in_force),
    "guardian-asked": ("guardian", _guardians_waiting),
}


def no_longer_true(messages: Iterable[Message]) -> Ids:
    """Ids of the messages that must not leave any more; one statement for each kind of condition."""
    stale: Ids = set()
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
