"""Signing in by code: one flow for newcomers and old friends, and back to where one came from."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str, onward: str = "/en/offline/") -> str:
    answer = client.post(reverse("account_request_login_code"), {"email": email, "next": onward})
    assert answer.status_code == 302
    return str(answer["Location"])


def code_in_mail() -> str:
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found
    return found.group()


def test_a_newcomer_signs_in_with_the_mailed_code_and_returns(client: Client) -> None:
    page = ask_for_code(client, "New.Person@Example.org")

    answer = client.post(page, {"code": code_in_mail(), "next": "/en/offline/"})

    assert (answer.status_code, answer["Location"]) == (302, "/en/offline/")
    assert User.objects.get(email="new.person@example.org").pk == int(client.session["_auth_user_id"])


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    UserFactory(email="known@example.org")

    known, unknown = ask_for_code(Client(), "known@example.org"), ask_for_code(client, "unknown@example.org")

    assert known == unknown
    assert len(mail.outbox) == 2


def test_a_wrong_code_is_told_at_the_field(client: Client) -> None:
    page = ask_for_code(client, "someone@example.org")

    answer = client.post(page, {"code": "000000" if code_in_mail() != "000000" else "111111"})

    assert "govuk-error-message" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_end_the_attempt(client: Client) -> None:
    page = ask_for_code(client, "someone@example.org")
    right = code_in_mail()
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        client.post(page, {"code": wrong})

    client.post(page, {"code": right})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, onward: str) -> None:
    page = ask_for_code(client, "someone@example.org", onward)

    answer = client.post(page, {"code": code_in_mail(), "next": onward})

    assert "evil" not in answer["Location"]
    assert not answer["Location"].startswith("javascript")


@pytest.mark.parametrize("email", ["", "x", "a@b", "\x00@example.org", "a" * 300 + "@example.org"])
def test_an_address_that_is_none_gets_a_message(client: Client, email: str) -> None:
    answer = client.post(reverse("account_request_login_code"), {"email": email})

    assert answer.status_code == 200
    assert "govuk-error-message" in answer.content.decode()


def test_staff_sign_in_with_a_password() -> None:
    user = UserFactory(email="staff@example.org")
    user.set_password("a long enough password")
    user.save()
    client = Client()
    page = reverse("account_login")
    assert "Staff sign-in" in client.get(page).content.decode()

    wrong = client.post(page, {"login": "staff@example.org", "password": "wrong"})
    client.post(page, {"login": "Staff@Example.org", "password": "a long enough password"})

    assert "govuk-error-summary" in wrong.content.decode()
    assert int(client.session["_auth_user_id"]) == user.pk


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.COORDINATOR, "portal:today"),
        (Role.REVIEWER, "reviews:queue"),
        (Role.FUNDER, "inclusion:dashboard"),
        (Role.TRAINER, "enrolments:intake-list"),
        (Role.LOGISTICS, "enrolments:support-list"),
        (Role.HELPER, "applications:helper-desk"),
        (Role.ADMINISTRATOR, "inclusion:dashboard"),
    ],
)
def test_staff_come_to_their_first_page_and_find_their_pages_from_everywhere(
    role: Role, first: str, staff: Callable[..., User], client: Client
) -> None:
    user = staff(role)
    user.set_password("a long enough password")
    user.save()

    answer = client.post(
        reverse("account_login"), {"login": user.email, "password": "a long enough password"}
    )

    assert answer["Location"] == reverse(first)
    for address in (reverse("portal:home"), reverse("accounts:account"), "/en/no-such-page/"):
        assert f'<a href="{reverse(first)}"' in client.get(address).content.decode(), address


def test_applicants_see_no_staff_pages_and_come_home(client: Client) -> None:
    onward = ask_for_code(client, "suda@example.org", onward="")
    answer = client.post(onward, {"code": code_in_mail()})

    assert answer["Location"] == "/"
    assert "Successfully" not in client.get(reverse("portal:home")).content.decode()
    assert "app-nav" not in client.get(reverse("portal:home")).content.decode()
    assert "app-nav" not in Client().get(reverse("portal:home")).content.decode()


def test_the_link_to_sign_in_comes_back_to_a_page_but_not_to_the_door(client: Client) -> None:
    link = reverse("account_request_login_code")
    catalogue = reverse("programs:catalogue")

    assert f'href="{link}?next={catalogue}"' in client.get(catalogue).content.decode()
    assert f'href="{link}"' in client.get(reverse("portal:home")).content.decode()


def test_an_account_that_is_closed_is_signed_out_on_its_next_request(client: Client) -> None:
    user = UserFactory()
    client.force_login(user, backend="apps.accounts.backends.CodeBackend")
    page = reverse("accounts:account")
    assert client.get(page).status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get(page).status_code == 302


def test_pages_of_the_second_step_open(client: Client) -> None:
    client.force_login(UserFactory(), backend="apps.accounts.backends.EmailBackend")

    for name in ("mfa_index", "mfa_list_webauthn"):
        assert client.get(reverse(name)).status_code in (200, 302)


def test_an_address_with_a_typing_error_can_be_replaced_at_once(client: Client) -> None:
    ask_for_code(client, "suda@exampel.org", "/en/messages/")
    page = reverse("account_request_login_code")
    assert 'value="/en/messages/"' in client.get(page, {"next": "/en/messages/"}).content.decode()

    onward = ask_for_code(client, "suda@example.org", "/en/messages/")
    answer = client.post(onward, {"code": code_in_mail(), "next": "/en/messages/"})

    assert answer["Location"] == "/en/messages/"
    assert User.objects.get(email="suda@example.org").pk == int(client.session["_auth_user_id"])
