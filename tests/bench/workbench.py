"""The selection workbench at 10,000 applications: working out, the pages, freezing, holding decisions."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applications.models import InclusionDeclaration
from apps.core.actors import IMPORTER, Actor, user_actor
from apps.people.models import Person
from apps.places.models import Country
from apps.places.services import load_places
from apps.programs.models import Funding, Intake
from apps.selection.models import CountryMinimum, Scenario, SelectionRule
from apps.selection.services import ask_scenario, freeze_choice, hold_decisions, lock_rule, solve_scenarios
from tests.bench.measure import Cost, Row, cost
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.bulk import applications_for, reviewers_for, reviews_for
from tests.factories.programs import InclusionTargetFactory, IntakeFactory, ProgramFactory

APPLICATIONS, SEATS = 10_000, 500
SHARES = {"women": (0.4, 50), "rural": (0.3, 40), "disability": (0.05, 10)}
MINIMA = 30


def rows() -> Iterator[Row]:
    intake, client, actor = _prepare()
    page = reverse("selection:workbench", args=[intake.public_id])
    scenario = ask_scenario(intake=intake, name="The rule", settings={}, actor=actor)
    yield Row("Work out 500 of 10,000 with its people and scores", _spent(solve_scenarios), 5000)
    scenario = Scenario.objects.get(pk=scenario.pk)
    yield Row("Workbench page", cost(lambda: client.get(page)), 150, 20)
    yield Row("Workbench page, swaps", cost(lambda: client.get(page, {"show": "moved"})), 150, 20)
    yield Row("Freeze the choice", _spent(lambda: freeze_choice(scenario=scenario, reason="", actor=actor)))
    ranked = reverse("selection:ranking", args=[intake.public_id])
    yield Row("Ranked list under a frozen choice", cost(lambda: client.get(ranked)), 200, 15)
    result = scenario.result or {}
    outcomes = dict.fromkeys(result["chosen"], "offer") | dict.fromkeys(result["waiting"], "waitlist")
    yield Row(
        "Hold 500 offers",
        _spent(lambda: hold_decisions(intake=intake, outcomes=outcomes, reason="", actor=actor)),
    )


def _spent(deed: Callable[[], object]) -> Cost:
    began = time.process_time()
    deed()
    return Cost((time.process_time() - began) * 1000, 0, 0)


def _prepare() -> tuple[Intake, Client, Actor]:
    program = ProgramFactory(organisation=OrganisationFactory(name="Workbench"))
    now = datetime.now(UTC)
    intake = IntakeFactory(
        program=program, seats=SEATS, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=1)
    )
    applications = applications_for(intake, APPLICATIONS)
    reviews_for(applications, reviewers_for(intake, 40))
    _aim(intake, [each.pk for each in applications], [each.person_id for each in applications])
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=program.organisation).user
    lock_rule(intake=intake, actor=user_actor(coordinator))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(coordinator, backend="apps.accounts.backends.EmailBackend")
    return intake, client, user_actor(coordinator)


def _aim(intake: Intake, application_ids: list[int], person_ids: list[int]) -> None:
    """Three overlapping targets that people declared, and thirty countries with a minimum."""
    Funding.objects.create(
        program=intake.program, funder=OrganisationFactory(), inclusion_mode="reserve", legal_basis="Act 7"
    )
    for group, (_share, percent) in SHARES.items():
        InclusionTargetFactory(intake=intake, group=group, percent=percent)
    chance = random.Random(1)
    declared = [
        InclusionDeclaration(
            application_id=pk,
            groups=[group for group, (share, _percent) in SHARES.items() if chance.random() < share],
            wording="1",
            declared_at=datetime.now(UTC),
        )
        for pk in application_ids
    ]
    InclusionDeclaration.objects.bulk_create(declared, batch_size=2000)
    load_places(actor=IMPORTER)
    countries = list(Country.objects.order_by("pk")[:MINIMA])
    people = list(Person.objects.filter(pk__in=person_ids))
    for person in people:
        person.country = chance.choice(countries)
    Person.objects.bulk_update(people, ["country"], batch_size=2000)
    rule, _is_new = SelectionRule.objects.get_or_create(intake=intake, defaults={"waitlist_size": 100})
    CountryMinimum.objects.bulk_create(
        [CountryMinimum(rule=rule, country=country, at_least=8) for country in countries]
    )
