"""A yes is a yes to words that were shown; taking it back is one step, once, at once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.inclusion.models import InclusionProfile
from apps.inclusion.services import store_profile
from apps.notifications.models import Message
from apps.people.models import Consent, ConsentText, Person, SupportNeed
from apps.people.selectors import has_consent, permissions_of, wording_for
from apps.people.services import answer_consent, publish_text, save_needs, withdraw_consent
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(applicant: User) -> Person:
    return PersonFactory(user=applicant)


def answer(person: Person, *, yes: bool = True, purpose: str = "contact", mark: str | None = None) -> Consent:
    return answer_consent(
        person=person, purpose=purpose, is_given=yes, language="th", mark=mark, actor=SYSTEM
    )


def publish(**values: object) -> ConsentText:
    usual = {"purpose": "contact", "country": None, "language": "en", "title": "Tell me", "text": "More."}
    return publish_text(**{**usual, **values}, actor=SYSTEM)


def deliver() -> None:
    while run_due_deliveries():
        pass


def events(name: str) -> int:
    return EventRecord.objects.filter(name=name).count()


def test_a_yes_keeps_its_words_and_twice_is_once(person: Person) -> None:
    row = answer(person)

    assert answer(person) == row
    assert (row.status, row.text.language, row.text.version) == ("given", "en", 1)
    assert events("ConsentGiven") == 1


def test_a_no_is_kept_and_can_become_a_yes(person: Person) -> None:
    answer(person, yes=False)
    answer(person, yes=False)

    assert not has_consent(person, "contact")
    answer(person)

    assert list(person.consents.order_by("id").values_list("status", flat=True)) == ["declined", "given"]


def test_words_that_changed_meanwhile_are_not_agreed_to(person: Person) -> None:
    seen = wording_for(person, "contact", "th").mark
    publish()

    with pytest.raises(Conflict):
        answer(person, mark=seen)
    assert not has_consent(person, "contact")


def test_taking_back_holds_at_once_is_told_once_and_leaves_the_row(person: Person) -> None:
    answer(person)

    withdraw_consent(person=person, purpose="contact", actor=SYSTEM)
    withdraw_consent(person=person, purpose="contact", actor=SYSTEM)
    deliver()

    assert not has_consent(person, "contact")
    assert person.consents.get().status == "withdrawn"
    assert Message.objects.filter(template="consent-withdrawn", channel="email").count() == 1


def test_taking_support_back_deletes_what_was_needed(person: Person) -> None:
    save_needs(person=person, needs={"captions": "", "other": "A ramp"}, language="en", actor=SYSTEM)
    assert SupportNeed.objects.count() == 2

    withdraw_consent(person=person, purpose="support", actor=SYSTEM)

    assert not SupportNeed.objects.exists()


def test_taking_counting_back_removes_the_profile(person: Person) -> None:
    store_profile(person=person, answers={"gender": "woman"}, language="en", actor=SYSTEM)

    withdraw_consent(person=person, purpose="monitoring", actor=SYSTEM)
    deliver()

    assert not InclusionProfile.objects.exists()


def test_a_new_wording_ends_the_old_yes_and_asks_again(person: Person) -> None:
    answer(person)
    new = publish()
    deliver()

    assert not has_consent(person, "contact")
    assert list(person.consents.order_by("id").values_list("status", "text__version")) == [
        ("superseded", 1),
        ("asked", new.version),
    ]
    assert Message.objects.filter(template="consent-asked-again").exists()
    assert not permissions_of(person, ["contact"], "en")[0].is_answered


def test_a_translation_joins_the_wording_and_asks_nobody_again(person: Person) -> None:
    publish()
    answer(person)

    publish(language="th", title="บอกฉัน")

    assert has_consent(person, "contact")
    assert wording_for(person, "contact", "th").title == "บอกฉัน"
    with pytest.raises(Invalid):
        publish(language="th")


def test_a_country_text_asks_only_its_people_again() -> None:
    there = PersonFactory(country=CountryFactory(code="TH"))
    elsewhere = PersonFactory(country=CountryFactory(code="LA"))
    answer(there)
    answer(elsewhere)

    publish(country=there.country)

    assert (has_consent(there, "contact"), has_consent(elsewhere, "contact")) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_two_withdrawals_at_one_moment_are_one(person: Person) -> None:
    answer(person)

    results = race(*[lambda: withdraw_consent(person=person, purpose="contact", actor=SYSTEM)] * 4)

    assert [type(each).__name__ for each in results].count("Consent") == 1
    assert [each for each in results if isinstance(each, Exception)] == []
    assert events("ConsentWithdrawn") == 1


@pytest.mark.django_db(transaction=True)
def test_four_windows_saying_yes_are_one_yes(person: Person) -> None:
    results = race(*[lambda: answer(person)] * 4)

    assert [type(each).__name__ for each in results] == ["Consent"] * 4
    assert events("ConsentGiven") == 1


@pytest.mark.django_db(transaction=True)
def test_two_wordings_published_at_one_moment_get_two_versions(person: Person) -> None:
    answer(person)

    results = race(lambda: publish(title="One"), lambda: publish(title="Two"))

    assert sorted(each.version for each in results if isinstance(each, ConsentText)) in ([2], [2, 3])
    assert person.consents.filter(status="asked").count() == 1


def test_the_page_gives_and_takes_back(person: Person, as_applicant: Client) -> None:
    page = reverse("people:permissions")
    mark = wording_for(person, "contact", "en").mark

    as_applicant.post(reverse("people:permission-give", args=["contact"]), {"mark": mark})
    assert has_consent(person, "contact")
    assert "You allow this" in as_applicant.get(page).content.decode()

    as_applicant.post(reverse("people:permission-withdraw", args=["contact"]))
    assert not has_consent(person, "contact")


def test_a_yes_without_the_words_is_none(person: Person, as_applicant: Client) -> None:
    as_applicant.post(reverse("people:permission-give", args=["contact"]))

    assert not has_consent(person, "contact")


@pytest.mark.parametrize("purpose", ["support", "monitoring", "guardian", "nothing"])
def test_only_what_is_asked_here_is_given_here(purpose: str, person: Person, as_applicant: Client) -> None:
    page = as_applicant.post(reverse("people:permission-give", args=[purpose]), {"mark": "x"})

    assert page.status_code == 404
    assert not person.consents.exists()


def test_thai_pages_show_the_english_text_marked_as_english(person: Person, as_applicant: Client) -> None:
    publish(title="You may write to me")
    publish(language="th", title="ร่างโดยเครื่อง", is_machine_draft=True)

    page = as_applicant.get("/th/people/permissions/").content.decode()

    assert "ร่างโดยเครื่อง" not in page
    assert 'lang="en" aria-labelledby="purpose-contact"' in page
    assert "You may write to me" in page


def test_administrators_publish_and_a_mistake_stays_on_the_page(
    staff: Callable[[Role], User], signed_in: Callable[[User], Client]
) -> None:
    client, page = signed_in(staff(Role.ADMINISTRATOR)), reverse("people:consent-texts")
    form = {"purpose": "contact", "language": "en", "title": "Tell me more", "text": "Words."}

    assert client.post(page, {**form, "title": ""}).status_code == 422
    assert client.post(page, form).status_code == 302
    assert ConsentText.objects.get(title="Tell me more").version == 2
