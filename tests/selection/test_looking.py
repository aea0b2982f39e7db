"""Human looks: asked in time and once, answered by somebody else and once, told when they may be."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.core.actors import CLOCK, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.models import Decision, HumanLook, Offer
from apps.selection.services import (
    answer_look,
    ask_human_look,
    correct_decision,
    hold_decisions,
    prepare_batch,
    record_offer_delivery,
    release_batch,
    withdraw_look,
)
from tests.racing import race

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]
SignedIn = Callable[[User], Client]


def told(intake: Intake, application: Application, actor: Actor, outcome: str = "not_selected") -> Decision:
    hold_decisions(intake=intake, outcomes={application.pk: outcome}, reason="x", actor=actor)
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)
    return Decision.objects.get(application=application)


@pytest.fixture
def one(reviewed: Reviewed) -> Application:
    return reviewed(70)[0]


@pytest.fixture
def decision(intake: Intake, one: Application, actor: Actor) -> Decision:
    return told(intake, one, actor)


@pytest.fixture
def me(one: Application) -> Actor:
    return user_actor(one.person.user)


@pytest.fixture
def mine(one: Application, signed_in: SignedIn) -> Client:
    return signed_in(one.person.user)


@pytest.fixture
def other(staff: Callable[..., User]) -> User:
    """A coordinator who did not take the decision."""
    return staff(Role.COORDINATOR)


@pytest.fixture
def second(other: User) -> Actor:
    return user_actor(other)


@pytest.fixture
def look(decision: Decision, me: Actor) -> HumanLook:
    return ask_human_look(decision=decision, words="You missed my certificate.", actor=me)


def letters() -> list[tuple[str, str]]:
    run_due_deliveries()
    sent = Message.objects.filter(channel=Channel.EMAIL, template__startswith="look").order_by("id")
    return list(sent.values_list("template", "body"))


def names() -> list[str]:
    return list(EventRecord.objects.filter(name__startswith="HumanLook").values_list("name", flat=True))


def later(decision: Decision, days: float) -> None:
    Decision.objects.filter(pk=decision.pk).update(released_at=timezone.now() - timedelta(days=days))


def test_asking_twice_is_one_request_with_a_clock_and_one_letter(decision: Decision, me: Actor) -> None:
    first = ask_human_look(decision=decision, words="You missed it.", actor=me)
    again = ask_human_look(decision=decision, words=" You missed it. ", actor=me)

    assert first == again
    assert first.due_at - first.asked_at == timedelta(days=14)
    assert names() == ["HumanLookAsked"]
    assert [template for template, _body in letters()] == ["look-asked"]


def test_other_words_do_not_replace_the_first(look: HumanLook, decision: Decision, me: Actor) -> None:
    with pytest.raises(Conflict):
        ask_human_look(decision=decision, words="And another thing.", actor=me)

    look.refresh_from_db()
    assert look.words == "You missed my certificate."


def test_asking_ends_after_fourteen_days(decision: Decision, me: Actor) -> None:
    later(decision, 14.01)
    with pytest.raises(Conflict, match="over"):
        ask_human_look(decision=decision, words="Late", actor=me)
    later(decision, 13.99)

    assert ask_human_look(decision=decision, words="In time", actor=me)


def test_an_offer_that_arrived_later_leaves_fourteen_days_from_then(
    intake: Intake, one: Application, actor: Actor, me: Actor
) -> None:
    decision = told(intake, one, actor, "offer")
    later(decision, 20)
    with pytest.raises(Conflict):
        ask_human_look(decision=decision, words="Which day?", actor=me)
    record_offer_delivery(offer_id=Offer.objects.get().pk, at=timezone.now(), actor=CLOCK)

    assert ask_human_look(decision=decision, words="Which day?", actor=me)


def test_only_the_applicant_asks_with_words_about_what_they_were_told(
    decision: Decision, me: Actor, actor: Actor
) -> None:
    with pytest.raises(NotAllowed):
        ask_human_look(decision=decision, words="x", actor=actor)
    with pytest.raises(NotAllowed):
        ask_human_look(decision=decision, words="x", actor=CLOCK)
    with pytest.raises(Invalid):
        ask_human_look(decision=decision, words=" ", actor=me)
    correct_decision(decision=decision, outcome="offer", reason="Mixed up", actor=actor)
    with pytest.raises(Conflict):
        ask_human_look(decision=decision, words="x", actor=me)

    assert not HumanLook.objects.exists()


def test_a_request_is_taken_back_once_and_not_asked_again(
    look: HumanLook, decision: Decision, me: Actor, second: Actor
) -> None:
    withdraw_look(look=look, actor=me)
    withdraw_look(look=look, actor=me)

    assert names() == ["HumanLookAsked", "HumanLookWithdrawn"]
    with pytest.raises(Conflict):
        ask_human_look(decision=decision, words="Again", actor=me)
    with pytest.raises(Conflict):
        answer_look(look=look, verdict="upheld", answer="No", actor=second)
    with pytest.raises(NotAllowed):
        withdraw_look(look=look, actor=second)


def test_who_took_the_decision_does_not_look_at_it(look: HumanLook, actor: Actor, me: Actor) -> None:
    for wrong in (actor, me, CLOCK):
        with pytest.raises(NotAllowed):
            answer_look(look=look, verdict="upheld", answer="All is well", actor=wrong)

    look.refresh_from_db()
    assert look.status == LookStatus.WAITING


def test_a_decision_that_stays_is_answered_in_words_at_once(
    look: HumanLook, second: Actor, mine: Client, one: Application
) -> None:
    with pytest.raises(Invalid):
        answer_look(look=look, verdict="upheld", answer=" ", actor=second)

    answer_look(look=look, verdict="upheld", answer="We read it: it is for another course.", actor=second)

    (_asked, (template, body)) = letters()
    assert template == "look-answered"
    assert "it is for another course" in body
    page = mine.get(reverse("selection:decision-detail", args=[one.public_id])).content.decode()
    assert "it is for another course" in page
    assert "The decision stays." in page


def test_a_correction_and_its_answer_are_held_together_and_told_together(
    intake: Intake, look: HumanLook, second: Actor, mine: Client, one: Application
) -> None:
    page = reverse("selection:decision-detail", args=[one.public_id])

    answer_look(
        look=look,
        verdict="corrected",
        answer="You were right.",
        outcome="offer",
        reason="Missed",
        actor=second,
    )

    assert [template for template, _body in letters()] == ["look-asked"]
    before = mine.get(page).content.decode()
    assert "You were right." not in before
    assert "You have an answer by" in before
    release_batch(batch=prepare_batch(intake=intake, actor=second), actor=second)
    assert [template for template, _body in letters()] == ["look-asked", "look-answered"]
    after = mine.get(page).content.decode()
    assert "You were right." in after
    assert "The decision was corrected." in after
    assert Decision.objects.get(application=one, version=2).outcome == "offer"


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": "", "reason": "x"}, {"outcome": "offer", "reason": " "}, {"outcome": "not_selected"}],
)
def test_a_correction_that_cannot_be_made_answers_nothing(
    look: HumanLook, second: Actor, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid):
        answer_look(look=look, verdict="corrected", answer="You were right.", **wrong, actor=second)

    look.refresh_from_db()
    assert (look.status, look.answer) == (LookStatus.WAITING, "")
    assert Decision.objects.get().status == DecisionStatus.RELEASED


def test_a_request_outlives_a_correction_made_beside_it(
    look: HumanLook, decision: Decision, actor: Actor, second: Actor
) -> None:
    correct_decision(decision=decision, outcome="offer", reason="Seen by ourselves", actor=actor)
    with pytest.raises(Conflict):
        answer_look(look=look, verdict="upheld", answer="It stays", actor=second)

    answer_look(look=look, verdict="corrected", answer="It was wrong indeed.", actor=second)

    assert Decision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_one_wins(look: HumanLook, staff: Callable[..., User]) -> None:
    rivals = [user_actor(staff(Role.COORDINATOR)) for _rival in range(6)]
    verdicts = [
        {"verdict": "upheld"},
        {"verdict": "corrected", "outcome": "offer", "reason": "x"},
    ]

    results = race(
        *(
            partial(answer_look, look=look, answer=f"{number}", **verdicts[number % 2], actor=rival)
            for number, rival in enumerate(rivals)
        )
    )

    assert sum(isinstance(result, HumanLook) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 5
    look.refresh_from_db()
    assert Decision.objects.count() == (2 if look.status == LookStatus.CORRECTED else 1)
    assert names().count("HumanLookAnswered") == 1


@pytest.mark.django_db(transaction=True)
def test_many_clicks_ask_once(decision: Decision, me: Actor) -> None:
    results = race(*[partial(ask_human_look, decision=decision, words="Look", actor=me)] * 6)

    assert {result.pk for result in results} == {HumanLook.objects.get().pk}
    assert names() == ["HumanLookAsked"]


def test_the_applicant_asks_on_the_page_and_no_word_is_lost(
    decision: Decision, one: Application, mine: Client, actor: Actor
) -> None:
    page = reverse("selection:decision-detail", args=[one.public_id])
    ask = reverse("selection:look-ask", args=[one.public_id])
    assert mine.get(ask).url == page
    assert mine.post(ask, {"words": ""}).status_code == 422
    later(decision, 15)
    late = mine.post(ask, {"words": "My long words"})
    assert (late.status_code, "My long words" in late.content.decode()) == (409, True)
    assert "The time to ask ended on" in mine.get(page).content.decode()
    later(decision, 1)

    assert mine.post(ask, {"words": "My long words"}).status_code == 302
    assert mine.post(ask, {"words": "My long words"}).status_code == 302
    other = mine.post(ask, {"words": "Other words"})

    assert (other.status_code, "Other words" in other.content.decode()) == (409, True)
    shown = mine.get(page).content.decode()
    assert "My long words" in shown
    assert "You have an answer by" in shown
    mine.post(reverse("selection:look-withdraw", args=[one.public_id]))
    assert "You took this request back." in mine.get(page).content.decode()


def test_one_request_for_each_version(
    intake: Intake, look: HumanLook, one: Application, second: Actor, me: Actor
) -> None:
    answer_look(look=look, verdict="corrected", answer="Yes", outcome="waitlist", reason="x", actor=second)
    release_batch(batch=prepare_batch(intake=intake, actor=second), actor=second)

    newer = Decision.objects.get(version=2)

    assert ask_human_look(decision=newer, words="And the place?", actor=me).decision == newer


def test_the_queue_has_the_late_ones_first_and_today_says_so(
    intake: Intake, reviewed: Reviewed, actor: Actor, other: User, signed_in: SignedIn
) -> None:
    made = reviewed(90, 80)
    for each in made:
        ask_human_look(decision=told(intake, each, actor), words="Look", actor=user_actor(each.person.user))
    HumanLook.objects.filter(application=made[1]).update(due_at=timezone.now() - timedelta(days=1))
    desk = signed_in(other)

    queue = desk.get(reverse("selection:look-list")).content.decode()
    today = desk.get(reverse("portal:today")).content.decode()

    assert queue.index(made[1].reference) < queue.index(made[0].reference)
    assert queue.count(">Late<") == 1
    assert "Requests for a human look: late" in today


def test_a_coordinator_answers_on_the_page_and_a_slip_is_refused(
    look: HumanLook, one: Application, other: User, signed_in: SignedIn, as_coordinator: Client
) -> None:
    page = reverse("selection:look-detail", args=[look.public_id])
    desk = signed_in(other)
    shown = desk.get(page).content.decode()
    assert one.reference in shown
    assert reverse("selection:frozen", args=[look.decision.frozen.public_id]) in shown
    assert "You took this decision" in as_coordinator.get(page).content.decode()
    refused = as_coordinator.post(page, {"verdict": "upheld", "answer": "No"})
    assert refused.status_code == 403

    slip = desk.post(page, {"verdict": "upheld", "answer": "My answer", "outcome": "offer"})
    wrong = desk.post(page, {"verdict": "corrected", "answer": "My answer", "outcome": "not_selected"})
    done = desk.post(page, {"verdict": "upheld", "answer": "My answer"})
    twice = desk.post(page, {"verdict": "upheld", "answer": "My other answer"})

    assert [slip.status_code, wrong.status_code, done.status_code, twice.status_code] == [422, 422, 302, 409]
    assert "My answer" in wrong.content.decode()
    assert "My other answer" in twice.content.decode()


def test_nobody_answers_their_own_request_and_foreign_ones_do_not_exist(
    look: HumanLook, one: Application, organisation: Organisation, signed_in: SignedIn
) -> None:
    one.person.user.memberships.create(organisation=organisation, role=Role.COORDINATOR)
    client = signed_in(one.person.user)

    assert client.get(reverse("selection:look-detail", args=[look.public_id])).status_code == 404
    assert one.reference not in client.get(reverse("selection:look-list")).content.decode()
