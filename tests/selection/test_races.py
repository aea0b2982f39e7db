"""Rivals at the same moment: never oversold, no seat left empty, order kept, one offer each."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.services import withdraw_application
from apps.core.actors import SYSTEM, user_actor
from apps.core.errors import Full
from apps.enrolments.models import Enrolment
from apps.enrolments.services import take_up
from apps.events.models import EventRecord
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.selection.enums import ConditionStatus, OfferStatus, WaitlistRule, WaitlistStatus
from apps.selection.models import Offer, ReleaseBatch, WaitlistEntry
from apps.selection.services import (
    cancel_batch,
    close_waitlist,
    decline_offer,
    hold_decisions,
    lapse_offers,
    leave_waitlist,
    prepare_batch,
    record_offer_delivery,
    release_batch,
    settle_condition,
    skip_entry,
    take_seat,
)
from tests.factories.selection import OfferConditionFactory
from tests.racing import RIVALS, crowd, race, rounds
from tests.selection.seating import Seating, hear_everything, must_be_whole, seated

pytestmark = pytest.mark.django_db(transaction=True)
Reviewed = Callable[..., list[Application]]


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


def test_the_last_seat_goes_to_one_of_many_fifty_times(intake: Intake) -> None:
    def one_is_left() -> None:
        Intake.objects.filter(pk=intake.pk).update(seats=1, seats_taken=0)

    for _nothing, results in rounds(one_is_left, lambda _rival, _thing: take_seat(intake=intake)):
        assert results.count(None) == 1
        assert sum(isinstance(result, Full) for result in results) == RIVALS - 1
        assert Intake.objects.get(pk=intake.pk).seats_taken == 1


def take_seat_carelessly(intake: Intake) -> bool:
    """What the service must not be: read, then write."""
    seen = Intake.objects.get(pk=intake.pk)
    if seen.seats_taken < seen.seats:
        Intake.objects.filter(pk=intake.pk).update(seats_taken=seen.seats_taken + 1)
        return True
    return False


def test_the_race_finds_a_careless_way_of_taking_seats(intake: Intake) -> None:
    """The control: the last seat is sold to several at least once, so the race is real."""

    def one_is_left() -> None:
        Intake.objects.filter(pk=intake.pk).update(seats=1, seats_taken=0)

    sold = [
        results.count(True)
        for _nothing, results in rounds(one_is_left, lambda _rival, _thing: take_seat_carelessly(intake))
    ]

    assert max(sold) > 1


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


def promoted_in_order(intake: Intake) -> list[int]:
    """Positions as they were promoted: declines of one intake hold its row until they commit, so the
    order of their events is the order of their commits.
    """
    entries = WaitlistEntry.objects.in_bulk()
    names = EventRecord.objects.filter(name="WaitlistPromoted").order_by("pk")
    return [entries[payload["entry_id"]].position for payload in names.values_list("payload", flat=True)]


def replayed(seating: Seating, rule: str) -> list[int]:
    """The log of declines told again by hand: who should have been promoted, one after the other."""
    lanes = {offer.pk: set(offer.lanes) for offer in seating.offers}
    line = sorted(seating.entries, key=lambda entry: entry.position)
    promoted = []
    declines = EventRecord.objects.filter(name="OfferDeclined").order_by("pk")
    for payload in declines.values_list("payload", flat=True):
        freed = lanes[payload["offer_id"]] if rule == WaitlistRule.SAME_LANE_FIRST else set()
        sharing = [entry for entry in line if freed & set(entry.lanes)]
        if line:
            found = (sharing or line)[0]
            line.remove(found)
            promoted.append(found.position)
    return promoted


@pytest.mark.parametrize(
    ("waiting", "rule"),
    [
        (200, WaitlistRule.IN_ORDER),
        (200, WaitlistRule.SAME_LANE_FIRST),
        (100, WaitlistRule.SAME_LANE_FIRST),
    ],
)
def test_two_hundred_declines_at_once_keep_the_order_and_tell_each_once(
    waiting: int, rule: str, intake: Intake
) -> None:
    seating = seated(intake, seats=200, waiting=waiting, rule=rule, lanes=True)

    results = crowd(
        [partial(decline_offer, offer=offer, reason="", actor=SYSTEM) for offer in seating.offers]
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    must_be_whole(intake)
    assert intake.seats_taken == waiting
    assert WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED).count() == waiting
    order = promoted_in_order(intake)
    assert order == replayed(seating, rule)
    assert (order == sorted(order)) == (rule == WaitlistRule.IN_ORDER)
    hear_everything()
    made = Message.objects.filter(template="offer-made", channel="email")
    told = Counter(made.values_list("application_id", flat=True))
    assert told == Counter(entry.application_id for entry in seating.entries)


def test_accepting_against_lapsing_has_one_winner_and_no_lost_seat(intake: Intake) -> None:
    for _round in range(10):
        Offer.objects.all().update(status=OfferStatus.RESCINDED)
        WaitlistEntry.objects.all().delete()
        seating = seated(intake, seats=1, waiting=1)
        offer, now = seating.offers[0], datetime.now(UTC)
        record_offer_delivery(offer_id=offer.pk, at=now, actor=SYSTEM)

        results = race(
            *[partial(take_up, offer=offer, actor=SYSTEM)] * 2,
            *[partial(lapse_offers, now=now + timedelta(days=400))] * 2,
        )

        offer.refresh_from_db()
        assert offer.status in (OfferStatus.ACCEPTED, OfferStatus.LAPSED)
        is_taken = offer.status == OfferStatus.ACCEPTED
        assert sum(isinstance(result, Enrolment) for result in results) == 2 * is_taken
        assert Offer.objects.filter(application=seating.entries[0].application).exists() != is_taken
        must_be_whole(intake)


@pytest.mark.parametrize("status", [ConditionStatus.NOT_MET, ConditionStatus.MET])
def test_settling_a_condition_against_accepting_and_declining(status: str, intake: Intake) -> None:
    """Whoever comes first: one seat, one owner, and an enrolment only where everything was met."""
    for _round in range(6):
        Enrolment.objects.all().delete()
        Offer.objects.all().update(status=OfferStatus.RESCINDED)
        WaitlistEntry.objects.all().delete()
        seating = seated(intake, seats=1, waiting=1)
        offer = seating.offers[0]
        condition = OfferConditionFactory(offer=offer)
        settle = partial(settle_condition, condition=condition, status=status, reason="x", actor=SYSTEM)
        decline = partial(decline_offer, offer=offer, reason="", actor=SYSTEM)

        race(settle, partial(take_up, offer=offer, actor=SYSTEM), settle, decline)
        hear_everything()

        offer.refresh_from_db()
        accepted = offer.status == OfferStatus.ACCEPTED
        assert Enrolment.objects.count() == accepted
        assert not (accepted and status == ConditionStatus.NOT_MET)
        assert Offer.objects.filter(application=seating.entries[0].application).exists() != accepted
        must_be_whole(intake)


def test_a_release_against_a_withdrawal_is_whole_or_not_at_all(
    intake: Intake, reviewed: Reviewed, staff: Callable[..., User]
) -> None:
    actor = user_actor(staff(Role.COORDINATOR))
    for _round in range(6):
        Intake.objects.filter(pk=intake.pk).update(seats=1000)
        intake.refresh_from_db()
        one, other = reviewed(90, 80)
        outcomes = {one.pk: "offer", other.pk: "offer"}
        hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)
        batch = prepare_batch(intake=intake, actor=actor)

        released, withdrawn = race(
            partial(release_batch, batch=batch, actor=actor),
            partial(withdraw_application, application=one, reason="", actor=SYSTEM),
        )
        hear_everything()

        batch.refresh_from_db()
        was_released = not isinstance(released, Exception)
        assert (
            was_released == (batch.status == "released") == Offer.objects.filter(application=other).exists()
        )
        assert was_released or not isinstance(withdrawn, Exception), "one of the two went through"
        if not was_released:
            cancel_batch(batch=batch, actor=actor)
        must_be_whole(intake)


def test_a_promotion_never_ends_with_who_withdrew_or_left_or_was_passed_over(intake: Intake) -> None:
    """Two seats are freed while the first withdraws, the second leaves and the third is passed over."""
    for _round in range(6):
        Offer.objects.all().update(status=OfferStatus.RESCINDED)
        WaitlistEntry.objects.all().delete()
        seating = seated(intake, seats=2, waiting=6)
        first, second, third = seating.entries[:3]

        race(
            *(partial(decline_offer, offer=offer, reason="", actor=SYSTEM) for offer in seating.offers),
            partial(withdraw_application, application=first.application, reason="", actor=SYSTEM),
            partial(leave_waitlist, entry=second, actor=SYSTEM),
            partial(skip_entry, entry=third, reason="Away", actor=SYSTEM),
        )
        hear_everything()

        must_be_whole(intake)
        assert intake.seats_taken == 2
        promoted = WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED)
        offered = Offer.objects.filter(application__in=promoted.values("application"))
        assert offered.count() == promoted.count(), "each promotion is one offer"


def test_closing_the_list_against_declines_gives_a_seat_before_or_not_at_all(intake: Intake) -> None:
    for _round in range(6):
        Offer.objects.all().update(status=OfferStatus.RESCINDED)
        WaitlistEntry.objects.all().delete()
        seating = seated(intake, seats=3, waiting=3)

        results = race(
            *(partial(decline_offer, offer=offer, reason="", actor=SYSTEM) for offer in seating.offers),
            partial(close_waitlist, intake=intake, actor=SYSTEM),
        )

        promoted = WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED).count()
        assert results[-1] == 3 - promoted
        assert not WaitlistEntry.objects.filter(status=WaitlistStatus.WAITING).exists()
        intake.refresh_from_db()
        assert intake.seats_taken == promoted
