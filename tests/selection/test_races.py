"""Rivals at the same moment: never oversold, no seat left empty, order kept, one offer each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM, user_actor
from apps.core.errors import Full
from apps.events.models import EventRecord
from apps.programs.models import Intake
from apps.selection.enums import OfferStatus, WaitlistStatus
from apps.selection.models import Offer, ReleaseBatch, WaitlistEntry
from apps.selection.services import (
    decline_offer,
    hold_decisions,
    lapse_offers,
    prepare_batch,
    record_offer_delivery,
    release_batch,
    take_seat,
)
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
Reviewed = Callable[..., list[Application]]
RIVALS = 8


def offered(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User], seats: int, waiting: int
) -> list[Offer]:
    Intake.objects.filter(pk=intake.pk).update(seats=seats)
    intake.refresh_from_db()
    actor = user_actor(staff(Role.COORDINATOR))
    best, rest = reviewed(*range(100, 100 - seats, -1)), reviewed(*range(50, 50 - waiting, -1))
    outcomes = {**{each.pk: "offer" for each in best}, **{each.pk: "waitlist" for each in rest}}
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)
    return list(Offer.objects.order_by("pk"))


def test_the_last_seat_goes_to_one_of_many(intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(seats=1)

    results = race(*[partial(take_seat, intake=intake)] * RIVALS)

    intake.refresh_from_db()
    assert intake.seats_taken == 1
    assert sum(isinstance(result, Full) for result in results) == RIVALS - 1


def take_seat_carelessly(intake: Intake) -> None:
    """What the service must not be: read, then write."""
    seen = Intake.objects.get(pk=intake.pk)
    if seen.seats_taken < seen.seats:
        Intake.objects.filter(pk=intake.pk).update(seats_taken=seen.seats_taken + 1)


def test_the_race_finds_a_careless_way_of_taking_seats(intake: Intake) -> None:
    """The control: with plenty of seats a careless way loses some of them, so the race is real."""
    lost = 0
    for _round in range(20):
        Intake.objects.filter(pk=intake.pk).update(seats=RIVALS, seats_taken=0)
        race(*[partial(take_seat_carelessly, intake)] * RIVALS)
        intake.refresh_from_db()
        lost += RIVALS - intake.seats_taken
        if lost:
            break

    assert lost > 0


def test_many_declines_at_once_promote_in_order_and_leave_no_seat_empty(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User]
) -> None:
    offers = offered(intake, reviewed, staff, seats=RIVALS, waiting=RIVALS + 2)

    results = race(*(partial(decline_offer, offer=offer, reason="", actor=SYSTEM) for offer in offers))

    assert [result for result in results if isinstance(result, Exception)] == []
    intake.refresh_from_db()
    assert intake.seats_taken == RIVALS
    promoted = WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED)
    assert list(promoted.order_by("position").values_list("position", flat=True)) == list(
        range(1, RIVALS + 1)
    )
    assert Offer.objects.filter(status=OfferStatus.MADE).count() == RIVALS


def test_one_decline_clicked_many_times_frees_one_seat(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User]
) -> None:
    offers = offered(intake, reviewed, staff, seats=2, waiting=3)

    race(*[partial(decline_offer, offer=offers[0], reason="", actor=SYSTEM)] * RIVALS)

    assert WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED).count() == 1
    intake.refresh_from_db()
    assert intake.seats_taken == 2


def test_decline_against_lapse_frees_one_seat(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User]
) -> None:
    offers = offered(intake, reviewed, staff, seats=2, waiting=3)
    past = datetime.now(UTC) - timedelta(days=30)
    record_offer_delivery(offer_id=offers[0].pk, at=past, actor=SYSTEM)

    race(
        *[partial(decline_offer, offer=offers[0], reason="", actor=SYSTEM)] * 4,
        *[partial(lapse_offers, now=datetime.now(UTC))] * 4,
    )

    offers[0].refresh_from_db()
    assert offers[0].status in (OfferStatus.DECLINED, OfferStatus.LAPSED)
    assert WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED).count() == 1


def test_a_batch_released_by_two_at_once_is_released_once(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User]
) -> None:
    first, second = (user_actor(staff(Role.COORDINATOR)) for _each in range(2))
    outcomes = {each.pk: "offer" for each in reviewed(90, 80)}
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=first)
    batch = prepare_batch(intake=intake, actor=first)

    results = race(*[partial(release_batch, batch=batch, actor=each) for each in (first, second) * 4])

    winner = ReleaseBatch.objects.get().released_by_id
    assert sum(isinstance(result, ReleaseBatch) for result in results) == 4, "the clicks of one person"
    assert winner in (first.user_id, second.user_id)
    assert EventRecord.objects.filter(name="DecisionReleased").count() == 2
    assert Offer.objects.count() == 2
