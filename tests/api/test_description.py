"""The API keeps its own description: whatever the description allows to send gets the answer it promises."""

import re
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from django.urls import get_resolver, reverse
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from urllib3 import HTTPResponse

from tests.access.one_world import one_world as one_world
from tests.access.test_matrix import PAGES, addresses
from tests.access.world import World

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
EXAMPLES = 15
#: Who calls an operation: the first of these for whom its row of the permission matrix is open.
CALLERS = ("applicant", "reviewer", "coordinator", "funder", "administrator")
#: The address as described → its row of the matrix: who may call it, and what its ids name.
ROWS = {
    "/api/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern)): PAGES[name]
    for name, pattern in addresses(get_resolver())
    if name.startswith("api:")
}


def described() -> Any:
    return schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))


OPERATIONS = {each.ok().label: each.ok() for each in described().get_all_operations()}


@pytest.fixture
def world(settings: Any, one_world: World) -> World:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
    return one_world


def call(client: APIClient, case: Any, here: dict[str, Any]) -> requests.Response:
    """Send what was made up, and dress the answer so that the checks can read it."""
    address = case.operation.path.format(**here)
    query = {name: str(value) for name, value in (case.query or {}).items()}
    body = case.body if isinstance(case.body, dict) else {}
    if case.method == "GET":
        answer = client.get(address, query)
    elif case.media_type == "multipart/form-data":
        flat = {name: each for name, each in body.items() if isinstance(each, str | bytes | int)}
        answer = client.post(address, flat, format="multipart")
    else:
        answer = getattr(client, case.method.lower())(address, body, format="json")
    dressed = requests.Response()
    dressed.status_code, dressed._content = answer.status_code, answer.content
    dressed.raw = HTTPResponse(headers=dict(answer.items()), status=answer.status_code)
    dressed.request = requests.Request(case.method, f"http://testserver{address}").prepare()
    return dressed


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_the_api_keeps_its_description(label: str, world: World) -> None:
    operation = OPERATIONS[label]
    _method, rule, things = ROWS[operation.path]
    user = world.people[next(role for role in CALLERS if rule[role] == "open")]
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")
    here = world.kwargs(**things)

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def try_it(case: Any) -> None:
        with transaction.atomic():
            case.validate_response(call(client, case, here), checks=CHECKS)
            transaction.set_rollback(True)

    try_it()


def test_every_call_that_does_something_takes_a_key_that_makes_it_happen_once() -> None:
    """Asking whether one may apply does nothing, so it needs none."""
    without = [
        label
        for label, operation in OPERATIONS.items()
        if label.startswith("POST") and "Idempotency-Key" not in str(operation.definition.raw["parameters"])
    ]

    assert without == ["POST /api/intakes/{public_id}/eligibility/"]


def test_the_description_is_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    SchemaGenerator().get_schema(request=None, public=True)

    assert capsys.readouterr().err == ""


def test_every_operation_says_that_it_takes_a_token_and_who_needs_none_says_so() -> None:
    assert len(OPERATIONS) >= 140
    assert {operation.path for operation in OPERATIONS.values()} == set(ROWS) - {"/api/docs/"}
    assert reverse("api:schema") == "/api/schema/"
    for label, operation in OPERATIONS.items():
        assert operation.definition.raw.get("security"), label
