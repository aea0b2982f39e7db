"""What a visitor and an applicant cost, with few and with many applications behind the page."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import count

from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from apps.accounts.enums import Role
from apps.applications.models import Application, FormVersion
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.bench.measure import Row, cost
from tests.factories.accounts import MembershipFactory
from tests.factories.bulk import applications_for
from tests.factories.places import CountryFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory

#: A visitor's whole way: program, eligibility, start, two sections, check, sign-in, send, sent.
STEPS = 14
people = count()


def rows() -> Iterator[Row]:
    CountryFactory()
    intake = IntakeFactory(seats=10_000)
    EligibilityRuleFactory(intake=intake, key="english")
    FormVersion.objects.create(
        intake=intake,
        number=1,
        definition={"sections": DEFINITION["sections"][:1]},
        published_at=intake.opens_at,
    )
    for size in (100, 10_000):
        applications_for(intake, size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        page = reverse("programs:program-detail", args=[intake.program.slug, intake.slug])
        client = Client()
        yield Row(f"Program page, {size} applications", cost(partial(client.get, page)), 8)
        flow = cost(lambda: one_applicant(intake), times=10)
        yield Row(f"Whole flow of one applicant ({STEPS} requests), {size}", flow, 6 * STEPS)
    yield api_list(intake)


def api_list(intake: Intake) -> Row:
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user
    key = Token.objects.create(user=coordinator).key
    client = Client(headers={"authorization": f"Token {key}"})
    found = cost(lambda: client.get("/api/applications/run/") and cache.clear())
    return Row("API list of 50 of 10,100", found, 15, 5)


def one_applicant(intake: Intake) -> None:
    """Every request a newcomer makes, the mailed code included."""
    cache.clear()
    client = Client()
    program = [intake.program.slug, intake.slug]
    client.get(reverse("programs:program-detail", args=program))
    client.get(reverse("programs:eligibility", args=program))
    client.post(reverse("programs:eligibility", args=program), {"english": "yes"})
    start = client.post(reverse("applications:start", args=[intake.public_id]))
    draft = Application.objects.latest("pk")
    client.get(start["Location"])
    section = reverse("applications:section", args=[draft.public_id, "about-you"])
    client.get(section)
    answers = {"full-name": "Suda Kaew", "date-of-birth": "2001-03-27", "country": "TH", "version": "0"}
    client.post(section, answers)
    check = reverse("applications:check", args=[draft.public_id])
    page = client.get(check).content.decode()
    onward = re.search(r'href="([^"]*claim[^"]*)"', page).group(1).replace("&amp;", "&")
    address = f"bench{next(people)}@example.org"
    form = client.post(reverse("account_request_login_code"), {"email": address, "next": onward})
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body)).group()
    client.post(form["Location"], {"code": code, "next": onward})
    client.get(onward)
    client.get(check)
    sent = client.post(check, {"key": "00000000-0000-4000-8000-000000000000"})
    client.get(sent["Location"])
