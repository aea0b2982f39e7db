"""Decisions are held, released together, and seats are never oversold nor left empty."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.applications.services import withdraw_application
from apps.core.actors import CLOCK, SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Full, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.programs.models import Intake
from apps.selection.enums import DecisionStatus, OfferStatus, WaitlistStatus
from apps.selection.models import Decision, Offer, ReleaseBatch, WaitlistEntry
from apps.selection.selectors import merit_choice
from apps.selection.services import (
    correct_decision,
    decline_offer,
    hold_decisions,
    lapse_offers,
    lock_rule,
    prepare_batch,
    record_offer_delivery,
    release_batch,
    remind_of_offers,
    rescind_offer,
    set_rule,
)
from apps.selection.services.releasing import MOST_ALONE

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]


def decide(intake: Intake, actor: Actor, **outcomes: list[Application]) -> ReleaseBatch:
    wanted = {each.pk: outcome for outcome, group in outcomes.items() for each in group}
    hold_decisions(intake=intake, outcomes=wanted, reason="As the panel agreed", actor=actor)
    return release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)


def test_a_held_decision_is_invisible_and_a_released_one_is_final(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: Callable[[User], Client]
) -> None:
    (best,) = reviewed(90)
    hold_decisions(intake=intake, outcomes={best.pk: Outcome.OFFER}, reason="x", actor=actor)
    page = reverse("selection:decision-detail", args=[best.public_id])
    client = signed_in(best.person.user)
    assert client.get(page).status_code == 404

    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)

    best.refresh_from_db()
    assert (best.status, best.outcome) == (ApplicationStatus.DECIDED, Outcome.OFFER)
    assert "We offer you a place" in client.get(page).content.decode()


def test_what_differs_from_the_suggestion_needs_a_reason(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    set_rule(intake=intake, floor=50, waitlist_size=0, actor=actor)
    low, high = reviewed(20, 90)

    hold_decisions(intake=intake, outcomes={high.pk: Outcome.OFFER}, reason="", actor=actor)
    with pytest.raises(Invalid):
        hold_decisions(intake=intake, outcomes={low.pk: Outcome.OFFER}, reason=" ", actor=actor)


def test_more_offers_than_seats_are_refused_as_a_whole(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    with pytest.raises(Full):
        decide(intake, actor, offer=reviewed(90, 80, 70))

    intake.refresh_from_db()
    assert intake.seats_taken == 0
    assert not Offer.objects.exists()


def test_a_large_batch_needs_a_second_person(
    intake: Intake, reviewed: Reviewed, actor: Actor, staff: Callable[..., User]
) -> None:
    applications = reviewed(*range(MOST_ALONE + 1))
    outcomes = {each.pk: Outcome.NOT_SELECTED for each in applications}
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)
    batch = prepare_batch(intake=intake, actor=actor)

    with pytest.raises(NotAllowed):
        release_batch(batch=batch, actor=actor)
    release_batch(batch=batch, actor=user_actor(staff(Role.COORDINATOR)))

    assert Decision.objects.filter(status=DecisionStatus.RELEASED).count() == MOST_ALONE + 1


def test_two_clicks_release_once_and_another_person_is_told(
    intake: Intake, reviewed: Reviewed, actor: Actor, staff: Callable[..., User]
) -> None:
    batch = decide(intake, actor, offer=reviewed(90))

    release_batch(batch=batch, actor=actor)
    with pytest.raises(Conflict):
        release_batch(batch=batch, actor=user_actor(staff(Role.COORDINATOR)))

    assert Offer.objects.count() == 1
    assert EventRecord.objects.filter(name="DecisionReleased").count() == 1


def test_a_declined_seat_goes_to_the_first_who_waits(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    first, second, third, fourth = reviewed(90, 80, 70, 60)
    decide(intake, actor, offer=[first, second], waitlist=[fourth, third])

    decline_offer(offer=Offer.objects.get(application=first), reason="", actor=actor)

    assert Offer.objects.get(application=third).status == OfferStatus.MADE
    assert WaitlistEntry.objects.get(application=third).status == WaitlistStatus.PROMOTED
    assert WaitlistEntry.objects.get(application=fourth).status == WaitlistStatus.WAITING
    intake.refresh_from_db()
    assert intake.seats_taken == 2


def test_the_answer_clock_runs_from_delivery_and_lapses_once(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    decide(intake, actor, offer=reviewed(90))
    offer = Offer.objects.get()
    now = datetime.now(UTC)
    assert lapse_offers(now=now + timedelta(days=400)) == 0

    record_offer_delivery(offer_id=offer.pk, at=now, actor=CLOCK)
    record_offer_delivery(offer_id=offer.pk, at=now + timedelta(days=9), actor=CLOCK)
    offer.refresh_from_db()

    assert offer.answer_by == now + timedelta(days=intake.answer_days)
    assert remind_of_offers(now=now + timedelta(days=13)) == 1
    assert remind_of_offers(now=now + timedelta(days=13)) == 0
    assert lapse_offers(now=now + timedelta(days=15)) == 1
    assert lapse_offers(now=now + timedelta(days=15)) == 0
    intake.refresh_from_db()
    assert intake.seats_taken == 0


def test_an_offer_is_taken_back_only_with_a_reason(intake: Intake, reviewed: Reviewed, actor: Actor) -> None:
    decide(intake, actor, offer=reviewed(90))
    offer = Offer.objects.get()

    with pytest.raises(Invalid):
        rescind_offer(offer=offer, reason=" ", actor=actor)
    rescind_offer(offer=offer, reason="The school closed", actor=actor)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.RESCINDED


def test_a_withdrawn_application_frees_its_seat(intake: Intake, reviewed: Reviewed, actor: Actor) -> None:
    first, second, third = reviewed(90, 80, 70)
    decide(intake, actor, offer=[first, second], waitlist=[third])
    first.refresh_from_db()

    withdraw_application(application=first, reason="", actor=actor)
    run_due_deliveries()

    assert Offer.objects.get(application=third).status == OfferStatus.MADE


def test_a_correction_is_a_new_version(intake: Intake, reviewed: Reviewed, actor: Actor) -> None:
    (one,) = reviewed(90)
    decide(intake, actor, not_selected=[one])

    correct_decision(
        decision=Decision.objects.get(), outcome=Outcome.OFFER, reason="Marks mixed up", actor=actor
    )
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)

    one.refresh_from_db()
    assert one.outcome == Outcome.OFFER
    assert [row.version for row in Decision.objects.order_by("version")] == [1, 2]


def test_a_locked_rule_stays(intake: Intake, actor: Actor) -> None:
    set_rule(intake=intake, floor=50, waitlist_size=5, actor=actor)
    mark = lock_rule(intake=intake, actor=actor).fingerprint

    with pytest.raises(Conflict):
        set_rule(intake=intake, floor=10, waitlist_size=5, actor=actor)

    assert len(mark) == 64
    assert lock_rule(intake=intake, actor=SYSTEM).fingerprint == mark


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_any_number(
    rows: int,
    intake: Intake,
    reviewed: Reviewed,
    actor: Actor,
    as_coordinator: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    Intake.objects.update(seats=50)
    intake.refresh_from_db()
    decide(intake, actor, offer=reviewed(*[90] * rows), waitlist=reviewed(*[40] * rows))

    for name, most in (("ranking", 13), ("offer-list", 7)):
        with django_assert_max_num_queries(most):
            as_coordinator.get(reverse(f"selection:{name}", args=[intake.public_id]))


def test_a_coordinator_holds_prepares_and_releases_in_the_browser(
    intake: Intake, reviewed: Reviewed, as_coordinator: Client
) -> None:
    best, _second = reviewed(90, 80)
    page = reverse("selection:ranking", args=[intake.public_id])
    assert as_coordinator.post(page, {"outcome": "suggested"}).status_code == 422
    assert as_coordinator.post(page, {"outcome": "suggested", "chosen": [best.pk]}).status_code == 302
    as_coordinator.post(reverse("selection:batch-prepare", args=[intake.public_id]))
    batch = reverse("selection:batch-detail", args=[ReleaseBatch.objects.get().public_id])
    assert best.reference in as_coordinator.get(batch).content.decode()

    assert as_coordinator.post(batch).status_code == 302
    assert as_coordinator.post(batch).status_code == 302

    assert Offer.objects.get().application == best


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=1000000000", "page=x", "page=%00", "cursor=x"])
def test_any_page_gets_an_answer(intake: Intake, as_coordinator: Client, query: str) -> None:
    page = f"{reverse('selection:ranking', args=[intake.public_id])}?{query}"

    assert as_coordinator.get(page).status_code in (200, 400)


def test_merit_alone_chooses_the_first_at_or_above_the_floor_whatever_was_decided(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    best, second, third, low = reviewed(90, 80, 70, 20)
    set_rule(intake=intake, floor=75, waitlist_size=0, actor=actor)

    assert merit_choice(intake) == {best.pk, second.pk}
    decide(intake, actor, offer=[third], not_selected=[best, second, low])

    assert merit_choice(intake) == {best.pk, second.pk}
