"""Who belongs to a group says so themselves, for choosing people alone; coordinators read it, nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.models import Application, InclusionDeclaration
from apps.applications.selectors import declared_groups
from apps.applications.services import declare_groups, withdraw_declaration
from apps.applications.services.opening import Locked
from apps.core.actors import Actor, on_behalf, user_actor
from apps.core.errors import Invalid
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.programs.models import Funding, Intake
from tests.access.walls import GROUP, plant_declarations
from tests.access.world import World, build
from tests.factories.applications import ApplicationFactory, AssistanceFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import FundingFactory, InclusionTargetFactory, IntakeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    intake = IntakeFactory()
    FundingFactory(program=intake.program, inclusion_mode="reserve", legal_basis="Law 7")
    for group in ("women", "rural"):
        InclusionTargetFactory(intake=intake, group=group)
    return intake


@pytest.fixture
def draft(intake: Intake, applicant: User) -> Application:
    return ApplicationFactory(intake=intake, person=PersonFactory(user=applicant), status="draft")


@pytest.fixture
def me(applicant: User) -> Actor:
    return user_actor(applicant)


def page_of(application: Application) -> str:
    return reverse("applications:declaration", args=[application.public_id])


def test_what_is_ticked_counts_and_none_is_an_answer_too(
    draft: Application, as_applicant: Client, applicant: User
) -> None:
    as_applicant.post(page_of(draft), {"groups": ["rural"]})
    assert declared_groups([draft.pk]) == {draft.pk: frozenset({"rural"})}

    check = as_applicant.get(reverse("applications:check", args=[draft.public_id])).content.decode()
    assert "People from rural communities" in check
    as_applicant.post(page_of(draft), {})

    assert declared_groups([draft.pk]) == {}
    assert InclusionDeclaration.objects.get().withdrawn_at is None
    tasks = as_applicant.get(reverse("applications:task-list", args=[draft.public_id])).content.decode()
    assert "Groups you want to be counted in" in tasks


def test_the_same_twice_is_once_and_the_event_tells_no_group(draft: Application, me: Actor) -> None:
    for _twice in range(2):
        declare_groups(application=draft, groups=["women", "rural"], actor=me)
    for _twice in range(2):
        withdraw_declaration(application=draft, actor=me)

    told = EventRecord.objects.filter(name__in=["GroupsDeclared", "DeclarationWithdrawn"]).order_by("id")
    assert [row.name for row in told] == ["GroupsDeclared", "DeclarationWithdrawn"]
    assert all(row.payload == {"application_id": draft.pk} for row in told)
    said = InclusionDeclaration.objects.get()
    assert (said.groups, said.withdrawn_at is None) == ([], False)


@pytest.mark.parametrize("mode", ["off", "outreach_only"])
def test_nothing_is_asked_where_targets_choose_nobody(
    mode: str, draft: Application, as_applicant: Client, me: Actor
) -> None:
    Funding.objects.update(inclusion_mode=mode)

    assert as_applicant.get(page_of(draft)).status_code == 404
    tasks = as_applicant.get(reverse("applications:task-list", args=[draft.public_id])).content.decode()
    assert page_of(draft) not in tasks
    with pytest.raises(Invalid):
        declare_groups(application=draft, groups=["rural"], actor=me)


def test_a_group_without_a_target_is_not_asked_about(
    draft: Application, as_applicant: Client, me: Actor
) -> None:
    assert "disabilities" not in as_applicant.get(page_of(draft)).content.decode()
    assert as_applicant.post(page_of(draft), {"groups": ["disability"]}).status_code == 422
    with pytest.raises(Invalid):
        declare_groups(application=draft, groups=["disability"], actor=me)


def test_after_sending_it_can_be_said_until_closing_and_taken_back_until_the_decision(
    draft: Application, as_applicant: Client, me: Actor
) -> None:
    now = datetime.now(UTC)
    Application.objects.update(status="in_review", submitted_at=now)
    declare_groups(application=draft, groups=["rural"], actor=me)
    Intake.objects.update(status="closed", closes_at=now - timedelta(hours=1))

    with pytest.raises(Locked):
        declare_groups(application=draft, groups=["women"], actor=me)
    mine = as_applicant.get(reverse("portal:my-application", args=[draft.public_id])).content.decode()
    assert page_of(draft) in mine
    assert "People from rural communities" in as_applicant.get(page_of(draft)).content.decode()
    as_applicant.post(page_of(draft), {"withdraw": "1"})

    assert declared_groups([draft.pk]) == {}


def test_a_released_decision_ends_it(draft: Application, as_applicant: Client, me: Actor) -> None:
    declare_groups(application=draft, groups=["rural"], actor=me)
    now = datetime.now(UTC)
    Application.objects.update(status="decided", outcome="offer", submitted_at=now, decided_at=now)

    with pytest.raises(Locked):
        withdraw_declaration(application=draft, actor=me)
    as_applicant.post(page_of(draft), {"withdraw": "1"})

    assert declared_groups([draft.pk]) == {draft.pk: frozenset({"rural"})}
    assert "Take it back" not in as_applicant.get(page_of(draft)).content.decode()


def test_a_helper_may_type_it_until_it_is_sent(
    draft: Application, signed_in: Callable[[User], Client], staff: Callable[..., User]
) -> None:
    helper = staff("helper")
    organisation = helper.memberships.get().organisation
    AssistanceFactory(application=draft, organisation=organisation, helper=helper)
    actor = on_behalf(user_actor(helper), draft.person_id)

    signed_in(helper).post(page_of(draft), {"groups": ["rural"]})
    assert declared_groups([draft.pk]) == {draft.pk: frozenset({"rural"})}
    Application.objects.update(status="in_review", submitted_at=datetime.now(UTC), is_assisted=False)

    assert signed_in(helper).get(page_of(draft)).status_code == 404
    with pytest.raises(Locked):
        declare_groups(application=draft, groups=[], actor=actor)


def test_a_stranger_learns_nothing(draft: Application, signed_in: Callable, staff: Callable) -> None:
    assert signed_in(staff("reviewer")).get(page_of(draft)).status_code == 404
    assert Client().get(page_of(draft)).status_code == 302


def test_many_declarations_are_one_statement(intake: Intake, django_assert_num_queries: Callable) -> None:
    now = datetime.now(UTC)
    made = [ApplicationFactory(intake=intake) for _each in range(3)]
    for application in made[:2]:
        InclusionDeclaration.objects.create(
            application=application, groups=["women"], wording="x", declared_at=now
        )

    with django_assert_num_queries(1):
        found = declared_groups([each.pk for each in made])

    assert found == {each.pk: frozenset({"women"}) for each in made[:2]}


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    found = build()
    plant_declarations(found)
    while run_due_deliveries():
        pass
    return found


def test_no_letter_and_no_event_tells_a_group(world: World, me: Actor, draft: Application) -> None:
    declare_groups(application=draft, groups=["rural"], actor=me)

    text = "".join(str(row.payload) for row in EventRecord.objects.all())
    text += "".join(row.subject + row.body + str(row.context) for row in Message.objects.all())
    assert GROUP not in text
    assert "'rural'" not in text
