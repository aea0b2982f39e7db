"""A coordinator sets a program up over HTTP, from nothing to an intake that people can find."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import Organisation, User
from apps.core.zones import NEAR
from apps.programs.models import Intake, Program
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(second=0, microsecond=0)
PROGRAM = {
    "kind": "course",
    "mode": "online",
    "title": {"en": "Data for villages", "th": "ข้อมูลเพื่อหมู่บ้าน"},
    "summary": {"en": "Learn to work with data."},
}
INTAKE = {
    "name": "Intake 2027",
    "time_zone": "Asia/Bangkok",
    "opens_at": (NOW - timedelta(days=1)).isoformat(),
    "closes_at": (NOW + timedelta(days=30)).isoformat(),
    "seats": 20,
    "reviews_each": 2,
    "answer_days": 14,
    "grace_minutes": 60,
}
RULES = [
    {
        "question": "Where do you live?",
        "answer": "one_choice",
        "options": [{"value": "here", "label": "Here | now"}, {"value": "there", "label": "There"}],
        "test": "one_of",
        "value": "here",
        "unmet": "Only people from here.",
    },
    {
        "question": "Do you have time?",
        "answer": "yes_no",
        "test": "is",
        "value": "yes",
        "unmet": "It takes time.",
    },
]


@pytest.fixture
def me(coordinator: User, caller: Callable[[User], APIClient]) -> APIClient:
    return caller(coordinator)


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), status="draft")


def test_a_program_is_set_up_from_nothing_to_the_catalogue(me: APIClient) -> None:
    program = me.post("/api/programs/", PROGRAM).json()
    assert (program["slug"], program["title"]["th"]) == ("data-for-villages", PROGRAM["title"]["th"])
    made = me.post(f"/api/programs/{program['public_id']}/intakes/", INTAKE)
    here = f"/api/intakes/{made.json()['public_id']}"
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    assert made.json()["may_become"] == ["cancelled", "published"]

    ruled = me.put(f"{here}/rules/", {"version": 1, "rules": RULES})
    aimed = me.put(f"{here}/targets/", {"version": 2, "targets": {"women": "50.0", "rural": None}})
    moved = [me.post(f"{here}/move/", {"to": to}).json()["status"] for to in ("published", "open")]

    assert ruled.json()["rules"][0] == RULES[0]
    assert aimed.json()["targets"] == {"women": "50.0", "rural": None, "disability": None}
    assert moved == ["published", "open"]
    assert [each["name"] for each in APIClient().get("/api/intakes/").json()["results"]] == [
        {"en": "Intake 2027"}
    ]


def test_what_was_shown_can_be_sent_back_and_rivals_are_told(me: APIClient, intake: Intake) -> None:
    here = f"/api/intakes/{intake.public_id}/setup/"
    shown = me.get(here).json()
    asked = {name: shown[name] for name in (*INTAKE, "version") if name not in ("name", "opens_at")}
    again = {**asked, "name": "Changed", "closes_at": INTAKE["closes_at"], "seats": 30}

    changed, late = me.put(here, again), me.put(here, again)

    assert (changed.json()["seats"], changed.json()["name"]) == (30, {"en": "Changed"})
    assert changed.json()["opens_at"] is None
    assert late.status_code == 409


def test_what_people_can_see_keeps_its_closing_day(me: APIClient, organisation: Organisation) -> None:
    seen = IntakeFactory(program=ProgramFactory(organisation=organisation))
    body = {**INTAKE, "closes_at": None, "version": 1}

    answer = me.put(f"/api/intakes/{seen.public_id}/setup/", body)

    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["closes_at"])
    assert me.get(f"/api/intakes/{seen.public_id}/setup/").json()["version"] == 1


def test_one_key_makes_one_intake(me: APIClient, intake: Intake) -> None:
    address = f"/api/programs/{intake.program.public_id}/intakes/"

    ids = {me.post(address, INTAKE, HTTP_IDEMPOTENCY_KEY="k").json()["public_id"] for _call in range(2)}

    assert len(ids) == 1
    assert Intake.objects.count() == 2


@pytest.mark.parametrize("zone", NEAR)
def test_moments_keep_their_instant_in_every_zone(me: APIClient, intake: Intake, zone: str) -> None:
    moment = "2027-01-31T23:30:00+14:00"
    answer = me.post(
        f"/api/programs/{intake.program.public_id}/intakes/",
        {**INTAKE, "time_zone": zone, "opens_at": moment, "closes_at": None},
    )

    assert datetime.fromisoformat(answer.json()["opens_at"]) == datetime.fromisoformat(moment)


BAD_INTAKES: list[tuple[dict[str, Any], int, str]] = [
    ({"seats": "many"}, 400, "seats"),
    ({"seats": -1}, 400, "seats"),
    ({"seats": 10**12}, 400, "seats"),
    ({"seats": True}, 400, "seats"),
    ({"name": ""}, 400, "name"),
    ({"name": "x" * 81}, 400, "name"),
    ({"name": "\u202e"}, 422, "name"),
    ({"name": "a\x07b"}, 422, "name"),
    ({"time_zone": "Mars/Base"}, 400, "time_zone"),
    ({"opens_at": "yesterday"}, 400, "opens_at"),
    ({"opens_at": "0001-01-01T00:00:00Z"}, 400, "opens_at"),
    ({"opens_at": "2027-01-01T00:00:30Z"}, 400, "opens_at"),
    ({"closes_at": "2020-01-01T00:00:00Z"}, 422, "closes_at"),
    ({"starts_on": "2027-02-30"}, 400, "starts_on"),
    ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, 422, "ends_on"),
    ({"status": "open"}, 400, "status"),
    ({"seats_taken": 0}, 400, "seats_taken"),
]


@pytest.mark.parametrize(("wrong", "status", "field"), BAD_INTAKES)
def test_a_bad_intake_is_refused_at_its_field(
    me: APIClient, intake: Intake, wrong: dict[str, Any], status: int, field: str
) -> None:
    answer = me.post(f"/api/programs/{intake.program.public_id}/intakes/", {**INTAKE, **wrong})

    assert (answer.status_code, list(answer.json()["fields"])) == (status, [field])
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"title": {"th": "x"}}, 422),
        ({"title": {"xx": "x"}}, 400),
        ({"title": "x"}, 400),
        ({"kind": "exchange"}, 400),
        ({"country": "ZZ"}, 422),
        ({"organisation": "x"}, 400),
    ],
)
def test_a_bad_program_is_refused(me: APIClient, wrong: dict[str, Any], status: int) -> None:
    assert me.post("/api/programs/", {**PROGRAM, **wrong}).status_code == status
    assert not Program.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"value": "perhaps"}, 422, "rules.1.value"),
        ({"test": "at_least"}, 422, "rules.1.value"),
        ({"answer": "one_choice", "options": []}, 422, "rules.1.options"),
        ({"question": "\u200b"}, 422, "rules.1.question"),
    ],
)
def test_every_rule_that_is_wrong_is_named(
    me: APIClient, intake: Intake, wrong: dict[str, Any], status: int, field: str
) -> None:
    rules = [RULES[0], {**RULES[1], **wrong}]

    answer = me.put(f"/api/intakes/{intake.public_id}/rules/", {"version": 1, "rules": rules})

    assert answer.status_code == status
    assert field in answer.json()["fields"]
    assert not intake.eligibility_rules.exists()


def test_rules_are_fixed_once_people_can_apply(me: APIClient, organisation: Organisation) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))

    answer = me.put(f"/api/intakes/{intake.public_id}/rules/", {"version": 1, "rules": []})

    assert answer.status_code == 409


@pytest.mark.parametrize("share", ["0", "100.1", "-5", "x", "50.55"])
def test_a_target_that_is_no_share_is_refused(me: APIClient, intake: Intake, share: str) -> None:
    body = {"version": 1, "targets": {"women": share}}

    answer = me.put(f"/api/intakes/{intake.public_id}/targets/", body)

    assert answer.status_code == 400
    assert "women" in answer.json()["fields"]["targets"]


def test_going_back_needs_a_reason(me: APIClient, organisation: Organisation) -> None:
    closed = IntakeFactory(program=ProgramFactory(organisation=organisation), status="closed")
    here = f"/api/intakes/{closed.public_id}/move/"

    assert me.post(here, {"to": "open"}).json()["fields"] == {"reason": ["Say why."]}
    assert me.post(here, {"to": "open", "reason": "Closed by mistake"}).json()["status"] == "open"
    assert me.post(here, {"to": "archived"}).status_code == 409


def test_another_organisations_program_does_not_exist(me: APIClient) -> None:
    foreign = IntakeFactory()
    body = {"version": 1, "rules": [{"nonsense": 1}]}

    assert me.post(f"/api/programs/{foreign.program.public_id}/intakes/", INTAKE).status_code == 404
    assert me.put(f"/api/intakes/{foreign.public_id}/rules/", body).status_code == 404
