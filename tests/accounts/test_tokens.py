"""Everyone can make themselves a key for the API, see it once, and end it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.authtoken.models import Token

from apps.accounts.models import IdempotencyKey, User
from apps.accounts.services.tokens import forget_answers
from apps.events.models import EventRecord

pytestmark = pytest.mark.django_db


def status_with(key: str) -> int:
    return Client().get("/api/applications/", headers={"authorization": f"Token {key}"}).status_code


def made(client: Client) -> str:
    answer = client.post(reverse("accounts:token"))
    found = re.search(r"<code>([0-9a-f]{40})</code>", answer.content.decode())
    assert found
    assert answer["Cache-Control"] == "no-store"
    return found.group(1)


def test_a_key_is_shown_once_and_a_new_one_ends_the_old(as_applicant: Client) -> None:
    first = made(as_applicant)
    assert status_with(first) == 200
    assert first not in as_applicant.get(reverse("accounts:account")).content.decode()

    second = made(as_applicant)

    assert (status_with(first), status_with(second)) == (401, 200)
    assert not any(first in str(event.payload) for event in EventRecord.objects.all())


def test_an_ended_key_opens_nothing(as_applicant: Client) -> None:
    key = made(as_applicant)

    as_applicant.post(reverse("accounts:token"), {"end": "1"})
    as_applicant.post(reverse("accounts:token"), {"end": "1"})

    assert status_with(key) == 401
    assert not Token.objects.exists()
    assert EventRecord.objects.filter(name="ApiTokenEnded").count() == 1


def test_answers_to_repeated_calls_are_kept_a_day(applicant: User) -> None:
    now = timezone.now()
    for key, age in (("old", timedelta(hours=25)), ("new", timedelta(hours=23))):
        IdempotencyKey.objects.create(user=applicant, key=key, fingerprint="0" * 64)
        IdempotencyKey.objects.filter(key=key).update(created_at=now - age)

    assert [forget_answers(now=now), forget_answers(now=now)] == [1, 0]
    assert IdempotencyKey.objects.get().key == "new"
