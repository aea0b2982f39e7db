"""The result of the questions: which rule, why, what else is open, for paper and for sharing; ask a person."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.core.actors import VISITOR, Actor
from apps.core.errors import Conflict, Invalid, TooMany
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.programs.models import EligibilityRule, Enquiry, Intake
from apps.programs.rules.alternatives import Asked, carried_over
from apps.programs.rules.eligibility import Rule
from apps.programs.selectors.eligibility import unmet_rules
from apps.programs.services.enquiries import answer_enquiry, ask, close_enquiry
from apps.programs.services.setup import set_eligibility
from apps.programs.views.eligibility import SharedResult
from tests.factories.places import CountryFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
BORN = {"born_day": "1", "born_month": "2", "born_year": "1990"}


@pytest.fixture
def intake() -> Intake:
    """Asks for English and for an age."""
    intake = IntakeFactory()
    EligibilityRuleFactory(intake=intake, key="english")
    asks_age(intake, "born", 18, 30)
    return intake


def asks_age(intake: Intake, key: str, least: int, most: int) -> EligibilityRule:
    return EligibilityRuleFactory(
        intake=intake,
        key=key,
        answer="birth_date",
        test="age_between",
        value=[least, most],
        question={"en": "When were you born?"},
        unmet={"en": f"It is for people from {least} to {most}."},
    )


def address(intake: Intake) -> str:
    return reverse("programs:eligibility", args=[intake.program.slug, intake.slug])


def result(client: Client, intake: Intake, **answers: str) -> tuple[str, str]:
    """Where the result is, and what it says."""
    where = client.post(address(intake), {"english": "yes", **BORN, **answers})["Location"]
    return where, client.get(where).content.decode()


def test_the_result_names_each_rule_that_is_not_met_with_its_reason(client: Client, intake: Intake) -> None:
    _where, page = result(client, intake, english="no")

    assert "The lessons are in English only." in page
    assert "It is for people from 18 to 30." in page


def test_what_else_is_open_is_what_the_same_answers_do_not_fail(client: Client, intake: Intake) -> None:
    fits, fails, unknown, closed = [*IntakeFactory.create_batch(3), IntakeFactory(status="closed")]
    asks_age(fits, "birthday", 18, 60)
    asks_age(fails, "birthday", 18, 25)
    EligibilityRuleFactory(intake=unknown, key="laptop")

    _where, page = result(client, intake)

    offered = page.partition("Open to you")[2]
    assert str(fits.program) in offered
    assert str(unknown.program) in offered
    assert offered.index(str(fits.program)) < offered.index(str(unknown.program))
    assert str(fails.program) not in offered
    assert str(closed.program) not in offered


def test_the_same_question_with_another_kind_of_answer_is_another_question() -> None:
    known = [Asked(Rule("home", "is", "TH"), "country"), Asked(Rule("laptop", "is", True), "yes_no")]
    wanted = [
        Asked(Rule("home", "is", "th"), "one_choice"),
        Asked(Rule("laptop", "is", True), "yes_no"),
        Asked(Rule("citizen", "is", "TH"), "country"),
    ]

    answers = carried_over(known, {"home": "TH", "laptop": False}, wanted)

    assert answers == {"home": None, "laptop": False, "citizen": None}


def test_who_is_not_sure_may_apply_and_explain(client: Client, intake: Intake) -> None:
    _where, page = result(client, intake, english="unsure", born_year="2000")

    assert "We cannot tell yet" in page
    assert "Start application" in page


def test_the_address_can_be_shared_and_says_nothing_of_the_answers(client: Client, intake: Intake) -> None:
    where, _page = result(client, intake, born_year="2000")

    friend = Client().get(where).content.decode()

    assert "You can apply" in friend
    assert "Start application" not in friend
    assert address(intake) in friend
    assert "2000" not in friend.partition("<main")[2].replace("2000-", "")
    assert not Application.objects.exists()


@pytest.mark.parametrize("what", ["made up", "of another intake", "of a rule that is gone"])
def test_a_result_that_is_not_ours_leads_to_the_questions(what: str, client: Client, intake: Intake) -> None:
    other = SharedResult(date(2026, 11, 26), ["english"], [], []).write(IntakeFactory())
    gone = SharedResult(date(2026, 11, 26), ["laptop"], [], []).write(intake)
    token = {"made up": "x:y:z", "of another intake": other, "of a rule that is gone": gone}[what]

    where = reverse("programs:eligibility-result", args=[intake.program.slug, intake.slug, token])

    assert client.get(where)["Location"] == address(intake)
    assert client.post(where, {"email": "a@example.org", "question": "Why?"})["Location"] == address(intake)
    assert not Enquiry.objects.exists()


def test_an_intake_that_has_closed_since_is_no_longer_offered(client: Client, intake: Intake) -> None:
    other = IntakeFactory()
    where, page = result(client, intake, english="no")
    assert str(other.program) in page

    Intake.objects.filter(pk=other.pk).update(status="closed")

    assert str(other.program) not in client.get(where).content.decode()


def test_a_question_reaches_the_desk_and_its_answer_the_person(
    client: Client, as_coordinator: Client, organisation: Organisation
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    EligibilityRuleFactory(intake=intake, key="english")
    where = client.post(address(intake), {"english": "no"})["Location"]

    wrong = client.post(where, {"email": "suda", "question": "I learn it now. May I?"})
    assert wrong.status_code == 422
    assert "I learn it now. May I?" in wrong.content.decode()
    client.post(where, {"email": "Suda@example.org", "question": "I learn it now. May I?"})

    assert "Questions to answer" in as_coordinator.get(reverse("portal:today")).content.decode()
    enquiry = Enquiry.objects.get()
    desk = reverse("programs:enquiry", args=[enquiry.public_id])
    assert (
        reverse("programs:enquiry", args=[enquiry.public_id])
        in as_coordinator.get(reverse("programs:enquiries")).content.decode()
    )
    assert "The lessons are in English only." in as_coordinator.get(desk).content.decode()
    assert as_coordinator.post(desk, {"answer": " "}).status_code == 422
    as_coordinator.post(desk, {"answer": "Yes, do apply."})
    run_due_deliveries()

    mail = Message.objects.get(template="enquiry-answered")
    assert mail.address == "suda@example.org"
    assert "Yes, do apply." in mail.body
    assert as_coordinator.post(desk, {"answer": "Again"}).status_code == 409
    assert Message.objects.filter(template="enquiry-answered").count() == 1


def asking(
    intake: Intake, email: str = "a@example.org", question: str = "May I?", place: str = "1"
) -> Enquiry:
    return ask(
        intake=intake,
        email=email,
        question=question,
        not_met=[],
        language="en",
        place=place,
        actor=VISITOR,
    )


def test_the_same_question_twice_is_one_question(intake: Intake) -> None:
    assert asking(intake) == asking(intake)


def test_one_address_asks_three_times_a_day(intake: Intake) -> None:
    for number in range(3):
        asking(intake, question=f"May I {number}?")

    with pytest.raises(TooMany):
        asking(intake, question="And now?")


def test_one_place_asks_twenty_times_an_hour_and_others_are_not_held_up(intake: Intake) -> None:
    for number in range(20):
        asking(intake, email=f"a{number}@example.org")

    with pytest.raises(TooMany):
        asking(intake, email="b@example.org")
    assert asking(intake, email="b@example.org", place="2")
    cache.clear()
    assert asking(intake, email="c@example.org")


def test_too_many_questions_are_told_on_the_page_and_what_was_typed_stays(
    client: Client, intake: Intake
) -> None:
    where, _page = result(client, intake)
    for number in range(3):
        client.post(where, {"email": "a@example.org", "question": f"May I {number}?"})

    refused = client.post(where, {"email": "a@example.org", "question": "One more thing"})

    assert refused.status_code == 429
    assert "One more thing" in refused.content.decode()


def test_a_question_closed_without_an_answer_can_still_be_answered(intake: Intake, actor: Actor) -> None:
    enquiry = asking(intake)

    close_enquiry(enquiry=enquiry, actor=actor)
    with pytest.raises(Invalid):
        answer_enquiry(enquiry=enquiry, answer="", actor=actor)
    answer_enquiry(enquiry=enquiry, answer="Yes.", actor=actor)

    enquiry.refresh_from_db()
    assert enquiry.status == "answered"


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_is_sent(intake: Intake, actor: Actor) -> None:
    enquiry = asking(intake)

    results = race(
        *[
            lambda text=text: answer_enquiry(
                enquiry=Enquiry.objects.get(pk=enquiry.pk), answer=text, actor=actor
            )
            for text in ("Yes.", "No.")
        ]
    )

    assert {type(each) for each in results} == {Conflict, type(None)}


@pytest.fixture
def draft(organisation: Organisation) -> Intake:
    CountryFactory(code="TH")
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation), status="draft")
    EligibilityRuleFactory(intake=intake, key="english")
    return intake


def examples_page(client: Client, intake: Intake, **typed: str) -> Any:
    where = reverse("programs:eligibility-coverage", args=[intake.public_id])
    return client.post(where, typed, follow=True) if typed else client.get(where)


def test_a_rule_with_both_examples_is_green(as_coordinator: Client, draft: Intake) -> None:
    page = examples_page(as_coordinator, draft).content.decode()

    assert "Every rule does what its examples say." in page
    assert "govuk-tag--red" not in page


def test_an_example_that_differs_turns_its_rule_red_and_stays_when_the_rule_changes(
    as_coordinator: Client, draft: Intake, actor: Actor
) -> None:
    page = examples_page(as_coordinator, draft, **{"english.passes": "no", "english.fails": ""})
    assert "does not pass, but must" in page.content.decode()

    rule = draft.eligibility_rules.get()
    values = {name: getattr(rule, name) for name in ("answer", "options", "test", "unmet")}
    EligibilityRule.objects.filter(pk=rule.pk).update(key="can-you-take-part-in-english")
    changed = [{**values, "question": rule.question, "value": False}]
    set_eligibility(intake=draft, rules=changed, version=draft.version, actor=actor)

    assert draft.eligibility_rules.get().examples == {"passes": False}
    assert "Every rule does what its examples say." in examples_page(as_coordinator, draft).content.decode()


def test_a_rule_that_nobody_can_fail_is_red_and_publishing_says_so(
    as_coordinator: Client, draft: Intake
) -> None:
    EligibilityRuleFactory(intake=draft, key="home", answer="country", test="one_of", value=["TH"])
    assert "no answer can fail this rule" in examples_page(as_coordinator, draft).content.decode()
    set_up = reverse("programs:intake-setup", args=[draft.public_id])
    assert "1 rule is not shown to work." in as_coordinator.get(set_up).content.decode()

    move = reverse("programs:intake-move", args=[draft.public_id])
    page = as_coordinator.post(move, {"to": "published"}, follow=True).content.decode()

    draft.refresh_from_db()
    assert draft.status == "published"
    assert "1 rule has no examples that show it works." in page


def test_a_bad_example_is_told_at_its_field_and_the_others_stay(
    as_coordinator: Client, draft: Intake
) -> None:
    EligibilityRuleFactory(intake=draft, key="hours", answer="number", test="at_least", value=5)
    where = reverse("programs:eligibility-coverage", args=[draft.public_id])

    page = as_coordinator.post(where, {"english.passes": "yes", "hours.fails": "many"})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"hours.fails"}
    assert 'value="many"' in page.content.decode()
    assert draft.eligibility_rules.get(key="english").examples == {}


def test_another_organisations_rules_are_not_found(
    draft: Intake, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    stranger = signed_in(staff("coordinator", at=IntakeFactory().program.organisation))

    assert examples_page(stranger, draft).status_code == 404


@pytest.mark.parametrize(
    ("answer", "given", "words"),
    [
        ("yes_no", False, "No"),
        ("yes_no", ["no"], "['no']"),
        ("one_choice", "left", "I left school"),
        ("one_choice", {"a": 1}, "{'a': 1}"),
        ("country", "LA", "Laos"),
        ("country", "??", "??"),
        ("birth_date", "1990-02-01", "1 February 1990"),
        ("birth_date", "long ago", "long ago"),
        ("number", 12.0, "12"),
        ("number", 2.5, "2.5"),
        ("number", "many", "many"),
        ("number", None, ""),
    ],
)
def test_an_answer_that_met_no_rule_is_told_in_words(answer: str, given: Any, words: str) -> None:
    CountryFactory(code="LA", names={"en": "Laos"})
    options = [{"value": "left", "label": {"en": "I left school"}}]
    rule = EligibilityRuleFactory(key="rule", answer=answer, options=options)

    (told,) = unmet_rules(rule.intake, ["rule", "gone"], {"rule": given})

    assert told.answer == words
