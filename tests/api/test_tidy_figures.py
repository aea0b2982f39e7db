"""The API tells the tidy table, whole or page by page, and which releases there are."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.events.models import EventRecord
from apps.inclusion.api import tidy as page_of_rows
from apps.inclusion.api.figures import tidy
from apps.inclusion.models import Release
from apps.inclusion.selectors.tidy import tidy_rows
from tests.factories.inclusion import ReleaseFactory, split, tell_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(staff: Callable[..., User], caller: Callable[[User], APIClient]) -> APIClient:
    return caller(staff(Role.FUNDER))


@pytest.fixture
def release() -> Release:
    found = ReleaseFactory()
    stages = {
        "enrolled": {
            ("", ""): 120,
            **split("gender", 70, 45, 5),
            **split("disability", None, 90, None),
            ("gender+residence", "woman+rural"): 40,
            ("gender+residence", "woman+other"): 25,
            ("gender+residence", "other+rural"): 20,
            ("gender+residence", "other+other"): 20,
            ("people", ""): 110,
        }
    }
    tell_figures(found, stages)
    tell_figures(found, stages, scope="kind", scope_key="course")
    tell_figures(found, {"enrolled": {("", ""): 85}}, scope="intake", scope_key="only-inside")
    return found


def all_pages(me: APIClient, address: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        shown = me.get(following).json()
        rows += shown["results"]
        following = shown["next"]
    return rows


def test_pages_together_are_the_tidy_table(
    me: APIClient, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_rows, "SIZE", 4)

    rows = all_pages(me, f"/api/figures/{release.public_id}/tidy/")

    assert rows == [tidy(row) for row in tidy_rows(release)]
    assert {row["scope"] for row in rows} == {"all", "kind"}
    assert EventRecord.objects.filter(name="FiguresTaken", payload__file="tidy.json").count() == 1


def test_one_scope_may_be_asked_for_and_odd_questions_are_no_trouble(me: APIClient, release: Release) -> None:
    here = f"/api/figures/{release.public_id}/tidy/"

    kind = me.get(here, {"scope": "kind", "scope_key": "course"}).json()["results"]

    assert {(row["scope"], row["scope_key"]) for row in kind} == {("kind", "course")}
    assert me.get(here, {"scope": "kind", "scope_key": "x"}).json()["results"] == []
    assert me.get(here, {"scope": "intake"}).status_code == 404
    for odd in ("-1", "x", "9" * 30, "²"):
        assert me.get(here, {"cursor": odd}).json()["results"][0]["scope"] == "all"


def test_a_scope_tells_crossings_and_quality_and_its_own_hidden_figures(
    me: APIClient, release: Release
) -> None:
    shown = me.get("/api/figures/").json()
    rows = {(row["dimension"], row["group"], row["measure"]): row for row in shown["figures"]}

    crossed = rows["gender+residence", "woman+rural", "SHARE"]
    assert (crossed["value"], crossed["numerator"], crossed["denominator"]) == (38, 40, 105)
    assert rows["people", "", "PEOPLE"]["value"] == 110
    hidden = rows["disability", "yes", "PEOPLE"]
    assert (hidden["value"], hidden["reason"], hidden["status"]) == (None, "hidden", "Q")
    assert shown["funnel"][2]["groups"]["disability"] == {"value": None, "reason": "hidden"}
    assert (shown["period"], shown["as_of"], shown["small_threshold"]) == ("2026-Q3", "2026-09-30", 5)


def test_releases_are_listed_and_a_number_leads_to_its_figures(me: APIClient, release: Release) -> None:
    newer = ReleaseFactory(cadence="running")
    release.replaced_by = newer
    release.save()
    ReleaseFactory(cadence="running", is_built=False)

    listed = me.get("/api/figures/releases/").json()["results"]

    assert [row["number"] for row in listed] == [newer.number, release.number]
    assert (listed[1]["replaced_by"], listed[1]["period"]) == (newer.number, "2026-Q3")
    assert me.get("/api/figures/").json()["number"] == newer.number
    assert me.get("/api/figures/", {"release": release.number}).json()["number"] == release.number
    for odd in ("0", "x", "9" * 30, "", "-1"):
        assert me.get("/api/figures/", {"release": odd}).status_code == 404


def test_text_that_no_database_takes_is_refused(me: APIClient, release: Release) -> None:
    answer = me.get(f"/api/figures/{release.public_id}/tidy/?scope=kind&scope_key=%00%ED%A0%80")

    assert answer.status_code < 500
