"""The rule over HTTP: replaced while it is open, fixed, and changed by two people."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.programs.models import Intake
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
Caller = Callable[[User], APIClient]


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), seats=5)


@pytest.fixture
def here(intake: Intake) -> str:
    return f"/api/intakes/{intake.public_id}/rule/"


def test_a_rule_is_set_fixed_and_changed(
    here: str, coordinator: User, staff: Callable[..., User], caller: Caller
) -> None:
    me, other, country = caller(coordinator), caller(staff(Role.COORDINATOR)), CountryFactory().pk
    rule = {"floor": "50", "waitlist_size": 2, "tie_break": "sent_first", "budget": 900}
    places = [{"country": country, "at_least": 2, "cost_each": 70}]

    kept = me.put(here, {**rule, "countries": places, "version": 1}).json()
    assert (kept["countries"], kept["budget"]) == ({country: [2, 70]}, 900)
    assert me.put(here, {**rule, "version": 1}).status_code == 409
    assert me.post(f"{here}change/", {**rule, "seats": 9, "reason": "x"}).status_code == 409
    assert me.post(f"{here}lock/").json()["locked_at"]
    asked = me.post(f"{here}change/", {**rule, "seats": 9, "reason": "More money"})
    decide = f"/api/rule-changes/{asked.json()['public_id']}/decide/"

    assert asked.status_code == 201
    assert me.post(decide, {"decision": "approve"}).status_code == 403
    assert other.post(decide, {"decision": "approve"}).json()["status"] == "approved"
    assert other.post(decide, {"decision": "refuse", "answer": "No"}).status_code == 409
    assert me.get(here).json()["seats"] == 9


@pytest.mark.parametrize(
    "places",
    [
        [{"country": "ZZ", "at_least": 1}],
        [{"country": "QQ", "at_least": 1}, {"country": "QQ", "at_least": 2}],
    ],
)
def test_countries_are_known_and_named_once(
    here: str, coordinator: User, caller: Caller, places: list
) -> None:
    answer = caller(coordinator).put(here, {"floor": "50", "waitlist_size": 2, "countries": places})

    assert answer.status_code == 422
    assert "countries" in answer.json()["fields"]


def test_the_seed_is_not_told_before_closing(here: str, coordinator: User, caller: Caller) -> None:
    me = caller(coordinator)
    me.put(here, {"floor": "50", "waitlist_size": 2})

    told = me.post(f"{here}lock/").json()

    assert len(told["seed_hash"]) == 64
    assert told["seed"] == ""
