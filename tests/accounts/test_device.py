"""Whose phone it is: asked once, remembered as long as it may be, forgotten when one leaves."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.test_sign_in import ask_for_code, code_in_mail

pytestmark = pytest.mark.django_db
DEVICE, FINISH = reverse("accounts:device"), reverse("accounts:device-finish")


def test_an_own_phone_is_remembered_and_a_shared_one_until_the_browser_closes(client: Client) -> None:
    client.post(DEVICE, {"device": "own", "next": "/en/offline/"})
    assert client.cookies["device"].value == "own"
    assert int(client.cookies["device"]["max-age"]) > 60 * 60 * 24 * 300
    assert not client.session.get_expire_at_browser_close()

    client.post(DEVICE, {"device": "shared"})
    assert client.cookies["device"].value == "shared"
    assert client.cookies["device"]["max-age"] == ""
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("said", ["", "mine", "own\x00", "OWN"])
def test_another_answer_is_none(said: str, client: Client) -> None:
    assert client.post(DEVICE, {"device": said}).status_code == 302
    assert "device" not in client.cookies


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_the_answer_never_leads_to_another_site(onward: str, client: Client) -> None:
    assert client.post(DEVICE, {"device": "own", "next": onward})["Location"] == "/"
    assert "evil" not in client.get(DEVICE, {"next": onward}).content.decode().split("<main")[1]


def test_the_code_page_asks_once(client: Client) -> None:
    page = ask_for_code(client, "suda@example.org")
    assert 'name="device"' in client.get(page).content.decode()
    client.post(page, {"code": code_in_mail(), "device": "shared"})

    assert client.cookies["device"].value == "shared"
    assert "_auth_user_id" in client.session
    assert client.session.get_expire_at_browser_close()
    client.logout()
    mail.outbox.clear()
    client.cookies["device"] = "shared"
    assert 'name="device"' not in client.get(ask_for_code(client, "suda@example.org")).content.decode()


def test_the_question_can_be_left_open(client: Client) -> None:
    page = ask_for_code(client, "suda@example.org")
    client.post(page, {"code": code_in_mail()})

    assert "_auth_user_id" in client.session
    assert "device" not in client.cookies


def test_signing_out_empties_the_browser(as_applicant: Client) -> None:
    as_applicant.post(DEVICE, {"device": "own"})

    answer = as_applicant.post(reverse("account_logout"))

    assert answer["Clear-Site-Data"] == '"storage"'
    assert is_gone(as_applicant)
    assert "_auth_user_id" not in as_applicant.session


def test_finishing_on_a_shared_phone_forgets_pages_and_drafts(client: Client) -> None:
    client.post(DEVICE, {"device": "shared"})
    session = client.session
    session["drafts"] = ["x"]
    session.save()
    assert FINISH in client.get(DEVICE).content.decode()

    answer = client.post(FINISH)

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert is_gone(client)
    assert "drafts" not in client.session


def is_gone(client: Client) -> bool:
    kept = client.cookies["device"]
    return kept.value == "" and datetime.strptime(kept["expires"], "%a, %d %b %Y %H:%M:%S %Z").replace(
        tzinfo=UTC
    ) < datetime.now(UTC)
