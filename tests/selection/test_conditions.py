"""Offers with conditions: read before accepting, settled after, and taking part begins with the last."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.enums import Outcome
from apps.applications.models import Application
from apps.applications.services import withdraw_application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.enrolments.models import Enrolment
from apps.enrolments.services import begin_enrolment, take_up
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.selection.enums import ConditionStatus, OfferStatus
from apps.selection.models import Decision, Offer, OfferCondition
from apps.selection.services import (
    decline_offer,
    hold_decisions,
    prepare_batch,
    release_batch,
    rescind_offer,
    set_conditions,
    settle_condition,
)
from tests.factories.selection import OfferConditionFactory
from tests.selection.seating import Seating, hear_everything, must_be_whole, seated

pytestmark = pytest.mark.django_db
DIPLOMA, LAPTOP = "Show your diploma before 1 March.", "Return the laptop of the last course."


@pytest.fixture
def seating(intake: Intake) -> Seating:
    """One offer with two conditions, and one who waits."""
    found = seated(intake, seats=1, waiting=1)
    for text in (DIPLOMA, LAPTOP):
        OfferConditionFactory(offer=found.offers[0], text=text)
    return found


def settle(offer: Offer, text: str, status: str, actor: Actor, reason: str = "It is so") -> None:
    condition = OfferCondition.objects.get(offer=offer, text=text)
    settle_condition(condition=condition, status=status, reason=reason, actor=actor)


def templates_to(application: Application) -> list[str]:
    hear_everything()
    mails = Message.objects.filter(application=application, channel="email").order_by("pk")
    return list(mails.values_list("template", flat=True))


def test_conditions_and_lanes_of_held_decisions_reach_the_offer(
    intake: Intake, reviewed: Callable[..., list[Application]], actor: Actor
) -> None:
    first, second = reviewed(90, 80)
    hold_decisions(
        intake=intake,
        outcomes={first.pk: Outcome.OFFER, second.pk: Outcome.WAITLIST},
        reason="x",
        actor=actor,
    )
    decisions = list(Decision.objects.order_by("pk"))
    set_conditions(decisions=decisions, texts=[f" {DIPLOMA} ", LAPTOP], actor=actor)
    Decision.objects.update(inputs={"lanes": ["women"]})
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)
    Intake.objects.filter(pk=intake.pk).update(seats=1)

    offer = Offer.objects.get()
    assert [each.text for each in offer.conditions.all()] == [DIPLOMA, LAPTOP]
    assert offer.lanes == ["women"]
    decline_offer(offer=offer, reason="", actor=actor)
    later = Offer.objects.get(application=second)
    assert [each.text for each in later.conditions.all()] == [DIPLOMA, LAPTOP], "the same from the waitlist"
    hear_everything()
    told = Message.objects.get(application=first, template="offer-made", channel="email")
    assert f"- {DIPLOMA}\n- {LAPTOP}" in told.body


def test_conditions_are_set_while_a_decision_is_held_and_never_after(
    intake: Intake, reviewed: Callable[..., list[Application]], actor: Actor
) -> None:
    first, second = reviewed(90, 80)
    outcomes = {first.pk: Outcome.OFFER, second.pk: Outcome.NOT_SELECTED}
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)
    offer, refusal = Decision.objects.order_by("pk")

    for wrong in (["x" * 501], ["  "], [DIPLOMA, DIPLOMA], [str(each) for each in range(21)]):
        with pytest.raises(Invalid):
            set_conditions(decisions=[offer], texts=wrong, actor=actor)
    with pytest.raises(Invalid):
        set_conditions(decisions=[offer, refusal], texts=[DIPLOMA], actor=actor)
    batch = prepare_batch(intake=intake, actor=actor)
    set_conditions(decisions=[offer], texts=[DIPLOMA], actor=actor)
    release_batch(batch=batch, actor=actor)
    with pytest.raises(Conflict):
        set_conditions(decisions=[offer], texts=[], actor=actor)

    assert OfferCondition.objects.get().text == DIPLOMA


def test_accepting_holds_the_seat_and_the_last_condition_begins_the_enrolment(
    seating: Seating, actor: Actor
) -> None:
    offer = seating.offers[0]

    assert take_up(offer=offer, actor=actor) is None
    assert take_up(offer=offer, actor=actor) is None
    settle(offer, DIPLOMA, ConditionStatus.MET, actor, reason="")
    hear_everything()
    assert not Enrolment.objects.exists()
    settle(offer, LAPTOP, ConditionStatus.WAIVED, actor)
    settle(offer, LAPTOP, ConditionStatus.WAIVED, actor)

    assert templates_to(offer.application) == ["offer-accepted", "condition-settled", "enrolled"]
    enrolment = Enrolment.objects.get()
    assert begin_enrolment(offer_id=offer.pk, actor=actor) == enrolment
    assert take_up(offer=offer, actor=actor) == enrolment
    must_be_whole(seating.intake)


def test_what_was_settled_before_the_answer_enrols_at_once(seating: Seating, actor: Actor) -> None:
    offer = seating.offers[0]
    settle(offer, DIPLOMA, ConditionStatus.MET, actor, reason="")
    settle(offer, LAPTOP, ConditionStatus.MET, actor, reason="")
    hear_everything()

    enrolment = take_up(offer=offer, actor=actor)

    assert enrolment is not None
    assert templates_to(offer.application) == ["condition-settled", "condition-settled", "enrolled"]


@pytest.mark.parametrize("accepted", [False, True])
def test_a_condition_that_is_not_met_takes_the_offer_back_and_the_seat_goes_on(
    accepted: bool, seating: Seating, actor: Actor
) -> None:
    offer, waiting = seating.offers[0], seating.entries[0].application
    if accepted:
        take_up(offer=offer, actor=actor)

    with pytest.raises(Invalid):
        settle(offer, DIPLOMA, ConditionStatus.NOT_MET, actor, reason=" ")
    settle(offer, DIPLOMA, ConditionStatus.NOT_MET, actor, reason="The school knows of no diploma")

    offer.refresh_from_db()
    assert (offer.status, offer.decline_reason) == (OfferStatus.RESCINDED, "The school knows of no diploma")
    assert Offer.objects.get(application=waiting).status == OfferStatus.MADE
    assert templates_to(offer.application)[-1] == "offer-rescinded"
    with pytest.raises(Conflict):
        settle(offer, LAPTOP, ConditionStatus.MET, actor)
    with pytest.raises(Conflict):
        take_up(offer=offer, actor=actor)
    must_be_whole(seating.intake)


def test_a_mistake_is_undone_until_taking_part_has_begun(seating: Seating, actor: Actor) -> None:
    offer = seating.offers[0]
    take_up(offer=offer, actor=actor)
    settle(offer, DIPLOMA, ConditionStatus.MET, actor, reason="")
    settle(offer, DIPLOMA, ConditionStatus.UNMET, actor, reason="It was another person's diploma")
    settle(offer, LAPTOP, ConditionStatus.MET, actor, reason="")
    hear_everything()
    assert not Enrolment.objects.exists()
    settle(offer, DIPLOMA, ConditionStatus.MET, actor, reason="")

    with pytest.raises(Conflict, match="End the enrolment"):
        settle(offer, DIPLOMA, ConditionStatus.UNMET, actor)
    with pytest.raises(Conflict, match="End the enrolment"):
        rescind_offer(offer=offer, reason="x", actor=actor)
    with pytest.raises(Conflict, match="leave the program"):
        decline_offer(offer=offer, reason="", actor=actor)

    hear_everything()
    assert Enrolment.objects.count() == 1


def test_who_accepted_can_still_decline_while_something_is_open(seating: Seating, actor: Actor) -> None:
    offer = seating.offers[0]
    take_up(offer=offer, actor=actor)

    decline_offer(offer=offer, reason="", actor=actor)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.DECLINED
    must_be_whole(seating.intake)


@pytest.mark.parametrize("settled", [False, True])
def test_withdrawing_after_accepting_frees_the_seat_before_anybody_was_enrolled(
    settled: bool, seating: Seating, actor: Actor
) -> None:
    """Also in the moment between the last condition and the enrolment."""
    offer = seating.offers[0]
    take_up(offer=offer, actor=actor)
    if settled:
        settle(offer, DIPLOMA, ConditionStatus.MET, actor, reason="")
        settle(offer, LAPTOP, ConditionStatus.MET, actor, reason="")
    withdraw_application(application=offer.application, reason="", actor=actor)

    hear_everything()

    assert not Enrolment.objects.exists()
    offer.refresh_from_db()
    assert offer.status == OfferStatus.DECLINED
    must_be_whole(seating.intake)


def test_the_applicant_reads_the_conditions_before_and_after_accepting(
    seating: Seating, signed_in: Callable[[User], Client]
) -> None:
    offer = seating.offers[0]
    client = signed_in(offer.application.person.user)
    page = reverse("selection:offer-detail", args=[offer.public_id])

    before = client.get(page).content.decode()
    answer = client.post(reverse("enrolments:offer-accept", args=[offer.public_id]))
    after = client.get(page).content.decode()
    mine = client.get(reverse("portal:my-applications")).content.decode()

    assert DIPLOMA in before
    assert "You can accept now: the place is held for you." in before
    assert answer["Location"].endswith(page)
    assert "You accepted, and we hold this place for you." in after
    assert LAPTOP in after
    assert "Your place is held." in mine


def test_a_coordinator_settles_conditions_in_the_browser(seating: Seating, as_coordinator: Client) -> None:
    offer = seating.offers[0]
    page = reverse("selection:offer-manage", args=[offer.public_id])
    first, second = (each.pk for each in offer.conditions.all())

    def post(pk: object, status: str, reason: str = "") -> int:
        values = {"condition": pk, f"c{pk}-status": status, f"c{pk}-reason": reason}
        return as_coordinator.post(page, values).status_code

    assert post(first, "met") == 302
    assert post(second, "waived") == 422
    assert post(second, "nonsense", "x") == 422
    assert post("x", "met") == 404
    assert post(0, "met") == 404
    assert post(second, "waived", "Lost in the flood") == 302
    assert post(second, "not_met", "x") == 409
    shown = as_coordinator.get(page).content.decode()
    assert "Lost in the flood" in shown
    listed = as_coordinator.get(reverse("selection:offer-list", args=[seating.intake.public_id]))
    assert "condition open" not in listed.content.decode()
