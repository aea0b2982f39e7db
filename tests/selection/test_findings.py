"""Who was found not eligible asks for a human look: told which rule, in time and once, answered by somebody else."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.applications.services import decide_eligibility, reverse_eligibility
from apps.core.actors import CLOCK, SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.selection.enums import LookStatus
from apps.selection.models import HumanLook
from apps.selection.selectors import told_finding
from apps.selection.services import answer_look, ask_eligibility_look, withdraw_look
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import EligibilityRuleFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def refused(intake: Intake) -> Application:
    """Found not eligible by one of two rules."""
    EligibilityRuleFactory(intake=intake, key="english")
    EligibilityRuleFactory(intake=intake, key="laptop", question={"en": "Do you have a laptop?"})
    application = ApplicationFactory(
        intake=intake, eligibility_answers={"english": False, "laptop": True}, status="submitted"
    )
    return decide_eligibility(application=application, actor=SYSTEM)


@pytest.fixture
def me(refused: Application) -> Actor:
    return user_actor(refused.person.user)


@pytest.fixture
def mine(refused: Application, signed_in: SignedIn) -> Client:
    return signed_in(refused.person.user)


@pytest.fixture
def other(staff: Callable[..., User]) -> User:
    return staff(Role.COORDINATOR)


@pytest.fixture
def second(other: User) -> Actor:
    return user_actor(other)


@pytest.fixture
def look(refused: Application, me: Actor) -> HumanLook:
    return ask_eligibility_look(application=refused, words="I passed an exam in English.", actor=me)


@pytest.fixture
def page(refused: Application) -> str:
    return reverse("portal:my-application", args=[refused.public_id])


def letters() -> list[tuple[str, str]]:
    run_due_deliveries()
    sent = Message.objects.filter(channel=Channel.EMAIL).order_by("id")
    return list(sent.values_list("template", "body"))


def names() -> list[str]:
    return list(EventRecord.objects.filter(name__startswith="HumanLook").values_list("name", flat=True))


def told_days_ago(days: float) -> None:
    """The audit trail refuses changes; the clock of a test moves it all the same."""
    with pgtrigger.ignore("events.EventRecord:append_only"):
        found = EventRecord.objects.filter(name="ApplicationFoundIneligible")
        found.update(at=timezone.now() - timedelta(days=days))


def test_the_page_says_which_rule_with_which_answer_and_how_to_ask(page: str, mine: Client) -> None:
    shown = mine.get(page).content.decode()

    assert "Can you take part in English?" in shown
    assert "You answered: No" in shown
    assert "The lessons are in English only." in shown
    assert "You can ask until" in shown
    assert "Do you have a laptop?" not in shown.split("Ask a person to look again")[0]


def test_asking_twice_is_one_request_with_a_clock_and_one_letter(refused: Application, me: Actor) -> None:
    first = ask_eligibility_look(application=refused, words="Look", actor=me)
    again = ask_eligibility_look(application=refused, words=" Look ", actor=me)

    assert first == again
    assert first.due_at - first.asked_at == timedelta(days=14)
    assert names() == ["HumanLookAsked"]
    assert [template for template, _body in letters()] == ["application-ineligible", "look-asked"]
    with pytest.raises(Conflict):
        ask_eligibility_look(application=refused, words="Other words", actor=me)


def test_asking_ends_after_fourteen_days(refused: Application, me: Actor) -> None:
    told_days_ago(14.01)
    with pytest.raises(Conflict, match="over"):
        ask_eligibility_look(application=refused, words="Late", actor=me)
    told_days_ago(13.99)

    assert ask_eligibility_look(application=refused, words="In time", actor=me)


def test_only_the_applicant_asks_with_words_about_a_finding_in_force(
    refused: Application, me: Actor, second: Actor, intake: Intake
) -> None:
    for wrong in (second, CLOCK):
        with pytest.raises(NotAllowed):
            ask_eligibility_look(application=refused, words="x", actor=wrong)
    with pytest.raises(Invalid):
        ask_eligibility_look(application=refused, words=" ", actor=me)
    reverse_eligibility(application=refused, reason="Seen by ourselves", actor=second)
    with pytest.raises(Conflict):
        ask_eligibility_look(application=refused, words="x", actor=me)
    never = ApplicationFactory(intake=intake, status="eligible")
    with pytest.raises(Conflict):
        ask_eligibility_look(application=never, words="x", actor=user_actor(never.person.user))

    assert not HumanLook.objects.exists()


def test_what_stays_is_answered_in_words_at_once(
    look: HumanLook, second: Actor, mine: Client, page: str, refused: Application
) -> None:
    answer_look(look=look, verdict="upheld", answer="The exam is another one.", actor=second)

    *_before, (template, body) = letters()
    assert template == "look-answered"
    assert "The exam is another one." in body
    assert "stays not eligible" in body
    shown = mine.get(page).content.decode()
    assert "The exam is another one." in shown
    assert "Your application stays not eligible." in shown
    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.INELIGIBLE


def test_a_correction_lets_the_application_go_on_and_tells_both(
    look: HumanLook, second: Actor, mine: Client, page: str, refused: Application
) -> None:
    answer_look(look=look, verdict="corrected", answer="You are right.", reason="Exam seen", actor=second)

    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.ELIGIBLE
    found = EventRecord.objects.get(name="ApplicationFoundEligible")
    assert (found.actor_user_id, found.payload["reason"]) == (second.user_id, "Exam seen")
    told = dict(letters())
    assert "Exam seen" in told["application-eligible"]
    assert "You are right." in told["look-answered"]
    shown = mine.get(page).content.decode()
    assert "Your application goes on." in shown
    assert "Why it is not eligible" not in shown


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"reason": "x", "outcome": "offer"}, {"reason": "x", "verdict": "waiting"}]
)
def test_a_correction_that_cannot_be_made_answers_nothing(
    look: HumanLook, second: Actor, refused: Application, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid):
        answer_look(**{"look": look, "verdict": "corrected", "answer": "Yes", **wrong}, actor=second)

    look.refresh_from_db()
    refused.refresh_from_db()
    assert (look.status, refused.status) == (LookStatus.WAITING, ApplicationStatus.INELIGIBLE)


def test_who_found_it_by_hand_does_not_look_at_it_and_the_applicant_reads_why(
    intake: Intake, actor: Actor, second: Actor, signed_in: SignedIn
) -> None:
    application = ApplicationFactory(intake=intake, status="eligible")
    reverse_eligibility(application=application, reason="The diploma is forged", actor=actor)
    owner = application.person.user
    shown = signed_in(owner).get(reverse("portal:my-application", args=[application.public_id]))
    assert "The diploma is forged" in shown.content.decode()
    look = ask_eligibility_look(application=application, words="It is not", actor=user_actor(owner))

    for wrong in (actor, user_actor(owner), CLOCK):
        with pytest.raises(NotAllowed):
            answer_look(look=look, verdict="upheld", answer="All is well", actor=wrong)

    assert answer_look(look=look, verdict="upheld", answer="It is", actor=second).answered_by_id


def test_a_request_outlives_a_reversal_made_beside_it(
    look: HumanLook, refused: Application, actor: Actor, second: Actor
) -> None:
    reverse_eligibility(application=refused, reason="Seen by ourselves", actor=actor)
    with pytest.raises(Conflict):
        answer_look(look=look, verdict="upheld", answer="It stays", actor=second)

    answer_look(look=look, verdict="corrected", answer="It was wrong indeed.", actor=second)

    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.ELIGIBLE
    assert EventRecord.objects.filter(name="ApplicationFoundEligible").count() == 1


def test_each_finding_can_be_asked_about_once(
    look: HumanLook, refused: Application, me: Actor, actor: Actor, second: Actor
) -> None:
    answer_look(look=look, verdict="corrected", answer="Yes", reason="Exam seen", actor=second)
    refused.refresh_from_db()
    reverse_eligibility(application=refused, reason="The exam is forged", actor=actor)

    again = ask_eligibility_look(application=refused, words="It is not", actor=me)

    assert again != look
    told = told_finding(refused)
    assert told is not None
    assert [each.words for each in told.looks] == ["It is not", "I passed an exam in English."]
    assert told.rules == []


def test_a_request_is_taken_back_once_and_not_asked_again(
    look: HumanLook, refused: Application, me: Actor, second: Actor, mine: Client, page: str
) -> None:
    with pytest.raises(NotAllowed):
        withdraw_look(look=look, actor=second)

    for _twice in range(2):
        mine.post(reverse("selection:finding-look-withdraw", args=[refused.public_id]))

    assert names() == ["HumanLookAsked", "HumanLookWithdrawn"]
    assert "You took this request back." in mine.get(page).content.decode()
    with pytest.raises(Conflict):
        ask_eligibility_look(application=refused, words="Again", actor=me)


def test_who_withdrew_the_application_is_not_brought_back(
    look: HumanLook, refused: Application, second: Actor
) -> None:
    change(refused, to=ApplicationStatus.WITHDRAWN, withdrawn_at=timezone.now())
    with pytest.raises(Conflict):
        answer_look(look=look, verdict="corrected", answer="Yes", reason="x", actor=second)

    assert answer_look(look=look, verdict="upheld", answer="You withdrew it.", actor=second)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_one_wins(look: HumanLook, refused: Application, staff: Callable[..., User]) -> None:
    rivals = [user_actor(staff(Role.COORDINATOR)) for _rival in range(6)]
    verdicts = [{"verdict": "upheld"}, {"verdict": "corrected", "reason": "x"}]

    results = race(
        *(
            partial(answer_look, look=look, answer=f"{number}", **verdicts[number % 2], actor=rival)
            for number, rival in enumerate(rivals)
        )
    )

    assert sum(isinstance(result, HumanLook) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 5
    look.refresh_from_db()
    refused.refresh_from_db()
    after = {"upheld": ApplicationStatus.INELIGIBLE, "corrected": ApplicationStatus.ELIGIBLE}
    assert refused.status == after[look.status]
    assert names().count("HumanLookAnswered") == 1


@pytest.mark.django_db(transaction=True)
def test_answering_and_reversing_at_once_reverses_once(
    look: HumanLook, refused: Application, actor: Actor, second: Actor
) -> None:
    race(
        partial(answer_look, look=look, verdict="corrected", answer="Yes", reason="Exam seen", actor=second),
        partial(reverse_eligibility, application=refused, reason="By hand", actor=actor),
    )

    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.ELIGIBLE
    assert EventRecord.objects.filter(name="ApplicationFoundEligible").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_clicks_ask_once(refused: Application, me: Actor) -> None:
    results = race(*[partial(ask_eligibility_look, application=refused, words="Look", actor=me)] * 6)

    assert {result.pk for result in results} == {HumanLook.objects.get().pk}
    assert names() == ["HumanLookAsked"]


def test_the_table_keeps_a_look_at_one_thing_alone(look: HumanLook) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HumanLook.objects.filter(pk=look.pk).update(finding=None)


def test_the_applicant_asks_on_the_page_and_no_word_is_lost(page: str, mine: Client) -> None:
    assert mine.post(page, {"words": ""}).status_code == 422
    told_days_ago(15)
    late = mine.post(page, {"words": "My long words"})
    assert (late.status_code, "My long words" in late.content.decode()) == (409, True)
    assert "The time to ask ended on" in mine.get(page).content.decode()
    told_days_ago(1)

    assert mine.post(page, {"words": "My long words"}).status_code == 302
    assert mine.post(page, {"words": "My long words"}).status_code == 302
    other = mine.post(page, {"words": "Other words"})

    assert (other.status_code, "Other words" in other.content.decode()) == (409, True)
    assert "You have an answer by" in mine.get(page).content.decode()


def test_the_request_is_in_the_queue_of_decisions_and_is_answered_there(
    look: HumanLook, refused: Application, other: User, signed_in: SignedIn
) -> None:
    desk, address = signed_in(other), reverse("selection:look-detail", args=[look.public_id])
    assert refused.reference in desk.get(reverse("selection:look-list")).content.decode()
    shown = desk.get(address).content.decode()
    assert "Found not eligible by the rules on" in shown
    assert "Can you take part in English?" in shown
    assert "Right decision" not in shown

    slip = desk.post(address, {"verdict": "upheld", "answer": "My answer", "reason": "Exam seen"})
    wrong = desk.post(address, {"verdict": "corrected", "answer": "My answer"})
    done = desk.post(address, {"verdict": "corrected", "answer": "My answer", "reason": "Exam seen"})
    twice = desk.post(address, {"verdict": "upheld", "answer": "My other answer"})

    assert [slip.status_code, wrong.status_code, done.status_code, twice.status_code] == [422, 422, 302, 409]
    assert "My answer" in wrong.content.decode()
    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.ELIGIBLE


def test_who_found_it_by_hand_sees_that_somebody_else_must_look(
    intake: Intake, coordinator: User, actor: Actor, as_coordinator: Client
) -> None:
    application = ApplicationFactory(intake=intake, status="eligible")
    reverse_eligibility(application=application, reason="The diploma is forged", actor=actor)
    owner = user_actor(application.person.user)
    look = ask_eligibility_look(application=application, words="It is not", actor=owner)
    address = reverse("selection:look-detail", args=[look.public_id])

    shown = as_coordinator.get(address).content.decode()

    assert f"Found not eligible by {coordinator}" in shown
    assert "You took this decision" in shown
    assert as_coordinator.post(address, {"verdict": "upheld", "answer": "No"}).status_code == 403
