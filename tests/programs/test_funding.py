"""What money may do about targets is an administrator's decision, with its legal basis, for ever told."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import Actor, user_actor
from apps.core.errors import Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.programs.enums import InclusionMode
from apps.programs.models import Funding, Program
from apps.programs.selectors import groups_that_count, inclusion_mode_of
from apps.programs.services.funding import add_funder, set_inclusion_mode
from tests.factories.accounts import OrganisationFactory
from tests.factories.programs import (
    FundingFactory,
    InclusionTargetFactory,
    IntakeFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(organisation: Organisation) -> Program:
    return ProgramFactory(organisation=organisation)


@pytest.fixture
def administrator(staff: Callable[..., User]) -> User:
    return staff(Role.ADMINISTRATOR, OrganisationFactory(kind="platform"))


def by_token(user: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")
    return client


@pytest.mark.parametrize(
    ("modes", "counts"),
    [
        ([], "outreach_only"),
        (["reserve"], "reserve"),
        (["reserve", "tie_break"], "tie_break"),
        (["tie_break", "outreach_only"], "outreach_only"),
        (["reserve", "off", "tie_break"], "off"),
    ],
)
def test_of_several_streams_the_most_careful_counts(program: Program, modes: list[str], counts: str) -> None:
    for mode in modes:
        FundingFactory(program=program, inclusion_mode=mode, legal_basis="Law 7")
    intake = InclusionTargetFactory(intake=IntakeFactory(program=program), group="rural").intake

    assert inclusion_mode_of(program) == counts
    assert groups_that_count(intake) == (["rural"] if counts in ("tie_break", "reserve") else [])


def test_each_change_is_told_with_what_was_before_and_why(administrator: User, program: Program) -> None:
    funding, actor = FundingFactory(program=program), user_actor(administrator)

    for _twice in range(2):
        set_inclusion_mode(funding=funding, inclusion_mode="reserve", legal_basis="Law 7", actor=actor)
    set_inclusion_mode(funding=funding, inclusion_mode="off", legal_basis="Executive order", actor=actor)

    told = EventRecord.objects.filter(name="InclusionModeChanged").order_by("id")
    assert [(row.payload["before"], row.payload["after"], row.payload["basis"]) for row in told] == [
        ("outreach_only", "reserve", "Law 7"),
        ("reserve", "off", "Executive order"),
    ]
    assert {row.actor_user_id for row in told} == {administrator.pk}


@pytest.mark.parametrize("basis", ["", "   "])
def test_no_mode_without_its_legal_basis(administrator: User, basis: str) -> None:
    funding = FundingFactory()

    with pytest.raises(Invalid):
        set_inclusion_mode(
            funding=funding, inclusion_mode="reserve", legal_basis=basis, actor=user_actor(administrator)
        )

    funding.refresh_from_db()
    assert funding.inclusion_mode == InclusionMode.OUTREACH_ONLY


def test_a_coordinator_never_changes_a_mode(actor: Actor, program: Program) -> None:
    funding = FundingFactory(program=program)

    with pytest.raises(NotAllowed):
        set_inclusion_mode(funding=funding, inclusion_mode="reserve", legal_basis="Law 7", actor=actor)

    assert not EventRecord.objects.filter(name="InclusionModeChanged").exists()


def test_naming_a_funder_again_keeps_the_mode(actor: Actor, program: Program) -> None:
    funding = FundingFactory(program=program, inclusion_mode="reserve", legal_basis="Law 7")

    add_funder(program=program, funder=funding.funder, actor=actor)

    assert Funding.objects.get().inclusion_mode == "reserve"


def test_the_page_of_a_coordinator_ignores_a_mode(program: Program, as_coordinator: Client) -> None:
    funder = OrganisationFactory(kind="funds")
    sent = {"funder": funder.pk, "inclusion_mode": "reserve", "legal_basis": "Law 7"}

    answer = as_coordinator.post(reverse("programs:funding-set", args=[program.public_id]), sent)

    assert answer.status_code == 302
    assert Funding.objects.get().inclusion_mode == "outreach_only"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FUNDER, Role.REVIEWER])
def test_only_administrators_open_the_switch(
    role: Role, program: Program, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    funding, user = FundingFactory(program=program), staff(role)
    sent = {"inclusion_mode": "reserve", "legal_basis": "Law 7"}

    page = signed_in(user).post(reverse("programs:inclusion-mode", args=[funding.pk]), sent)
    call = by_token(user).put(f"/api/fundings/{funding.pk}/inclusion-mode/", sent)

    assert (page.status_code, call.status_code) == (403, 403)
    assert Funding.objects.get().inclusion_mode == "outreach_only"


def test_an_administrator_sets_it_on_the_page_and_by_the_api(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    funding = FundingFactory()
    page, client = reverse("programs:inclusion-mode", args=[funding.pk]), signed_in(administrator)

    assert client.post(page, {"inclusion_mode": "reserve", "legal_basis": ""}).status_code == 422
    assert client.post(page, {"inclusion_mode": "reserve", "legal_basis": "Law 7"}).status_code == 302
    assert "Law 7" in client.get(reverse("programs:inclusion-modes")).content.decode()
    call = by_token(administrator).put(
        f"/api/fundings/{funding.pk}/inclusion-mode/", {"inclusion_mode": "tie_break", "legal_basis": "Law 8"}
    )

    assert (call.status_code, call.json()["inclusion_mode"]) == (200, "tie_break")
    funding.refresh_from_db()
    assert (funding.inclusion_mode, funding.legal_basis) == ("tie_break", "Law 8")


def test_the_api_names_funders_without_a_mode(program: Program, coordinator: User) -> None:
    funder, client = OrganisationFactory(kind="funds"), by_token(coordinator)
    here = f"/api/programs/{program.public_id}/funders/"

    made = client.post(here, {"funder": str(funder.public_id)})
    more = client.post(here, {"funder": str(funder.public_id), "inclusion_mode": "reserve"})
    other = client.post(here, {"funder": str(OrganisationFactory().public_id)})

    assert (made.status_code, made.json()["inclusion_mode"]) == (201, "outreach_only")
    assert (more.status_code, other.status_code) == (400, 404)
    assert [row["funder"] for row in client.get(here).json()["results"]] == [str(funder.public_id)]


def test_three_streams_cost_the_queries_of_one(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    client, counts = signed_in(administrator), []

    for _rows in range(3):
        FundingFactory()
        client.get(reverse("programs:inclusion-modes"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("programs:inclusion-modes"))
        counts.append(len(asked))

    assert counts[0] == counts[2]
