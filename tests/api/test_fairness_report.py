"""Coordinators get over HTTP what the page of the fairness report tells."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import Organisation, User
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.inclusion.chosen import Some, choose

pytestmark = pytest.mark.django_db


def test_the_api_tells_what_the_page_tells(
    organisation: Organisation, coordinator: User, caller: Callable[[User], APIClient]
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    me, here = caller(coordinator), f"/api/intakes/{intake.public_id}/fairness/"
    assert me.get(here).status_code == 404
    assert me.post(f"{here}make/").status_code == 422
    choose(intake, [Some("woman", 60, 50, 12), Some("man", 120, 100, 48)])

    made = me.post(f"{here}make/")

    assert made.status_code == 200
    assert me.get(here).json() == made.json()
    gender: dict[str, Any] = made.json()["dimensions"][0]
    offered = next(each for each in gender["stages"] if each["stage"] == "offered")
    woman = offered["groups"][0]
    assert (woman["least"], woman["most"], woman["pool"], woman["rate"]) == (12, 12, 60, 20.0)
    assert (woman["ratio"], woman["ratio_interval"], woman["p"]) == (0.5, [0.2881, 0.8679], 0.00729)
    assert (woman["verdict"], offered["groups"][1]["verdict"]) == ("alert", "reference")


def test_a_range_has_no_rate_and_a_small_group_no_figure(
    organisation: Organisation, coordinator: User, caller: Callable[[User], APIClient]
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    choose(
        intake,
        [Some("woman", 60, 50, 6, country="TH"), Some("man", 120, 100, 48, country="VN")],
        answered=True,
    )

    made = caller(coordinator).post(f"/api/intakes/{intake.public_id}/fairness/make/").json()

    gender, _residence, _disability, country = made["dimensions"]
    woman = next(each for each in gender["stages"] if each["stage"] == "offered")["groups"][0]
    assert (woman["least"], woman["most"], woman["rate"], woman["ratio"], woman["p"]) == (
        0,
        9,
        None,
        None,
        None,
    )
    accepted = next(each for each in country["stages"] if each["stage"] == "accepted")
    small = next(each for each in accepted["groups"] if each["verdict"] == "too_few" and each["pool"] is None)
    assert (small["least"], small["most"], small["rate"]) == (None, None, None)
