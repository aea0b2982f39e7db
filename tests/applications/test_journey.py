"""From the catalogue to "sent", as one person with one browser does it; and everything that can go wrong."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, FormVersion
from apps.programs.models import Intake
from tests.applications.test_inspection import a_pdf
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import EligibilityRuleFactory

pytestmark = pytest.mark.django_db
ABOUT = {
    "full-name": "สุดารัตน์",
    "date-of-birth_day": "27",
    "date-of-birth_month": "3",
    "date-of-birth_year": "2001",
    "country": "TH",
    "version": "0",
}


def plans(**changes: Any) -> dict[str, Any]:
    certificate = SimpleUploadedFile("school.pdf", a_pdf())
    return {
        "why": "To teach my village.",
        "hours": "6",
        "certificate": certificate,
        "version": "0",
        **changes,
    }


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(client: Client, intake: Intake, form_version: FormVersion) -> Application:
    client.post(reverse("applications:start", args=[intake.public_id]))
    return Application.objects.get()


def at(name: str, draft: Application, *more: str) -> str:
    return reverse(f"applications:{name}", args=[draft.public_id, *more])


def sign_in(client: Client, to: str) -> str:
    """Follow the sign-in by code and return where it leads."""
    page = client.get(to)["Location"]
    answer = client.post(page, {"email": "suda@example.org", "next": to})
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body)).group()
    answer = client.post(answer["Location"], {"code": code, "next": to})
    return str(client.get(answer["Location"])["Location"])


def test_the_whole_way_from_draft_to_reference_number(client: Client, draft: Application) -> None:
    assert draft.person is None
    client.post(at("section", draft, "about-you"), ABOUT)
    client.post(at("section", draft, "plans"), plans())
    page = client.get(at("check", draft)).content.decode()
    assert "27 March 2001" in page
    assert "Sign in to send" in page

    back = sign_in(client, re.search(r'href="([^"]*claim[^"]*)"', page).group(1).replace("&amp;", "&"))
    assert back == at("check", draft)
    key = re.search(r'name="key" value="([^"]+)"', client.get(back).content.decode()).group(1)
    answer = client.post(back, {"key": key})

    draft.refresh_from_db()
    assert answer["Location"] == at("sent", draft)
    assert draft.reference in client.get(answer["Location"]).content.decode()
    assert draft.status == ApplicationStatus.ELIGIBLE
    assert (draft.person.full_name, draft.person.country_id) == ("สุดารัตน์", "TH")
    mine = client.get(reverse("portal:my-applications")).content.decode()
    assert draft.reference in mine
    assert "Received" in mine


def test_two_clicks_on_start_begin_one_draft(client: Client, intake: Intake, draft: Application) -> None:
    client.post(reverse("applications:start", args=[intake.public_id]))

    assert Application.objects.count() == 1


def test_what_is_wrong_is_told_at_the_field_and_everything_is_kept(
    client: Client, draft: Application
) -> None:
    wrong = {**ABOUT, "date-of-birth_month": "13"}

    page = client.post(at("section", draft, "about-you"), wrong).content.decode()

    assert "This date does not exist" in page
    again = client.get(at("section", draft, "about-you")).content.decode()
    assert "สุดารัตน์" in again
    assert 'value="13"' in again


def test_coming_back_later_needs_no_answer_to_be_complete(client: Client, draft: Application) -> None:
    answer = client.post(
        at("section", draft, "about-you"), {"full-name": "Suda", "version": "0", "later": "1"}
    )

    assert answer["Location"] == at("task-list", draft)
    assert "In progress" in client.get(answer["Location"]).content.decode()


def test_two_windows_show_both_answers_and_lose_none(client: Client, draft: Application) -> None:
    client.post(at("section", draft, "about-you"), {**ABOUT, "full-name": "First window"})

    answer = client.post(at("section", draft, "about-you"), {**ABOUT, "full-name": "Second window"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First window" in page
    assert "Second window" in page
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    client.post(
        at("section", draft, "about-you"), {**ABOUT, "full-name": "Second window", "version": version}
    )
    assert draft.sections.get().answers["full-name"] == "Second window"


def test_the_same_click_twice_is_one_save(client: Client, draft: Application) -> None:
    for _click in range(2):
        assert client.post(at("section", draft, "about-you"), ABOUT).status_code == 302

    assert draft.sections.get().version == 1


def test_a_session_that_ends_in_mid_form_keeps_what_was_typed(
    client: Client, draft: Application, applicant: User, signed_in: Callable[[User], Client]
) -> None:
    mine = signed_in(applicant)
    session = mine.session
    session["drafts"] = [str(draft.public_id)]
    session.save()
    mine.get(at("claim", draft))
    mine.logout()

    answer = mine.post(at("section", draft, "about-you"), {**ABOUT, "full-name": "Typed for an hour"})
    assert "/sign-in/" in answer["Location"]
    kept = mine.session["kept_answers"]
    mine.force_login(applicant, backend="apps.accounts.backends.EmailBackend")
    session = mine.session
    session["kept_answers"] = kept
    session.save()

    assert "Typed for an hour" in mine.get(at("section", draft, "about-you")).content.decode()


def test_another_persons_draft_is_not_found(client: Client, draft: Application, as_applicant: Client) -> None:
    for name, more in (("task-list", ()), ("section", ("about-you",)), ("check", ())):
        assert as_applicant.get(at(name, draft, *more)).status_code == 404
    assert as_applicant.post(at("section", draft, "about-you"), ABOUT).status_code == 404


def test_an_unfinished_application_is_not_sent_and_says_what_is_missing(
    draft: Application, as_applicant: Client, applicant: User
) -> None:
    session = as_applicant.session
    session["drafts"] = [str(draft.public_id)]
    session.save()
    as_applicant.get(at("claim", draft))

    answer = as_applicant.post(at("check", draft), {"key": "x"})

    assert answer.status_code == 422
    assert "About you" in answer.content.decode()
    assert Application.objects.get().status == ApplicationStatus.DRAFT


def send(client: Client, draft: Application) -> Any:
    session = client.session
    session["drafts"] = [str(draft.public_id)]
    session.save()
    client.get(at("claim", draft))
    client.post(at("section", draft, "about-you"), ABOUT)
    client.post(at("section", draft, "plans"), plans())
    return client.post(at("check", draft), {"key": "00000000-0000-4000-8000-000000000000"})


def test_after_the_deadline_only_a_draft_saved_in_time_is_taken(
    draft: Application, as_applicant: Client, intake: Intake
) -> None:
    past = datetime.now(UTC) - timedelta(hours=2)
    Intake.objects.filter(pk=intake.pk).update(closes_at=past)

    late = send(as_applicant, draft)
    assert late.status_code == 409

    Application.objects.filter(pk=draft.pk).update(saved_at=past - timedelta(minutes=1))
    assert as_applicant.post(at("check", draft), {}).status_code == 302


def test_a_rule_not_met_makes_the_application_ineligible_with_the_rule(
    draft: Application, as_applicant: Client, intake: Intake
) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    Application.objects.filter(pk=draft.pk).update(eligibility_answers={"english": False})

    send(as_applicant, draft)

    draft.refresh_from_db()
    assert draft.status == ApplicationStatus.INELIGIBLE
    assert draft.eligibility_result["not_met"] == ["english"]


def test_sending_twice_is_one_application(draft: Application, as_applicant: Client) -> None:
    send(as_applicant, draft)
    again = as_applicant.post(at("check", draft), {"key": "11111111-1111-4111-8111-111111111111"})

    assert again["Location"] == at("sent", draft)
    assert Application.objects.exclude(status=ApplicationStatus.DRAFT).count() == 1


def test_an_application_can_be_withdrawn_once_and_for_all(draft: Application, as_applicant: Client) -> None:
    send(as_applicant, draft)
    for _click in range(2):
        as_applicant.post(at("withdraw", draft), {"reason": "I found work"})

    draft.refresh_from_db()
    assert draft.status == ApplicationStatus.WITHDRAWN


def test_eligibility_says_which_rule_and_what_else_is_open(client: Client, intake: Intake) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    url = reverse("programs:eligibility", args=[intake.program.slug, intake.slug])

    assert (
        "The lessons are in English only" in client.post(url, {"english": "no"}, follow=True).content.decode()
    )
    assert "You can apply" in client.post(url, {"english": "yes"}, follow=True).content.decode()
    assert "cannot tell yet" in client.post(url, {"english": "unsure"}, follow=True).content.decode()
    refused = client.post(url, {})
    assert refused.status_code == 422
    assert "Choose one answer." in refused.content.decode()


def test_eligibility_answers_are_there_again_to_be_changed(client: Client, intake: Intake) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    EligibilityRuleFactory(intake=intake, key="born", answer="birth_date", test="age_between", value=[18, 35])
    place = [intake.program.slug, intake.slug]
    url = reverse("programs:eligibility", args=place)
    assert client.get(reverse("programs:eligibility-result", args=[*place, "forged"]))["Location"] == url

    born = {"born_day": "27", "born_month": "3", "born_year": "2001"}
    client.post(url, {"english": "no", **born})

    page = client.get(url).content.decode()
    assert re.search(r'value="no"[^>]* checked', page)
    assert 'value="2001"' in page


def test_words_no_person_translated_yet_stay_english_and_say_so(client: Client, intake: Intake) -> None:
    EligibilityRuleFactory(intake=intake, key="english", question={"en": "Do you read English?"})
    page = client.get(reverse("programs:eligibility", args=[intake.program.slug, intake.slug]))
    with translation.override("en"):  # a request leaves its language behind
        thai = client.get(page.request["PATH_INFO"].replace("/en/", "/th/")).content.decode()

    assert '<h1><span lang="en">Can I apply?</span></h1>' in thai
    assert '<span lang="en">Do you read English?</span>' in thai
    assert 'lang="en">Can I apply?' not in page.content.decode()


BAD_TEXT = [
    "\x00",
    "a\x08b",
    "x" * 1_000_000,
    "e" + "\u0301" * 5000,
    "   ",
    "{{7*7}}",
    "'; DROP TABLE",
    "\u202e",
]
BAD_NUMBER = ["9" * 6000, "NaN", "Infinity", "1e400", "1E999999999", "1,5", "--1"]


@pytest.mark.parametrize("text", BAD_TEXT)
def test_any_text_gets_an_answer(client: Client, draft: Application, text: str) -> None:
    answer = client.post(at("section", draft, "about-you"), {**ABOUT, "full-name": text})

    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("number", BAD_NUMBER)
def test_numbers_nobody_means_get_a_message(client: Client, draft: Application, number: str) -> None:
    page = client.post(at("section", draft, "plans"), plans(hours=number))

    assert page.status_code == 422
    assert "govuk-error-message" in page.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_a_version_that_is_none_does_no_harm(client: Client, draft: Application, version: str) -> None:
    answer = client.post(at("section", draft, "about-you"), {**ABOUT, "version": version})

    assert answer.status_code in (302, 409)


def test_a_refused_file_is_told_at_its_field_and_the_answers_stay(client: Client, draft: Application) -> None:
    page = client.post(
        at("section", draft, "plans"), plans(certificate=SimpleUploadedFile("a.pdf", b"<html>"))
    ).content.decode()

    assert "We cannot open this file" in page
    assert "To teach my village." in client.get(at("section", draft, "plans")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_my_applications_cost_the_same_for_any_number(
    rows: int, as_applicant: Client, applicant: User, django_assert_max_num_queries: Callable
) -> None:
    person = PersonFactory(user=applicant)
    ApplicationFactory.create_batch(rows, person=person)

    with django_assert_max_num_queries(8):
        as_applicant.get(reverse("portal:my-applications"))


def test_signing_in_from_the_header_comes_back_and_takes_the_draft_over(
    client: Client, draft: Application
) -> None:
    here = at("task-list", draft)
    link = re.search(r'href="([^"]*login/code/[^"]*)"', client.get(here).content.decode()).group(1)

    back = sign_in_at(client, link)

    assert back == here
    claimed = client.get(back, follow=True)
    assert claimed.redirect_chain[-1][0] == here
    draft.refresh_from_db()
    assert draft.person.user.email == "suda@example.org"


def test_answers_sent_before_the_draft_was_taken_over_are_kept(client: Client, draft: Application) -> None:
    sign_in_at(client, reverse("account_request_login_code"))

    answer = client.post(at("section", draft, "about-you"), ABOUT, follow=True)

    assert answer.redirect_chain[-1][0] == at("section", draft, "about-you") + "#id_country"
    assert "สุดารัตน์" in answer.content.decode()


def sign_in_at(client: Client, page: str) -> str:
    """Sign in by code on `page`; return where it leads."""
    onward = parse_qs(urlsplit(page).query).get("next", [""])[0]
    form = client.post(page, {"email": "suda@example.org", "next": onward})
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body)).group()
    return str(client.post(form["Location"], {"code": code, "next": onward})["Location"])
