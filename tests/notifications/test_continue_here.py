"""The mail "continue here": told once, when there is something to continue and someone to tell."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.models import Application
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.factories.applications import FormVersionFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    CountryFactory()
    found = IntakeFactory()
    FormVersionFactory(intake=found, definition=DEFINITION)
    return found


def begin(client: Client, intake: Intake) -> Application:
    client.post(reverse("applications:start", args=[intake.public_id]))
    return Application.objects.get()


def save(client: Client, draft: Application, name: str) -> None:
    address = reverse("applications:section", args=[draft.public_id, "about-you"])
    row = draft.sections.first()
    client.post(address, {"full-name": name, "version": row.version if row else 0, "later": "1"})


def told() -> list[str]:
    run_due_deliveries()
    return [each.body for each in Message.objects.filter(template="draft-started", channel="email")]


def test_whoever_is_signed_in_hears_at_the_first_save_and_only_then(
    as_applicant: Client, intake: Intake
) -> None:
    draft = begin(as_applicant, intake)
    assert told() == []

    save(as_applicant, draft, "Suda")
    save(as_applicant, draft, "Suda Kaew")

    assert len(told()) == 1
    assert reverse("applications:task-list", args=[draft.public_id]) in told()[0]


@pytest.mark.parametrize("saved_before", [True, False])
def test_who_began_without_an_account_hears_once_there_is_an_address(
    saved_before: bool, client: Client, applicant: User, intake: Intake
) -> None:
    draft = begin(client, intake)
    if saved_before:
        save(client, draft, "Suda")
    assert told() == []

    client.force_login(applicant, backend="apps.accounts.backends.EmailBackend")
    client.get(reverse("applications:claim", args=[draft.public_id]))
    assert len(told()) == saved_before

    save(client, draft, "Suda Kaew")
    save(client, draft, "Suda Kaew Two")
    assert len(told()) == 1
