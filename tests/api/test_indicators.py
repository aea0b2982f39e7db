"""Definitions for anybody, targets for those who run the program."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import Organisation, User
from apps.core.actors import IMPORTER, Actor
from apps.inclusion.models import IndicatorDefinition
from apps.inclusion.services import load_definitions, set_target
from tests.factories.programs import ProgramFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _definitions(db: None) -> None:
    load_definitions(actor=IMPORTER)


def test_anybody_reads_the_definitions_page_by_page() -> None:
    client, address, codes = APIClient(), "/api/indicators/", []
    while address:
        answer = client.get(address).json()
        codes += [each["code"] for each in answer["results"]]
        address = answer["next"]

    assert sorted(codes) == sorted(IndicatorDefinition.objects.values_list("code", flat=True))


def test_a_coordinator_reads_the_targets_of_their_program_in_so_many_statements(
    organisation: Organisation,
    coordinator: User,
    actor: Actor,
    caller: Callable[[User], APIClient],
    django_assert_max_num_queries: Callable,
) -> None:
    program = ProgramFactory(organisation=organisation)
    address, me = f"/api/programs/{program.public_id}/indicator-targets/", caller(coordinator)

    def aim(code: str, value: int) -> None:
        set_target(
            definition=IndicatorDefinition.objects.get(code=code),
            scope="program",
            scope_key=program.slug,
            period=date(2026, 12, 31),
            value=Decimal(value),
            actor=actor,
        )

    aim("OUT-SHARE-W", 40)
    aim("OUT-SHARE-W", 45)
    with django_assert_max_num_queries(8) as one:
        (told,) = me.get(address).json()["results"]
    aim("OUT-SHARE-R", 30)
    aim("OUT-RATE", 80)
    with django_assert_max_num_queries(len(one)):
        assert len(me.get(address).json()["results"]) == 3

    assert {name: told[name] for name in ("code", "version", "unit", "period", "is_locked", "value")} == {
        "code": "OUT-SHARE-W",
        "version": 1,
        "unit": "percent",
        "period": "2026-12-31",
        "is_locked": False,
        "value": 45.0,
    }
