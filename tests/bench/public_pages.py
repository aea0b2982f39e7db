"""What a visitor and an applicant cost, with few and with many applications behind the page."""

from collections.abc import Iterator
from functools import partial
from io import StringIO

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from apps.accounts.enums import Role
from apps.applications.models import FormVersion
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.bench import flows
from tests.bench.measure import Row, cost
from tests.factories.accounts import MembershipFactory
from tests.factories.bulk import applications_for
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory


def rows() -> Iterator[Row]:
    call_command("load_places", stdout=StringIO())
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
        yield from flows.rows(intake, size)
    yield api_list(intake)


def api_list(intake: Intake) -> Row:
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user
    key = Token.objects.create(user=coordinator).key
    client = Client(headers={"authorization": f"Token {key}"})
    found = cost(lambda: client.get("/api/applications/run/") and cache.clear())
    return Row("API list of 50 of 10,100", found, 15, 5)
