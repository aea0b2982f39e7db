"""A correction takes back what the mistake gave, and nobody who left stands in the others' way."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.applications.enums import Outcome
from apps.applications.models import Application
from apps.applications.services import withdraw_application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import run_due_deliveries
from apps.programs.models import Intake
from apps.selection.enums import OfferStatus, WaitlistStatus
from apps.selection.models import Decision, Offer, WaitlistEntry
from apps.selection.services import (
    accept_offer,
    cancel_batch,
    correct_decision,
    decline_offer,
    hold_decisions,
    prepare_batch,
    release_batch,
)

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]


def hold(intake: Intake, actor: Actor, **outcomes: list[Application]) -> None:
    wanted = {each.pk: outcome for outcome, group in outcomes.items() for each in group}
    hold_decisions(intake=intake, outcomes=wanted, reason="As the panel agreed", actor=actor)


def release(intake: Intake, actor: Actor) -> None:
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)


def correct(application: Application, outcome: Outcome, actor: Actor) -> None:
    decision = Decision.objects.filter(application=application).latest("version")
    correct_decision(decision=decision, outcome=outcome, reason="Marks mixed up", actor=actor)


def test_no_seat_reaches_who_waited_by_mistake(intake: Intake, reviewed: Reviewed, actor: Actor) -> None:
    first, second, mistaken, next_one = reviewed(90, 80, 70, 60)
    hold(intake, actor, offer=[first, second], waitlist=[mistaken, next_one])
    release(intake, actor)
    correct(mistaken, Outcome.NOT_SELECTED, actor)
    release(intake, actor)

    decline_offer(offer=Offer.objects.get(application=first), reason="", actor=actor)

    assert WaitlistEntry.objects.get(application=mistaken).status == WaitlistStatus.CLOSED
    assert not Offer.objects.filter(application=mistaken).exists()
    assert Offer.objects.get(application=next_one).status == OfferStatus.MADE


def test_who_gets_an_offer_after_all_waits_no_more(intake: Intake, reviewed: Reviewed, actor: Actor) -> None:
    first, corrected, last = reviewed(90, 80, 70)
    hold(intake, actor, offer=[first], waitlist=[corrected, last])
    release(intake, actor)
    correct(corrected, Outcome.OFFER, actor)
    release(intake, actor)

    decline_offer(offer=Offer.objects.get(application=first), reason="", actor=actor)

    assert WaitlistEntry.objects.get(application=corrected).status == WaitlistStatus.PROMOTED
    assert Offer.objects.get(application=last).status == OfferStatus.MADE


def test_a_mistaken_offer_is_taken_back_and_its_seat_goes_to_who_waits(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    mistaken, second, waiting = reviewed(90, 80, 70)
    hold(intake, actor, offer=[mistaken, second], waitlist=[waiting])
    release(intake, actor)
    correct(mistaken, Outcome.NOT_SELECTED, actor)
    assert Offer.objects.get(application=mistaken).status == OfferStatus.MADE, "nobody was told yet"
    release(intake, actor)

    offer = Offer.objects.get(application=mistaken)
    assert (offer.status, offer.decline_reason) == (OfferStatus.RESCINDED, "Marks mixed up")
    assert Offer.objects.get(application=waiting).status == OfferStatus.MADE
    intake.refresh_from_db()
    assert intake.seats_taken == 2


def test_two_people_whose_marks_were_swapped_change_places_in_one_release(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    one, other, third, waiting = reviewed(90, 80, 70, 60)
    hold(intake, actor, offer=[one, third], not_selected=[other], waitlist=[waiting])
    release(intake, actor)
    correct(one, Outcome.NOT_SELECTED, actor)
    correct(other, Outcome.OFFER, actor)
    release(intake, actor)

    assert Offer.objects.get(application=other).status == OfferStatus.MADE
    assert WaitlistEntry.objects.get(application=waiting).status == WaitlistStatus.WAITING
    intake.refresh_from_db()
    assert intake.seats_taken == 2


def test_what_was_answered_is_not_undone_by_a_decision(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    yes, no = reviewed(90, 80)
    hold(intake, actor, offer=[yes, no])
    release(intake, actor)
    accept_offer(offer=Offer.objects.get(application=yes), actor=actor)

    with pytest.raises(Conflict, match="End the enrolment"):
        correct(yes, Outcome.NOT_SELECTED, actor)
    with pytest.raises(Invalid):
        correct(no, Outcome.OFFER, actor)
    correct(no, Outcome.NOT_SELECTED, actor)
    decline_offer(offer=Offer.objects.get(application=no), reason="", actor=actor)
    release(intake, actor)
    with pytest.raises(Conflict, match="cannot be made again"):
        correct(no, Outcome.OFFER, actor)


def test_an_offer_accepted_before_its_correction_is_released_stands(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    (one,) = reviewed(90)
    hold(intake, actor, offer=[one])
    release(intake, actor)
    correct(one, Outcome.NOT_SELECTED, actor)
    batch = prepare_batch(intake=intake, actor=actor)
    accept_offer(offer=Offer.objects.get(), actor=actor)

    with pytest.raises(Conflict):
        release_batch(batch=batch, actor=actor)

    one.refresh_from_db()
    assert one.outcome == Outcome.OFFER


def test_a_decision_nobody_was_told_of_is_changed_not_corrected(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    (one,) = reviewed(90)
    hold(intake, actor, offer=[one])

    with pytest.raises(Conflict):
        correct(one, Outcome.NOT_SELECTED, actor)

    assert Decision.objects.count() == 1


def test_who_withdraws_after_the_decision_is_left_out_and_the_others_hear(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    gone, later, stays = reviewed(90, 80, 70)
    hold(intake, actor, offer=[gone], not_selected=[later, stays])
    withdraw_application(application=gone, reason="", actor=actor)
    run_due_deliveries()
    batch = prepare_batch(intake=intake, actor=actor)
    assert batch.size == 2

    later.refresh_from_db()
    withdraw_application(application=later, reason="", actor=actor)
    with pytest.raises(Conflict):
        release_batch(batch=batch, actor=actor)
    page = as_coordinator.get(reverse("selection:batch-detail", args=[batch.public_id]))
    assert "Someone in this batch withdrew" in page.content.decode()
    batch.refresh_from_db()
    cancel_batch(batch=batch, actor=actor)
    release(intake, actor)

    stays.refresh_from_db()
    assert stays.outcome == Outcome.NOT_SELECTED
    assert not Offer.objects.exists()


def test_ticks_stay_when_the_reason_is_missing(
    intake: Intake, reviewed: Reviewed, as_coordinator: Client
) -> None:
    _best, second = reviewed(90, 80)
    page = reverse("selection:ranking", args=[intake.public_id])

    answer = as_coordinator.post(page, {"outcome": "not_selected", "chosen": [second.pk], "reason": ""})

    assert answer.status_code == 422
    assert f'value="{second.pk}" checked' in answer.content.decode()
    assert answer.content.decode().count(" checked") == 1


def test_the_whole_list_leaves_out_who_was_told_already(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    told, batched, free = reviewed(90, 80, 70)
    hold(intake, actor, not_selected=[told])
    release(intake, actor)
    hold(intake, actor, not_selected=[batched])
    prepare_batch(intake=intake, actor=actor)
    page = reverse("selection:ranking", args=[intake.public_id])

    answer = as_coordinator.post(page, {"outcome": "not_selected", "all": "1", "reason": "No money"})

    assert answer.status_code == 302
    assert Decision.objects.filter(application=free).exists()
    assert Decision.objects.count() == 3
