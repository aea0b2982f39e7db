"""Coordinators see live totals of their own intake, and its groups only as a release tells them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import SYSTEM
from apps.inclusion.services import rebuild_facts
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.people import PersonFactory
from tests.factories.programs import InclusionTargetFactory, IntakeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    """Three applied, one of them is enrolled."""
    found = IntakeFactory(program__organisation=organisation)
    for number in range(3):
        person = PersonFactory()
        application = ApplicationFactory(intake=found, person=person, status="eligible")
        if number == 0:
            EnrolmentFactory(intake=found, person=person, application=application)
    rebuild_facts(intake_ids=[found.pk], actor=SYSTEM)
    return found


def words(client: Client, intake: Intake) -> str:
    answer = client.get(reverse("inclusion:intake-figures", args=[intake.public_id]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def test_totals_are_of_now_and_targets_of_this_intake(
    intake: Intake, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    InclusionTargetFactory(intake=intake, group="rural", percent=30)
    InclusionTargetFactory(group="women", percent=77)

    told = words(signed_in(coordinator), intake)

    assert "Applied3Offered a place1Enrolled1Completed0" in told
    assert "People from rural communities: 30 % of those who take part" in told
    assert "77" not in told
    assert "No release tells of groups in this intake yet." in told


def test_groups_come_from_the_release_and_never_from_now(
    intake: Intake, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    figures = {"enrolled": {("", ""): 50, **split("gender", 20, 30), **split("disability", None, None)}}
    tell_figures(ReleaseFactory(), figures, scope="intake", scope_key=str(intake.public_id))

    told = words(signed_in(coordinator), intake)

    assert "40 % of those who took part and answered (20 of 50)" in told
    assert "Target 50 %: 10 points below." in told
    assert "People with disabilities [c] Hidden" in told


def test_only_those_who_run_the_intake_open_it(
    intake: Intake,
    coordinator: User,
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    place = reverse("inclusion:intake-figures", args=[intake.public_id])
    elsewhere = staff(Role.COORDINATOR, IntakeFactory().program.organisation)

    assert signed_in(coordinator).get(place).status_code == 200
    assert signed_in(staff(Role.ADMINISTRATOR)).get(place).status_code == 200
    assert signed_in(elsewhere).get(place).status_code == 404
    assert signed_in(staff(Role.FUNDER)).get(place).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    rows: int,
    intake: Intake,
    coordinator: User,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(rows):
        release = ReleaseFactory(number=number + 1, as_of=f"202{number}-03-31")
        figures = {"enrolled": {("", ""): 50, **split("gender", 20, 30)}}
        tell_figures(release, figures, scope="intake", scope_key=str(intake.public_id))
    client = signed_in(coordinator)

    with django_assert_max_num_queries(10):
        words(client, intake)
