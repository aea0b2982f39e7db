"""Two at once: one enrolment, one seat, one winner."""

from collections.abc import Callable

import pytest

from apps.applications.services.withdraw import withdraw_application
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.enrolments.models import Enrolment
from apps.enrolments.services import take_up, withdraw_enrolment
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.selection.models import Offer
from apps.selection.services import decline_offer, rescind_offer, take_seat
from tests.factories.selection import OfferFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offer() -> Offer:
    offer = OfferFactory()
    take_seat(intake=offer.intake)
    return offer


def accept(offer: Offer) -> Enrolment:
    return take_up(offer=Offer.objects.get(pk=offer.pk), actor=SYSTEM)


def test_two_clicks_on_accept_give_one_enrolment(offer: Offer) -> None:
    results = race(*[lambda: accept(offer)] * 4)

    assert [type(result) for result in results] == [Enrolment] * 4
    assert len({result.pk for result in results}) == 1
    assert EventRecord.objects.filter(name="ParticipantEnrolled").count() == 1
    assert EventRecord.objects.filter(name="OfferAccepted").count() == 1


def test_accepting_again_while_withdrawing_leaves_one_withdrawn_enrolment_and_no_seat(
    offer: Offer,
) -> None:
    enrolment = accept(offer)

    def leave() -> Enrolment:
        return withdraw_enrolment(enrolment=enrolment, actor=SYSTEM)

    results = race(lambda: accept(offer), leave, lambda: accept(offer), leave)

    assert {result.pk for result in results} == {enrolment.pk}
    enrolment.refresh_from_db()
    offer.intake.refresh_from_db()
    assert enrolment.status == "withdrawn"
    assert offer.intake.seats_taken == 0
    assert EventRecord.objects.filter(name="EnrolmentEnded").count() == 1


@pytest.mark.parametrize("answer", [decline_offer, rescind_offer])
def test_accepting_against_the_end_of_an_offer_has_one_winner(offer: Offer, answer: Callable) -> None:
    accepted, ended = race(
        lambda: accept(offer),
        lambda: answer(offer=Offer.objects.get(pk=offer.pk), reason="Another plan", actor=SYSTEM),
    )

    assert sorted([isinstance(accepted, Conflict), isinstance(ended, Conflict)]) == [False, True]
    offer.intake.refresh_from_db()
    assert offer.intake.seats_taken == Enrolment.objects.count() == isinstance(accepted, Enrolment)


def test_accepting_against_withdrawing_the_application_ends_the_same_way_whoever_wins(
    offer: Offer,
) -> None:
    application = offer.application

    accepted, withdrawn = race(
        lambda: accept(offer),
        lambda: withdraw_application(application=application, reason="", actor=SYSTEM),
    )
    run_due_deliveries()

    assert isinstance(accepted, Enrolment | Conflict)
    assert not isinstance(withdrawn, Exception)
    assert not Enrolment.objects.filter(status="active").exists()
    offer.intake.refresh_from_db()
    assert offer.intake.seats_taken == 0
