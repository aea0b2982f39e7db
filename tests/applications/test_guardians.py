"""Below the age of consent nobody sends before a guardian agreed: by link, or on paper a coordinator saw."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.models import Application, GuardianConfirmation
from apps.applications.selectors import guardianship_of
from apps.applications.services import submit_application
from apps.applications.services.guardians import (
    answer_as_guardian,
    ask_guardian,
    issue_link,
    record_paper,
)
from apps.applications.services.permissions import answer_permissions, set_asked_consents
from apps.core.actors import SYSTEM, VISITOR
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.people.selectors import has_consent, wording_for
from apps.places.models import Country, DataRule
from tests.applications.test_inspection import a_pdf
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def thailand(country: Country) -> Country:
    DataRule.objects.create(
        country=country, law="PDPA", confidence="high", guardian_below=20, guardian_age_is_unsure=False
    )
    return country


def born(years: int, *, and_days: int = 0) -> str:
    """The birthday of somebody who has been `years` for `and_days` days (where the tests are held)."""
    today = (datetime.now(UTC) + timedelta(hours=7)).date() - timedelta(days=and_days)
    try:
        return today.replace(year=today.year - years).isoformat()
    except ValueError:
        return date(today.year - years, 3, 1).isoformat()


def young(user: User, birthday: str, **answers: str) -> Application:
    draft = ApplicationFactory(
        person=PersonFactory(user=user), status="draft", form_version=FormVersionFactory()
    )
    said = {"full-name": "Nok", "date-of-birth": birthday, **answers}
    SectionAnswersFactory(application=draft, answers=said, is_complete=True)
    return draft


@pytest.fixture
def draft(applicant: User, thailand: Country) -> Application:
    return young(applicant, born(16), country="TH")


def asked(draft: Application, **values: str) -> GuardianConfirmation:
    usual = {"name": "Mali", "relation": "mother", "way": "link", "email": "mali@example.org"}
    return ask_guardian(application=draft, **{**usual, **values}, actor=SYSTEM)


def send(draft: Application) -> Application:
    return submit_application(application=draft, submission_key=uuid4(), actor=SYSTEM)


def deliver() -> None:
    while run_due_deliveries():
        pass


def link_in_the_letter() -> str:
    deliver()
    body = Message.objects.filter(template="guardian-asked").latest("id").body
    return "/" + next(word for word in body.split() if "/guardian/" in word).split("/", 3)[3]


@pytest.mark.parametrize(
    ("years", "and_days", "place", "needed"),
    [
        (19, 0, "TH", True),
        (20, 0, "TH", False),
        (20, -1, "TH", True),
        (17, 0, "KH", True),
        (18, 0, "KH", False),
        (18, -1, "", True),
    ],
)
def test_the_countrys_age_on_the_day_decides(
    years: int, and_days: int, place: str, needed: bool, applicant: User, thailand: Country
) -> None:
    draft = young(applicant, born(years, and_days=and_days), country=place)

    assert guardianship_of(draft).is_needed is needed


def test_whoever_is_old_enough_or_says_no_birthday_is_not_held_up(applicant: User, thailand: Country) -> None:
    assert send(young(applicant, born(40), country="TH")).submitted_at
    assert guardianship_of(young(UserFactory(), "")).age is None


def test_nothing_is_sent_before_a_guardian_agreed(draft: Application) -> None:
    with pytest.raises(Invalid, match="guardian"):
        send(draft)
    row = asked(draft)
    with pytest.raises(Invalid):
        send(draft)
    issue_link(guardian=row, actor=SYSTEM)
    row.refresh_from_db()

    answer_as_guardian(guardian=row, agrees=True, language="en", actor=VISITOR)

    assert send(draft).submitted_at


def test_a_no_of_the_guardian_holds_and_is_told(draft: Application) -> None:
    row = asked(draft)
    issue_link(guardian=row, actor=SYSTEM)
    row.refresh_from_db()
    answer_as_guardian(guardian=row, agrees=False, language="en", actor=VISITOR)
    deliver()

    with pytest.raises(Invalid):
        send(draft)
    assert Message.objects.filter(template="guardian-answered", recipient=draft.person.user).exists()
    asked(draft, email="another@example.org")


def test_the_link_opens_without_account_and_looking_decides_nothing(
    draft: Application, client: Client
) -> None:
    asked(draft)
    link = link_in_the_letter()

    for _time in range(3):
        page = client.get(link)
        client.head(link)

    assert page.status_code == 200
    assert "Nok" in page.content.decode()
    assert GuardianConfirmation.objects.get().status == "asked"

    client.post(link, {"answer": "agree", "mark": page.context["wording"].mark})
    assert GuardianConfirmation.objects.get().status == "confirmed"
    assert "You agreed" in client.get(link).content.decode()


@pytest.mark.parametrize("form", [{}, {"answer": "yes"}, {"answer": "agree", "mark": "other words"}])
def test_an_unclear_answer_decides_nothing(form: dict, draft: Application, client: Client) -> None:
    asked(draft)

    assert client.post(link_in_the_letter(), form).status_code in (409, 422)
    assert GuardianConfirmation.objects.get().status == "asked"


def test_only_a_hash_of_the_link_is_kept(draft: Application) -> None:
    asked(draft)
    token = link_in_the_letter().rstrip("/").split("/")[-1]
    row = GuardianConfirmation.objects.get()

    assert len(token) > 40
    assert token != row.token_hash
    assert not any(token in str(each.payload) for each in EventRecord.objects.all())


def test_links_that_are_over_do_not_open(draft: Application, client: Client) -> None:
    asked(draft)
    first = link_in_the_letter()
    asked(draft, email="father@example.org")
    second = link_in_the_letter()
    assert client.get(first).status_code == 404

    GuardianConfirmation.objects.update(link_ends_at=datetime.now(UTC) - timedelta(seconds=1))

    assert client.get(second).status_code == 404
    assert client.post(second, {"answer": "agree"}).status_code == 404
    assert client.get(reverse("applications:guardian", args=["guessed"])).status_code == 404


def test_guessing_is_stopped(client: Client, settings: Any) -> None:
    """In a cache of its own: tests that run beside this one empty the common one."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    page = reverse("applications:guardian", args=["guessed"])

    assert [client.get(page).status_code for _try in range(32)][-3:] == [404, 429, 429]


def test_nobody_is_asked_more_than_three_times_a_day(draft: Application) -> None:
    for number in range(3):
        asked(draft, email=f"g{number}@example.org")

    with pytest.raises(Invalid, match="three times"):
        asked(draft)
    assert GuardianConfirmation.objects.filter(status="asked").count() == 1


def test_ones_own_address_is_no_guardian(draft: Application) -> None:
    with pytest.raises(Invalid) as refused:
        asked(draft, email=draft.person.user.email.upper())
    assert "email" in refused.value.fields


def test_paper_is_recorded_by_a_coordinator_with_what_they_saw(
    draft: Application, coordinator: User, as_coordinator: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft.intake.program.organisation = coordinator.memberships.get().organisation
    draft.intake.program.save()
    row = asked(draft, way="paper", email="")
    page = reverse("applications:guardian-paper", args=[row.public_id])
    assert str(row.public_id) in as_coordinator.get(reverse("applications:guardian-papers")).content.decode()

    assert as_coordinator.post(page, {"agrees": "yes"}).status_code == 422
    bad = SimpleUploadedFile("x.exe", b"MZ")
    refused = as_coordinator.post(page, {"agrees": "yes", "reason": "Signed original", "paper": bad})
    assert refused.context["form"].errors.keys() == {"paper"}
    assert GuardianConfirmation.objects.get().status == "asked"

    paper = SimpleUploadedFile("signed.pdf", a_pdf())
    as_coordinator.post(page, {"agrees": "yes", "reason": "Signed original", "paper": paper})

    row.refresh_from_db()
    assert (row.status, row.recorded_by, row.reason) == ("confirmed", coordinator, "Signed original")
    assert draft.documents.get().question == "guardian-paper"
    assert send(draft).submitted_at


def test_coordinators_see_no_draft_but_the_papers_of_their_own(
    draft: Application, as_coordinator: Client
) -> None:
    row = asked(draft, way="paper", email="")

    assert as_coordinator.get(reverse("applications:guardian-paper", args=[row.public_id])).status_code == 404


def test_a_link_is_not_recorded_as_paper(draft: Application, coordinator: User) -> None:
    with pytest.raises(Conflict):
        record_paper(guardian=asked(draft), agrees=True, reason="x", paper=None, actor=SYSTEM)


def test_after_the_guardian_nothing_new_is_allowed_but_taking_back_is(draft: Application) -> None:
    set_asked_consents(intake=draft.intake, purposes=["contact", "story"], actor=SYSTEM)
    person = draft.person

    def allow(purpose: str) -> None:
        mark = wording_for(person, purpose, "en").mark
        answer_permissions(
            application=draft, answers={purpose: True}, marks={purpose: mark}, language="en", actor=SYSTEM
        )

    allow("contact")
    row = asked(draft)
    issue_link(guardian=row, actor=SYSTEM)
    row.refresh_from_db()
    answer_as_guardian(guardian=row, agrees=True, language="en", actor=VISITOR)

    row.refresh_from_db()
    assert row.allowed == ["contact"]
    with pytest.raises(Conflict):
        allow("story")
    assert not has_consent(person, "story")


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_one_moment_are_one_answer(draft: Application) -> None:
    row = asked(draft)
    issue_link(guardian=row, actor=SYSTEM)
    row.refresh_from_db()

    results = race(
        lambda: answer_as_guardian(guardian=row, agrees=True, language="en", actor=VISITOR),
        lambda: answer_as_guardian(guardian=row, agrees=False, language="en", actor=VISITOR),
    )

    assert sorted(type(each).__name__ for each in results) == ["Conflict", "GuardianConfirmation"]
    assert EventRecord.objects.filter(name="GuardianAnswered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_ask_leave_one_guardian_asked(draft: Application) -> None:
    race(*[lambda: asked(draft)] * 2)

    assert GuardianConfirmation.objects.filter(status="asked").count() == 1


def test_the_page_asks_with_unticked_boxes_and_keeps_each_answer(
    draft: Application, as_applicant: Client
) -> None:
    set_asked_consents(intake=draft.intake, purposes=["contact", "story"], actor=SYSTEM)
    page = reverse("applications:permissions", args=[draft.public_id])

    shown = as_applicant.get(page)
    form = shown.context["permissions_form"]
    assert " checked" not in shown.content.decode()
    marks = {name: form[name].value() for name in form.fields if name.endswith("-mark")}
    answer = as_applicant.post(page, {**marks, "contact": "on"})

    assert answer.status_code == 302
    assert (has_consent(draft.person, "contact"), has_consent(draft.person, "story")) == (True, False)
    assert draft.person.consents.get(purpose="story").status == "declined"


def test_a_guardian_form_with_a_mistake_keeps_what_was_typed(
    draft: Application, as_applicant: Client
) -> None:
    page = reverse("applications:guardian-ask", args=[draft.public_id])

    answer = as_applicant.post(page, {"name": "Mali", "relation": "mother", "way": "link", "email": "mali@"})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"email"}
    assert 'value="Mali"' in answer.content.decode()


def test_the_task_list_says_that_a_guardian_is_needed(
    draft: Application, as_applicant: Client, django_assert_max_num_queries: Callable
) -> None:
    page = reverse("applications:task-list", args=[draft.public_id])
    as_applicant.get(page)

    with django_assert_max_num_queries(16):
        text = as_applicant.get(page).content.decode()

    assert "A guardian is needed" in text
    refused = as_applicant.post(reverse("applications:check", args=[draft.public_id]), {"key": str(uuid4())})
    assert refused.status_code == 422
    assert "parent or guardian agrees first" in refused.content.decode()


def test_the_rule_of_an_unknown_country_is_strict_and_marked_as_unsure(applicant: User) -> None:
    draft = young(applicant, born(17), country=CountryFactory(code="KH").code)

    rule = guardianship_of(draft).rule

    assert (rule.below, rule.is_unsure) == (18, True)
