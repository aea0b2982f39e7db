"""The referee's pages: one link, no account, nothing lost, nothing given away."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.enums import ReferenceStatus
from apps.applications.models import Application, Reference
from apps.applications.referee_links import public_id_from, referee_link, token_of
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.bad_input import HARMLESS_TEXTS, TEXTS
from tests.factories.applications import ApplicationFactory, ReferenceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
GOOD = {"q-how-long": "Six years", "q-recommend": "yes", "version": "0"}


@pytest.fixture
def reference(intake: Intake) -> Reference:
    person = PersonFactory(full_name="Suda Kaew")
    return ReferenceFactory(application=ApplicationFactory(intake=intake, person=person, status="draft"))


def link_of(reference: Reference, language: str = "en") -> str:
    return referee_link(reference.public_id, language).removeprefix("http://localhost:8000")


def opened(client: Client, reference: Reference, language: str = "en") -> str:
    """Follow the link; return the address it leads to."""
    return str(client.get(link_of(reference, language))["Location"])


def status_of(reference: Reference) -> str:
    return Reference.objects.get(pk=reference.pk).status


def test_the_link_leads_to_who_asks_for_what_and_who_reads_it(client: Client, reference: Reference) -> None:
    page = client.get(opened(client, reference)).content.decode()

    for words in (
        "Suda Kaew",
        str(reference.application.intake.program),
        str(reference.application.intake.program.organisation),
        "Reviewers do not read it.",
        "The applicant does not read it.",
        "My teacher",
    ):
        assert words in page
    assert status_of(reference) == ReferenceStatus.OPENED


def test_following_the_link_changes_nothing_and_looking_only_opens(
    client: Client, reference: Reference
) -> None:
    where = opened(client, reference)
    assert status_of(reference) == ReferenceStatus.REQUESTED
    client.head(where)
    assert status_of(reference) == ReferenceStatus.REQUESTED

    client.get(where)
    client.get(where)
    client.get(where + "decline/")

    assert status_of(reference) == ReferenceStatus.OPENED
    assert EventRecord.objects.filter(name="ReferenceOpened").count() == 1


def test_the_address_after_the_link_opens_nothing_in_another_browser(
    client: Client, reference: Reference
) -> None:
    where = opened(client, reference)

    answer = Client().post(where, GOOD)

    assert answer.status_code == 404
    assert "Six years" in answer.content.decode()
    assert status_of(reference) == ReferenceStatus.REQUESTED


@pytest.mark.parametrize("end", ["", ".", ")", "/", ">", "%20", "?utm=1"])
def test_what_mail_programs_add_to_a_link_does_not_break_it(
    client: Client, reference: Reference, end: str
) -> None:
    answer = client.get(link_of(reference) + end)

    assert answer["Location"] == reverse("applications:referee-answer", args=[reference.public_id])


def test_every_wrong_link_gets_one_answer(client: Client, reference: Reference) -> None:
    token = token_of(reference.public_id)
    forged = token_of(reference.application.public_id).split(".")[1]
    wrong = ["x", "0" * 32, token[:-1], token[:33] + forged, "๑" * 50, "a" * 3000]

    places = {client.get(f"/en/applications/referee/{each}")["Location"] for each in wrong}

    assert places == {reverse("applications:referee-closed")}
    assert client.get(places.pop()).status_code == 404
    assert public_id_from(token) == reference.public_id


def test_a_link_without_a_reference_gets_the_same_answer(client: Client, reference: Reference) -> None:
    link = link_of(reference)
    reference.delete()

    assert client.get(link)["Location"] == reverse("applications:referee-closed")


def test_half_of_it_is_kept_and_the_link_brings_it_back(client: Client, reference: Reference) -> None:
    page = client.post(opened(client, reference), {"q-how-long": "Half a sent", "version": "0", "later": "1"})
    assert "The same link brings you back here" in page.content.decode()

    elsewhere = Client()

    assert "Half a sent" in elsewhere.get(opened(elsewhere, reference)).content.decode()


def test_a_gap_is_told_at_its_question_and_the_rest_is_kept(client: Client, reference: Reference) -> None:
    where = opened(client, reference)

    answer = client.post(where, {"q-how-long": "Six years", "version": "0", "send": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_q-recommend_0"' in page
    assert "Six years" in client.get(where).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert client.post(where, {**GOOD, "version": version}).status_code == 302
    assert status_of(reference) == ReferenceStatus.GIVEN


def test_sending_ends_in_thanks_also_for_the_second_click(client: Client, reference: Reference) -> None:
    where = opened(client, reference)
    for _click in range(2):
        client.post(where, GOOD)
        page = client.get(where).content.decode()
        assert "Thank you" in page
        assert "Six years" not in page

    assert EventRecord.objects.filter(name="ReferenceGiven").count() == 1


def test_two_windows_show_both_texts(client: Client, reference: Reference) -> None:
    where = opened(client, reference)
    client.post(where, {"q-how-long": "From the phone", "q-recommend": "no", "version": "0", "later": "1"})

    answer = client.post(where, GOOD)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone" in page
    assert "Six years" in page
    assert "What the other window saved" in page


@pytest.mark.parametrize("end", ["cancelled", "expired", "due", "withdrawn"])
def test_a_request_that_ended_says_so_and_shows_what_was_typed(
    client: Client, reference: Reference, end: str
) -> None:
    where, now = opened(client, reference), datetime.now(UTC)
    if end == "due":
        Reference.objects.update(due_at=now - timedelta(seconds=1))
    elif end == "withdrawn":
        Application.objects.update(status="withdrawn", withdrawn_at=now)
    else:
        Reference.objects.update(status=end, ended_at=now)

    answer = client.post(where, GOOD)

    assert answer.status_code == 410
    assert "Six years" in answer.content.decode()
    assert "This request is closed" in answer.content.decode()
    assert Reference.objects.get().answers == {}


def test_declining_needs_no_reason_and_ends_it(client: Client, reference: Reference) -> None:
    where = opened(client, reference)
    decline = client.get(where + "decline/").content.decode()
    assert "The applicant hears that you declined, not why" in decline

    page = client.post(where + "decline/", {"reason": ""}).content.decode()

    assert "You declined" in page
    assert status_of(reference) == ReferenceStatus.DECLINED
    assert client.post(where + "decline/", {}).status_code == 410


def test_a_thai_referee_reads_thai_where_there_is_thai(client: Client, reference: Reference) -> None:
    page = client.get(opened(client, reference, "th")).content.decode()

    assert '<html lang="th"' in page
    assert "นานเท่าไร" in page
    assert '<span lang="en">Do you recommend them?</span>' in page


def test_the_applicant_cannot_answer_for_the_referee(
    client: Client, reference: Reference, signed_in: Callable[[User], Client]
) -> None:
    mine = signed_in(reference.application.person.user)

    answer = mine.post(reverse("applications:referee-answer", args=[reference.public_id]), GOOD)

    assert answer.status_code == 404
    assert status_of(reference) == ReferenceStatus.REQUESTED


@pytest.mark.parametrize("text", [*TEXTS, *HARMLESS_TEXTS, "\ud800"])
def test_any_text_gets_an_answer_and_never_a_failure(client: Client, reference: Reference, text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = client.post(opened(client, reference), {**GOOD, "q-how-long": raw})

    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_a_version_that_is_none_does_no_harm(client: Client, reference: Reference, version: str) -> None:
    assert client.post(opened(client, reference), {**GOOD, "version": version}).status_code in (302, 409)


def test_a_choice_that_is_no_option_is_refused(client: Client, reference: Reference) -> None:
    answer = client.post(opened(client, reference), {**GOOD, "q-recommend": "maybe"})

    assert answer.status_code == 422
    assert status_of(reference) != ReferenceStatus.GIVEN


def test_no_log_line_and_no_later_address_carries_the_secret(
    client: Client, reference: Reference, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = token_of(reference.public_id)
    where = opened(client, reference)
    pages = [
        client.get(where),
        client.post(where, {"version": "0"}),
        Client().post(where, GOOD),
        client.post(where + "decline/", {"reason": "\x00"}),
        client.get(f"/en/applications/referee/{token}x", follow=True),
    ]

    secret = token.partition(".")[2]
    assert secret not in where
    assert secret not in caplog.text
    assert [page.status_code for page in pages] == [200, 422, 404, 422, 404]
    assert all(secret not in page.content.decode() for page in pages)


def test_pages_of_a_referee_are_kept_by_no_cache(client: Client, reference: Reference) -> None:
    for address in (link_of(reference), opened(client, reference)):
        assert "no-store" in client.get(address)["Cache-Control"]
