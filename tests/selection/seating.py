"""An intake whose seats are offered and whose waitlist is long, and what must hold of it at all times."""

from dataclasses import dataclass
from datetime import UTC, datetime

from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.events.services import run_due_deliveries
from apps.programs.models import Intake
from apps.selection.enums import HOLDS_A_SEAT, WaitlistRule, WaitlistStatus
from apps.selection.models import Offer, SelectionRule, WaitlistEntry
from tests.factories.applications import ApplicationFactory
from tests.factories.selection import OfferFactory, WaitlistEntryFactory

DECIDED = {"status": ApplicationStatus.DECIDED, "decided_at": datetime(2026, 11, 1, tzinfo=UTC)}
LANES = (["women"], ["rural"], [], ["women", "rural"], ["disability"])


@dataclass
class Seating:
    intake: Intake
    offers: list[Offer]
    entries: list[WaitlistEntry]


def seated(
    intake: Intake, *, seats: int, waiting: int, rule: str = WaitlistRule.IN_ORDER, lanes: bool = False
) -> Seating:
    """Every seat is offered and so many wait. With `lanes` everybody belongs to groups, in a fixed mix."""
    Intake.objects.filter(pk=intake.pk).update(seats=seats, seats_taken=seats)
    intake.refresh_from_db()
    SelectionRule.objects.update_or_create(intake=intake, defaults={"waitlist_rule": rule})

    def groups(number: int) -> list[str]:
        return LANES[number % len(LANES)] if lanes else []

    offers = [
        OfferFactory(
            application=ApplicationFactory(intake=intake, outcome=Outcome.OFFER, **DECIDED),
            lanes=groups(number * 3 + 1),
        )
        for number in range(seats)
    ]
    entries = [
        WaitlistEntryFactory(
            application=ApplicationFactory(intake=intake, outcome=Outcome.WAITLIST, **DECIDED),
            position=number + 1,
            lanes=groups(number),
        )
        for number in range(waiting)
    ]
    return Seating(intake, offers, entries)


def hear_everything() -> None:
    while run_due_deliveries():
        """Until nobody has anything left to hear."""


def must_be_whole(intake: Intake) -> None:
    """Never oversold, no seat left empty while somebody waits, no seat held by who withdrew."""
    intake.refresh_from_db()
    held = Offer.objects.filter(intake=intake, status__in=HOLDS_A_SEAT)
    waiting = WaitlistEntry.objects.filter(intake=intake, status=WaitlistStatus.WAITING)
    gone = Application.objects.filter(intake=intake, status=ApplicationStatus.WITHDRAWN)
    assert intake.seats_taken <= intake.seats
    assert held.count() == intake.seats_taken
    assert intake.seats_left == 0 or not waiting.exists()
    assert not held.filter(application__in=gone).exists()
    assert not waiting.filter(application__in=gone).exists()
