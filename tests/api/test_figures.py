"""Funders get over HTTP exactly what the dashboard shows: hidden is null, with the reason."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.inclusion.models import ReleasedFigure
from apps.inclusion.services.releases import release_figures
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.programs import InclusionTargetFactory, IntakeFactory
from tests.inclusion.test_services import crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def funder(staff: Callable[..., User]) -> User:
    return staff(Role.FUNDER)


@pytest.fixture
def me(funder: User, caller: Callable[[User], APIClient]) -> APIClient:
    return caller(funder)


def numbers(value: Any) -> list[Any]:
    """Every figure of an answer, wherever it stands."""
    if isinstance(value, dict):
        return [each for part in value.values() for each in numbers(part)]
    if isinstance(value, list):
        return [each for part in value for each in numbers(part)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def test_the_latest_release_says_what_the_dashboard_says(
    me: APIClient, funder: User, signed_in: Callable[[User], Client]
) -> None:
    InclusionTargetFactory(percent=50)
    release = ReleaseFactory()
    tell_figures(release, {"enrolled": {("", ""): 100, **split("gender", 60, 40, 0)}})

    shown = me.get("/api/figures/").json()
    women = shown["headlines"][0]
    page = signed_in(funder).get(reverse("inclusion:dashboard")).content.decode()

    assert (women["percent"], women["count"], women["answered"], women["participants"]) == (60, 60, 100, 100)
    assert (women["target"], women["reason"], women["response_percent"]) == (50.0, None, 100)
    low, high = women["interval"]
    said = f"(60 of 100). Sure to within {low} to {high} %."
    assert f"60 %</strong> of those who took part and answered {said}" in page
    assert shown["funnel"][2]["everyone"] == {"value": 100, "reason": None}
    assert me.get(f"/api/figures/{release.public_id}/").json() == shown


def test_what_is_hidden_is_null_with_the_reason_and_stands_nowhere(me: APIClient) -> None:
    crowd(IntakeFactory(), women=40, men=30)
    small = IntakeFactory()
    crowd(small, women=4, men=30)
    release_figures(actor=SYSTEM)

    shown = me.get("/api/figures/").json()
    row = next(row for row in shown["breakdowns"]["program"] if row["key"] == small.program.slug)

    assert row["shares"]["gender"] == {"percent": None, "count": None, "answered": None, "reason": "hidden"}
    released = set(ReleasedFigure.objects.filter(is_hidden=False).values_list("value", flat=True))
    assert 4 not in numbers([shown["breakdowns"], shown["funnel"]])
    assert {cell["value"] for step in shown["funnel"] for cell in step["groups"].values()} <= released | {
        None
    }


def test_too_few_answers_make_no_share(me: APIClient) -> None:
    enrolled = {("", ""): 50, **split("residence", 5, 10, 35)}
    tell_figures(ReleaseFactory(), {"enrolled": enrolled})

    residence = me.get("/api/figures/").json()["headlines"][1]

    assert (residence["percent"], residence["count"]) == (None, None)
    assert (residence["reason"], residence["answered"]) == ("too_few_answers", 15)
    assert residence["interval"] is None


def test_one_program_is_shown_as_its_dashboard_shows_it(me: APIClient) -> None:
    intake, release = IntakeFactory(), ReleaseFactory()
    enrolled = {("", ""): 100, **split("gender", 60, 40, 0)}
    tell_figures(release, {"enrolled": enrolled}, scope="program", scope_key=intake.program.slug)
    here = f"/api/figures/{release.public_id}"

    shown = me.get(f"{here}/program/{intake.program.slug}/").json()

    assert (shown["scope_name"], shown["headlines"][0]["percent"]) == (str(intake.program), 60)
    assert shown["breakdowns"] == {}
    for wrong in ("program/nothing", "all/x", "person/1", "country/ZQ"):
        assert me.get(f"{here}/{wrong}/").status_code == 404


def test_without_a_release_there_is_nothing_and_only_watchers_look(
    me: APIClient, caller: Callable[[User], APIClient], applicant: User
) -> None:
    crowd(IntakeFactory(), women=60, men=40)

    assert me.get("/api/figures/").status_code == 404
    assert caller(applicant).get("/api/figures/").status_code == 403
    assert APIClient().get("/api/figures/").status_code == 401
    for method in ("post", "put", "patch", "delete"):
        assert getattr(me, method)("/api/figures/").status_code == 405


def test_the_figures_cost_the_same_for_any_number(
    me: APIClient, django_assert_max_num_queries: Callable
) -> None:
    release = ReleaseFactory()
    for _program in range(3):
        slug = IntakeFactory().program.slug
        tell_figures(release, {"enrolled": {("", ""): 30}}, scope="program", scope_key=slug)

    with django_assert_max_num_queries(10):
        assert me.get("/api/figures/").status_code == 200
