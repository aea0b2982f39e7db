"""Two at once: one enrolment, one seat, one winner."""

import pytest

from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.enrolments.models import Enrolment
from apps.enrolments.services import take_up, withdraw_enrolment
from apps.events.models import EventRecord
from apps.selection.models import Offer
from apps.selection.services import take_seat
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


def test_accepting_while_the_offer_is_taken_back_has_one_winner(offer: Offer) -> None:
    def take_back() -> int:
        return Offer.objects.filter(pk=offer.pk, status__in=["made", "delivered"]).update(status="rescinded")

    accepted, taken_back = race(lambda: accept(offer), take_back)

    offer.refresh_from_db()
    if offer.status == "accepted":
        assert isinstance(accepted, Enrolment)
        assert taken_back == 0
    else:
        assert isinstance(accepted, Conflict)
        assert not Enrolment.objects.exists()
