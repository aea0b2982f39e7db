"""My applications: where each stands, with moments in the reader's own time zone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
LATE = datetime(2027, 1, 5, 20, 0, tzinfo=UTC)


@pytest.fixture
def client(applicant: User, signed_in: Callable[[User], Client]) -> Client:
    client = signed_in(applicant)
    client.cookies["zone"] = "Asia/Jayapura"
    return client


def test_the_last_day_to_answer_is_the_one_where_the_reader_lives(client: Client, applicant: User) -> None:
    application = ApplicationFactory(
        person=PersonFactory(user=applicant, country=None),
        status="decided",
        outcome="offer",
        decided_at=LATE,
        submitted_at=LATE,
    )
    OfferFactory(application=application, status="delivered", delivered_at=LATE, answer_by=LATE)

    page = client.get(reverse("portal:my-applications")).content.decode()

    assert "by Wednesday 6 January 2027, 5:00 a.m. (Jayapura time, eastern Indonesia)." in page


def test_a_draft_says_when_it_must_be_sent(client: Client, applicant: User) -> None:
    ApplicationFactory(
        person=PersonFactory(user=applicant, country=None),
        status="draft",
        intake=IntakeFactory(closes_at=LATE),
    )

    page = client.get(reverse("portal:my-applications")).content.decode()

    assert "send it before Wednesday 6 January 2027, 5:00 a.m. (Jayapura time, eastern Indonesia)." in page
