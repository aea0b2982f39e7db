"""The API runs the same services with the same rights, takes only what it names, and never fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.applications.models import Application, FormVersion
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.applications.test_inspection import a_photo
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
Caller = Callable[[User], APIClient]


@pytest.fixture
def intake(db: None) -> Intake:
    CountryFactory()
    return IntakeFactory()


@pytest.fixture
def form(intake: Intake) -> FormVersion:
    first = {**DEFINITION, "sections": [DEFINITION["sections"][0]]}
    return FormVersionFactory(intake=intake, definition=first)


@pytest.fixture
def me(applicant: User, caller: Caller) -> APIClient:
    return caller(applicant)


def test_one_applies_from_the_catalogue_to_the_offer_without_a_page(
    me: APIClient, intake: Intake, form: FormVersion
) -> None:
    found = me.get("/api/intakes/").json()["results"][0]
    begun = me.post("/api/applications/", {"intake": found["public_id"]})
    assert begun.status_code == 201
    here = f"/api/applications/{begun.json()['public_id']}"
    answers = {"full-name": "Suda", "date-of-birth": "2001-03-27", "country": "TH"}
    saved = me.put(f"{here}/sections/about-you/", {"answers": answers, "version": 0})
    assert saved.json()["state"] == "completed"

    sent = me.post(f"{here}/submit/")

    assert sent.json()["status"] == "eligible"
    assert me.post(f"{here}/submit/").json()["reference"] == sent.json()["reference"]
    assert me.get(f"{here}/").json()["sections"][0]["answers"] == answers
    assert me.post(f"{here}/withdraw/", {"reason": "x"}).json()["status"] == "withdrawn"


def test_what_is_wrong_is_named_and_what_was_sent_is_kept(
    me: APIClient, intake: Intake, form: FormVersion
) -> None:
    here = f"/api/applications/{me.post('/api/applications/', {'intake': str(intake.public_id)}).json()['public_id']}"

    answer = me.put(
        f"{here}/sections/about-you/", {"answers": {"full-name": "Suda", "country": "XX"}, "version": 0}
    )

    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"country", "date-of-birth"}
    assert Application.objects.get().sections.get().answers["full-name"] == "Suda"


def test_a_repeated_call_with_its_key_acts_once(me: APIClient, intake: Intake) -> None:
    body, key = {"intake": str(intake.public_id)}, {"HTTP_IDEMPOTENCY_KEY": "one"}
    first = me.post("/api/applications/", body, **key)

    assert me.post("/api/applications/", body, **key).json() == first.json()
    other = me.post("/api/applications/", {"intake": str(IntakeFactory().public_id)}, **key)
    assert other.status_code == 409
    assert Application.objects.count() == 1


def test_a_repeated_upload_with_its_key_is_one_document(
    me: APIClient, applicant: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = ApplicationFactory(
        person=PersonFactory(user=applicant),
        status="draft",
        form_version=FormVersionFactory(definition=DEFINITION),
    )
    address, key = f"/api/applications/{draft.public_id}/documents/", {"HTTP_IDEMPOTENCY_KEY": "one"}

    def send(content: bytes) -> Any:
        body = {"question": "certificate", "file": SimpleUploadedFile("a.jpg", content)}
        return me.post(address, body, format="multipart", **key)

    first, again, other = send(a_photo()), send(a_photo()), send(a_photo(size=(50, 30)))

    assert first.status_code == 201
    assert again.json() == first.json()
    assert other.status_code == 409
    assert draft.documents.count() == 1


@pytest.mark.parametrize("field", ["status", "outcome", "person", "id", "reference", "is_staff"])
def test_nobody_sets_what_is_not_theirs(me: APIClient, intake: Intake, field: str) -> None:
    answer = me.post("/api/applications/", {"intake": str(intake.public_id), field: "decided"})

    assert answer.status_code == 400
    assert field in answer.json()["fields"]
    assert not Application.objects.exists()


def test_a_foreign_id_is_as_absent_as_one_that_never_was(me: APIClient) -> None:
    foreign, never = ApplicationFactory(), "00000000-0000-4000-8000-000000000000"

    answers = [me.get(f"/api/applications/{each}/") for each in (foreign.public_id, never)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_a_cookie_never_signs_a_call(applicant: User, intake: Intake) -> None:
    browser = Client()
    browser.force_login(applicant, backend="apps.accounts.backends.EmailBackend")

    answer = browser.post("/api/applications/", {"intake": str(intake.public_id)}, "application/json")

    assert answer.status_code == 401


def test_an_offer_is_accepted_once(applicant: User, me: APIClient) -> None:
    offer = OfferFactory(
        application=ApplicationFactory(
            person=PersonFactory(user=applicant),
            status="decided",
            outcome="offer",
            decided_at="2026-01-01T00:00:00Z",
        )
    )

    answers = [me.post(f"/api/offers/{offer.public_id}/accept/") for _call in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert me.post(f"/api/offers/{offer.public_id}/decline/").status_code == 409


def test_eligibility_is_answered_with_reasons(intake: Intake) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    address = f"/api/intakes/{intake.public_id}/eligibility/"

    answer = APIClient().post(address, {"answers": {"english": "no"}}, format="json")

    assert answer.json()["can_apply"] is False
    assert answer.json()["reasons"]["english"] == {"en": "The lessons are in English only."}
    assert APIClient().post(address, {"answers": {}}, format="json").status_code == 422


BAD_JSON = [
    b"[" * 20_000,
    b'{"intake": "x", "intake": "y"}',
    b"[]",
    b"null",
    b'{"a": NaN}',
    b'{"a\\u0000": 1}',
    b'{"intake": {"b": "\\u0000"}}',
    b'{"intake": "\\ud800"}',
    b"{" + b",".join(b'"k%d": 1' % number for number in range(100_000)) + b"}",
    b'{"intake": 1e999}',
    b'{"intake": ' + b"9" * 6000 + b"}",
    b'{"intake": true}',
    b'{"intake": []}',
    b"\xff\xfe",
    b"{",
]


@pytest.mark.parametrize("body", BAD_JSON)
def test_json_that_means_nothing_is_refused(me: APIClient, body: bytes) -> None:
    answer = me.post("/api/applications/", body, content_type="application/json")

    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail", "fields"}


@pytest.mark.parametrize(
    "value", [None, True, 5, -1, "", "\u202e", [], [[]], {}, {"a": 1}, "9" * 5000, 1e300]
)
def test_any_answer_gets_an_answer(me: APIClient, intake: Intake, form: FormVersion, value: Any) -> None:
    here = f"/api/applications/{me.post('/api/applications/', {'intake': str(intake.public_id)}).json()['public_id']}"

    for key in ("full-name", "date-of-birth", "country"):
        answer = me.put(f"{here}/sections/about-you/", {"answers": {key: value}, "version": 0})
        assert answer.status_code in (400, 409, 422)


@pytest.mark.parametrize("query", ["cursor=x", "cursor=%00", "cursor=" + "9" * 2000, "page=1000000000"])
def test_any_query_gets_an_answer(me: APIClient, query: str) -> None:
    assert me.get(f"/api/applications/?{query}").status_code in (200, 400)


LISTS = (
    "applications/",
    "applications/run/",
    "enrolments/",
    "enrolments/run/",
    "offers/",
    "messages/",
    "intakes/",
)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_any_number(
    name: str, rows: int, coordinator: User, caller: Caller, django_assert_max_num_queries: Callable
) -> None:
    person = PersonFactory(user=coordinator)
    for _row in range(rows):
        application = ApplicationFactory(
            person=person, intake__program__organisation=coordinator.memberships.get().organisation
        )
        OfferFactory(application=application)
    client = caller(coordinator)

    with django_assert_max_num_queries(5):
        assert client.get(f"/api/{name}").status_code == 200


def test_pages_follow_each_other(applicant: User, me: APIClient) -> None:
    ApplicationFactory.create_batch(51, person=PersonFactory(user=applicant))

    first = me.get("/api/applications/").json()
    second = me.get(first["next"]).json()

    assert (len(first["results"]), len(second["results"])) == (50, 1)
    assert second["next"] is None


def test_the_description_is_whole_and_public(client: Client) -> None:
    answer = client.get("/api/schema/?format=json")

    validate_schema(answer.json() if hasattr(answer, "json") else answer.data)
    assert client.get("/api/docs/").status_code == 200


def test_a_token_of_someone_without_the_role_opens_nothing(caller: Caller) -> None:
    for name in ("applications/run/", "enrolments/run/", "reviews/"):
        assert caller(UserFactory()).get(f"/api/{name}").status_code == 403
        assert APIClient().get(f"/api/{name}").status_code == 401
