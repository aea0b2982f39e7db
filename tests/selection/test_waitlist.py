"""Who waits: the order, lanes, being passed over, leaving, and the end of the list."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.applications.services import withdraw_application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.selection.enums import OfferStatus, WaitlistRule, WaitlistStatus
from apps.selection.models import Offer, SelectionRule, WaitlistEntry
from apps.selection.rules.lanes import RULES, SAME_LANE_FIRST, Waiting, next_in_line
from apps.selection.rules.standing import before_me
from apps.selection.services import (
    close_ended_waitlists,
    close_waitlist,
    decline_offer,
    fill_free_seats,
    leave_waitlist,
    put_back_entry,
    skip_entry,
)
from tests.selection.seating import hear_everything, must_be_whole, seated

in_database = pytest.mark.django_db
GROUPS = st.frozensets(st.sampled_from(["women", "rural", "disability"]))


@given(st.lists(GROUPS, min_size=1, max_size=7), st.data())
def test_the_band_is_never_wrong_and_is_reached(groups: list[frozenset[str]], data: st.DataObject) -> None:
    """Whatever seats become free, so many get a place before me; and the fewest can happen."""
    line = [Waiting(number, number, each) for number, each in enumerate(groups)]
    me = data.draw(st.sampled_from(line))
    rule = data.draw(st.sampled_from(RULES))
    fewest, most = before_me(line, me, rule)

    freed = [data.draw(GROUPS) for _seat in line]
    assert fewest <= turns_until(line, me, freed, rule) <= most
    if rule == SAME_LANE_FIRST:
        kinds = [frozenset[str](), *(frozenset({each}) for each in me.groups)]
        assert min(turns_until(line, me, [kind] * len(line), rule) for kind in kinds) == fewest


def turns_until(line: list[Waiting], me: Waiting, freed: list[frozenset[str]], rule: str) -> int:
    left = list(line)
    for turn, seat in enumerate(freed):
        found = next_in_line(left, seat, rule)
        assert found is not None
        if found == me:
            return turn
        left.remove(found)
    raise AssertionError("everybody gets a place in the end")


@in_database
def test_a_freed_seat_goes_first_to_who_shares_a_target(intake: Intake, actor: Actor) -> None:
    seating = seated(intake, seats=2, waiting=4, rule=WaitlistRule.SAME_LANE_FIRST)
    Offer.objects.filter(pk=seating.offers[0].pk).update(lanes=["rural"])
    WaitlistEntry.objects.filter(position__in=[3, 4]).update(lanes=["rural", "women"])

    decline_offer(offer=seating.offers[0], reason="", actor=actor)
    decline_offer(offer=seating.offers[1], reason="", actor=actor)

    promoted = WaitlistEntry.objects.filter(status=WaitlistStatus.PROMOTED)
    assert set(promoted.values_list("position", flat=True)) == {3, 1}, "a lane first, else the order"
    assert Offer.objects.get(application=seating.entries[2].application).lanes == ["rural", "women"]
    must_be_whole(intake)


@in_database
def test_no_promotion_reaches_who_withdrew_a_moment_ago(intake: Intake, actor: Actor) -> None:
    seating = seated(intake, seats=1, waiting=2)
    first = seating.entries[0].application
    withdraw_application(application=first, reason="", actor=actor)

    decline_offer(offer=seating.offers[0], reason="", actor=actor)
    hear_everything()

    assert not Offer.objects.filter(application=first).exists()
    assert WaitlistEntry.objects.get(application=first).status == WaitlistStatus.LEFT
    assert Offer.objects.get(application=seating.entries[1].application).status == OfferStatus.MADE
    must_be_whole(intake)


@in_database
def test_who_is_passed_over_is_told_why_and_keeps_the_position(intake: Intake, actor: Actor) -> None:
    seating = seated(intake, seats=2, waiting=2)
    entry = seating.entries[0]
    with pytest.raises(Invalid):
        skip_entry(entry=entry, reason=" ", actor=actor)

    skip_entry(entry=entry, reason="No answer on the phone", actor=actor)
    skip_entry(entry=entry, reason="No answer on the phone", actor=actor)
    decline_offer(offer=seating.offers[0], reason="", actor=actor)
    put_back_entry(entry=entry, actor=actor)
    decline_offer(offer=seating.offers[1], reason="", actor=actor)
    hear_everything()

    told = Message.objects.filter(application=entry.application, channel="email").order_by("pk")
    assert [each.template for each in told] == ["waitlist-skipped", "waitlist-back", "offer-made"]
    assert "No answer on the phone" in told[0].body
    assert set(WaitlistEntry.objects.values_list("status", flat=True)) == {WaitlistStatus.PROMOTED}


@in_database
def test_a_closed_list_tells_everyone_once_and_gives_no_more_seats(intake: Intake, actor: Actor) -> None:
    seating = seated(intake, seats=1, waiting=3)
    skip_entry(entry=seating.entries[0], reason="Away", actor=actor)
    leave_waitlist(entry=seating.entries[2], actor=actor)

    assert (close_waitlist(intake=intake, actor=actor), close_waitlist(intake=intake, actor=actor)) == (2, 0)
    decline_offer(offer=seating.offers[0], reason="", actor=actor)
    hear_everything()

    closed = Message.objects.filter(template="waitlist-closed", channel="email")
    assert {each.application for each in closed} == {each.application for each in seating.entries[:2]}
    assert not Offer.objects.exclude(pk=seating.offers[0].pk).exists()
    with pytest.raises(Conflict):
        put_back_entry(entry=seating.entries[0], actor=actor)


@in_database
def test_the_clock_closes_the_list_of_a_program_that_has_ended(intake: Intake) -> None:
    seated(intake, seats=1, waiting=2)
    today = timezone.localdate()
    Intake.objects.filter(pk=intake.pk).update(ends_on=today)

    assert close_ended_waitlists(today=today) == 0, "its last day is not over"
    assert close_ended_waitlists(today=today + timedelta(days=1)) == 2
    assert close_ended_waitlists(today=today + timedelta(days=1)) == 0


@in_database
def test_seats_nobody_freed_are_offered_in_order(intake: Intake, actor: Actor) -> None:
    seated(intake, seats=1, waiting=3)
    Intake.objects.filter(pk=intake.pk).update(seats=3)

    assert fill_free_seats(intake=intake, actor=actor) == 2
    assert fill_free_seats(intake=intake, actor=actor) == 0

    assert WaitlistEntry.objects.get(status=WaitlistStatus.WAITING).position == 3
    must_be_whole(intake)


@in_database
def test_the_place_page_says_a_number_only_where_it_is_true(
    intake: Intake, signed_in: Callable[[User], Client]
) -> None:
    seating = seated(intake, seats=1, waiting=3)
    WaitlistEntry.objects.filter(position__in=[1, 3]).update(lanes=["women"])
    entry = seating.entries[1]
    page = reverse("selection:waitlist-place", args=[entry.application.public_id])
    client = signed_in(entry.application.person.user)

    exact = client.get(page).content.decode()
    SelectionRule.objects.filter(intake=intake).update(waitlist_rule=WaitlistRule.SAME_LANE_FIRST)
    band = client.get(page).content.decode()

    assert "1 person is before you" in exact
    assert "Between 1 and 2 people may get a place before you" in band
    assert "The number is not exact" in band


@in_database
def test_a_coordinator_passes_over_fills_and_closes_in_the_browser(
    intake: Intake, as_coordinator: Client
) -> None:
    seating = seated(intake, seats=1, waiting=2)
    Intake.objects.filter(pk=intake.pk).update(seats=2)
    page = reverse("selection:waitlist", args=[intake.public_id])
    act = reverse("selection:entry-act", args=[seating.entries[0].application.public_id])

    as_coordinator.post(act, {"reason": ""})
    assert WaitlistEntry.objects.filter(status=WaitlistStatus.WAITING).count() == 2
    as_coordinator.post(act, {"reason": "Away"})
    as_coordinator.post(page, {"fill": "1"})
    as_coordinator.post(act, {"back": "1"})
    shown = as_coordinator.get(page).content.decode()
    as_coordinator.post(page, {"close": "1"})

    assert "1 person waits" in shown
    assert list(WaitlistEntry.objects.order_by("position").values_list("status", flat=True)) == [
        WaitlistStatus.CLOSED,
        WaitlistStatus.PROMOTED,
    ]
