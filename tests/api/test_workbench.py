"""The workbench over HTTP: ask, look, override, freeze."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.programs.models import Intake
from apps.selection.models import FrozenChoice, Scenario
from apps.selection.services import solve_scenarios
from tests.api.test_selecting import reviewed
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(coordinator: User, organisation: object) -> Intake:
    now = datetime.now(UTC)
    program = ProgramFactory(organisation=organisation)
    return IntakeFactory(
        program=program, seats=1, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )


@pytest.fixture
def me(coordinator: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(coordinator)
    return client


def test_a_question_is_asked_answered_and_frozen(me: APIClient, intake: Intake) -> None:
    best, other = reviewed(intake, 90, 80)
    here = f"/api/intakes/{intake.public_id}"

    asked = me.post(f"{here}/scenarios/", {"name": "The rule"})
    waiting = me.get(f"/api/scenarios/{asked.json()['public_id']}/").json()
    solve_scenarios()
    solved = me.get(f"/api/scenarios/{asked.json()['public_id']}/").json()
    frozen = me.post(f"/api/scenarios/{asked.json()['public_id']}/freeze/", {})

    assert (asked.status_code, waiting["status"], waiting["result"]) == (201, "queued", None)
    assert solved["result"]["chosen"] == [str(best.public_id)]
    assert solved["result"]["is_proven"] is True
    assert frozen.json()["is_genuine"] is True
    again = me.get(f"/api/choices/{frozen.json()['public_id']}/").json()
    assert again["record"]["choice"]["chosen"] == [best.pk]
    assert FrozenChoice.objects.count() == 1
    assert other.pk not in again["record"]["choice"]["chosen"]


def test_a_what_if_differs_only_where_it_says_so(me: APIClient, intake: Intake) -> None:
    reviewed(intake, 90, 80)
    settings = {"seats": 2, "floor": "50.000", "counting": "one_to_one", "targets": {"women": 1}}

    me.post(f"/api/intakes/{intake.public_id}/scenarios/", {"name": "More", "settings": settings})
    solve_scenarios()

    scenario = Scenario.objects.get()
    assert scenario.settings == {
        "seats": 2,
        "floor": "50.000",
        "method": "one_to_one",
        "targets": {"women": 1},
    }
    assert len(scenario.result["chosen"]) == 2
    assert me.post(f"/api/scenarios/{scenario.public_id}/freeze/", {}).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x", "settings": {"seats": -1}},
        {"name": "x", "settings": {"floor": "NaN"}},
        {"name": "x", "settings": {"targets": {"everyone": 1}}},
        {"name": "x", "settings": {"method": "merit"}},
        {"name": "x\x00"},
        {"name": "x", "settings": []},
    ],
)
def test_nonsense_is_refused_with_words(me: APIClient, intake: Intake, body: dict) -> None:
    answer = me.post(f"/api/intakes/{intake.public_id}/scenarios/", body)

    assert answer.status_code == 400
    assert Scenario.objects.count() == 0


def test_an_override_is_made_listed_and_ended(me: APIClient, intake: Intake) -> None:
    best, other = reviewed(intake, 90, 80)
    here = f"/api/intakes/{intake.public_id}/overrides/"

    made = me.post(here, {"application": str(best.public_id), "wanted": "out", "reason": "Forged letter"})
    listed = me.get(here).json()["results"]
    twice = me.post(here, {"application": str(best.public_id), "wanted": "in", "reason": "No"})
    foreign = me.post(
        here, {"application": str(intake.public_id), "wanted": "in", "reason": "Not of this intake"}
    )
    ended = me.post(f"/api/applications/run/{best.public_id}/override/end/")

    assert (made.status_code, twice.status_code, foreign.status_code) == (201, 409, 422)
    assert [row["application"] for row in listed] == [str(best.public_id)]
    assert ended.status_code == 204
    assert me.get(here).json()["results"] == []
    assert me.post(f"/api/applications/run/{other.public_id}/override/end/").status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_for_any_number(
    rows: int, me: APIClient, intake: Intake, django_assert_max_num_queries: Callable
) -> None:
    for application in reviewed(intake, *[80] * rows):
        me.post(
            f"/api/intakes/{intake.public_id}/overrides/",
            {"application": str(application.public_id), "wanted": "in", "reason": "x"},
        )
        me.post(f"/api/intakes/{intake.public_id}/scenarios/", {"name": "x"})

    for name in ("overrides", "scenarios"):
        with django_assert_max_num_queries(7):
            assert len(me.get(f"/api/intakes/{intake.public_id}/{name}/").json()["results"]) == rows
