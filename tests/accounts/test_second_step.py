"""Staff cannot work without a second step, can set one up by themselves, and are asked for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import User
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
WORK = "/en/accounts/people/"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.STAFF_NEED_SECOND_STEP = True
    settings.DEMO = False


@pytest.fixture
def administrator(staff: Callable[..., User]) -> User:
    user = staff(Role.ADMINISTRATOR, OrganisationFactory(kind=OrganisationKind.PLATFORM))
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_an_app(client: Client) -> str:
    """Through the pages alone, as a person does it; return the secret the app keeps."""
    page = reverse("mfa_activate_totp")
    asked = client.get(page)
    client.post(asked["Location"], {"password": PASSWORD})
    secret = str(client.get(page).context["form"].secret)
    assert client.post(page, {"code": code_for(secret)}).status_code == 302
    return secret


def test_staff_are_led_to_a_choice_of_second_steps_before_any_page_opens(administrator: User) -> None:
    client = sign_in(administrator)

    answer = client.get(WORK, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert f'href="{reverse(name)}"' in answer.content.decode()


def test_staff_set_up_an_app_by_themselves_and_work(administrator: User) -> None:
    client = sign_in(administrator)

    set_up_an_app(client)

    assert client.get(WORK).status_code == 200


def test_the_password_alone_opens_nothing_once_there_is_a_second_step(administrator: User) -> None:
    secret = set_up_an_app(sign_in(administrator))
    client = sign_in(administrator)
    assert "_auth_user_id" not in client.session

    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert client.get(WORK).status_code == 200


def test_without_the_second_step_again_every_page_is_shut_again(administrator: User) -> None:
    client = sign_in(administrator)
    set_up_an_app(client)
    assert client.get(WORK).status_code == 200

    Authenticator.objects.all().delete()

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert client.get(WORK)["Location"] == reverse("mfa_index")


def test_sample_staff_are_let_in_by_the_demo_alone(administrator: User, settings: Any) -> None:
    User.objects.update(is_demo=True)
    client = sign_in(administrator)
    assert client.get(WORK).status_code == 302

    settings.DEMO = True

    answer = client.get(WORK)
    assert answer.status_code == 200
    assert "app-banner" in answer.content.decode()


@pytest.mark.parametrize(("name", "value"), [("DEMO", True), ("STAFF_NEED_SECOND_STEP", False)])
def test_a_real_service_is_not_deployed_without_the_second_step(
    name: str, value: bool, settings: Any
) -> None:
    found = {"DEMO": False, "STAFF_NEED_SECOND_STEP": True, name: value}
    for setting, wanted in found.items():
        setattr(settings, setting, wanted)

    assert "accounts.E001" in {each.id for each in run_checks(include_deployment_checks=True)}
