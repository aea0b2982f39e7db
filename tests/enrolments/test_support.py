"""Needs become dated tasks of logistics; each ends in words its person can read; nobody else learns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.accounts.roles import viewer_for
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict, Invalid
from apps.core.sealing import unseal
from apps.enrolments.enums import EnrolmentStatus, SupportStatus
from apps.enrolments.models import Enrolment, SupportTask
from apps.enrolments.selectors import open_support, support_desk, today_at
from apps.enrolments.services import end_enrolment, end_support, plan_support, reasons_of, reopen_enrolment
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.people.models import SupportNeed
from apps.people.services import save_needs, withdraw_consent
from apps.portal.selectors.today import waiting_for
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(applicant: User, organisation: Organisation) -> Enrolment:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    return EnrolmentFactory(person=PersonFactory(user=applicant), intake=intake)


@pytest.fixture
def as_logistics(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.LOGISTICS))


def need(enrolment: Enrolment, **needs: str) -> None:
    save_needs(person=enrolment.person, needs=needs or {"captions": ""}, language="en", actor=SYSTEM)
    deliver()


def deliver() -> None:
    while run_due_deliveries():
        pass


@pytest.fixture
def task(enrolment: Enrolment) -> SupportTask:
    need(enrolment)
    return enrolment.support_tasks.get()


@pytest.mark.parametrize(("starts_in", "due_in"), [(30, 23), (3, 0), (-5, 14), (None, 14)])
def test_a_need_is_due_before_the_start(enrolment: Enrolment, starts_in: int | None, due_in: int) -> None:
    today = today_at(enrolment.intake)
    enrolment.intake.starts_on = None if starts_in is None else today + timedelta(days=starts_in)
    enrolment.intake.save()

    need(enrolment)

    assert enrolment.support_tasks.get().due_on == today + timedelta(days=due_in)


def test_saying_the_same_again_changes_nothing_and_new_words_are_a_new_task(task: SupportTask) -> None:
    end_support(task=task, status="met", reason="", actor=SYSTEM)
    need(task.enrolment, captions="")
    assert task.enrolment.support_tasks.get() == task

    need(task.enrolment, captions="", other="A ramp")

    assert sorted(task.enrolment.support_tasks.values_list("status", flat=True)) == ["met", "open"]


def test_a_need_told_before_the_place_waits_for_it(enrolment: Enrolment) -> None:
    Enrolment.objects.update(status="withdrawn", ended_on="2026-01-01")
    need(enrolment)

    assert not SupportTask.objects.exists()


def test_whoever_leaves_needs_nothing_and_whoever_returns_does(task: SupportTask) -> None:
    end_enrolment(enrolment=task.enrolment, status="no_show", reason="Ill", actor=SYSTEM)
    deliver()
    task.refresh_from_db()
    assert task.status == SupportStatus.CANCELLED

    reopen_enrolment(enrolment=Enrolment.objects.get(), reason="A mistake", actor=SYSTEM)
    deliver()
    task.refresh_from_db()
    assert task.status == SupportStatus.OPEN


@pytest.mark.parametrize("status", ["partly", "not_possible"])
def test_an_end_that_is_not_all_needs_a_reason(status: str, task: SupportTask) -> None:
    with pytest.raises(Invalid) as refused:
        end_support(task=task, status=status, reason=" ", actor=SYSTEM)
    assert "reason" in refused.value.fields

    end_support(task=task, status=status, reason="Captions on two days only", actor=SYSTEM)

    assert reasons_of([task]) == {task.pk: "Captions on two days only"}
    end_support(task=task, status="met", reason="", actor=SYSTEM)


def test_nothing_is_read_from_another_persons_row_or_another_table(task: SupportTask) -> None:
    row = SupportNeed.objects.get()

    for person_id, purpose in ((row.person_id + 1, "support"), (row.person_id, "")):
        with pytest.raises(InvalidTag):
            unseal(bytes(row.sealed), row.key_id, person_id=person_id, purpose=purpose)


def test_taking_consent_back_leaves_no_task(task: SupportTask) -> None:
    withdraw_consent(person=task.enrolment.person, purpose="support", actor=SYSTEM)

    assert not SupportTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_ends_at_one_moment_are_one(task: SupportTask) -> None:
    def end(status: str) -> Callable[[], Any]:
        mine = SupportTask.objects.select_related("enrolment").get(pk=task.pk)
        return lambda: end_support(task=mine, status=status, reason="So.", actor=SYSTEM)

    results = race(end("met"), end("not_possible"))

    assert sorted(type(each).__name__ for each in results) == [Conflict.__name__, "SupportTask"]


@pytest.mark.django_db(transaction=True)
def test_two_plannings_at_one_moment_make_one_task_for_each_need(enrolment: Enrolment) -> None:
    save_needs(person=enrolment.person, needs={"captions": "", "braille": ""}, language="en", actor=SYSTEM)

    results = race(*[lambda: plan_support(enrolment=enrolment, actor=SYSTEM)] * 3)

    assert sorted(results) == [0, 0, 2]


def test_logistics_of_another_organisation_sees_nothing(
    task: SupportTask, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    stranger = staff(Role.LOGISTICS, at=ProgramFactory().organisation)

    assert not support_desk(viewer_for(stranger)).exists()
    page = reverse("enrolments:support-end", args=[task.public_id])
    assert signed_in(stranger).get(page).status_code == 404


def test_a_coordinator_learns_the_number_alone(
    task: SupportTask, coordinator: User, as_coordinator: Client
) -> None:
    waiting = [each for each in waiting_for(viewer_for(coordinator)) if "Support not arranged" in each.label]

    assert [each.count for each in waiting] == [1]
    assert open_support([task.enrolment.intake_id]) == {task.enrolment.intake_id: 1}
    assert as_coordinator.get(reverse("enrolments:support-list")).status_code == 403


def test_no_letter_in_the_coordinators_log_tells_who_asked(task: SupportTask, coordinator: User) -> None:
    end_support(task=task, status="met", reason="", actor=SYSTEM)
    deliver()

    letters = Message.objects.filter(template="support-answered")
    assert letters.exists()
    assert not letters.visible_to(viewer_for(coordinator)).exists()


def test_the_desk_shows_what_is_open_first_and_ends_it(task: SupportTask, as_logistics: Client) -> None:
    page = as_logistics.get(reverse("enrolments:support-list"))
    assert "Captions or live transcription" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    end = reverse("enrolments:support-end", args=[task.public_id])

    refused = as_logistics.post(end, {"status": "partly"})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"reason"})
    assert as_logistics.post(end, {"status": "partly", "reason": "Two days"}).status_code == 302

    task.refresh_from_db()
    assert task.status == SupportStatus.PARTLY


def test_the_person_reads_how_it_ended(task: SupportTask, as_applicant: Client) -> None:
    end_support(task=task, status="not_possible", reason="No interpreter is free", actor=SYSTEM)

    page = as_applicant.get(reverse("enrolments:my-support", args=[task.enrolment.public_id]))

    assert "No interpreter is free" in page.content.decode()
    assert "Not possible" in page.content.decode()


def test_needs_without_consent_are_not_kept_and_stay_on_the_page(
    enrolment: Enrolment, as_applicant: Client
) -> None:
    page = reverse("enrolments:my-support", args=[enrolment.public_id])
    mark = as_applicant.get(page).context["form"]["mark"].value()

    refused = as_applicant.post(page, {"needs": ["captions"], "words": "Slowly", "mark": mark})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"agree"})
    assert "Slowly" in refused.content.decode()
    assert not SupportNeed.objects.exists()

    form = {"needs": ["captions"], "words": "Slowly", "mark": mark, "agree": "on"}
    assert as_applicant.post(page, form).status_code == 302
    assert SupportNeed.objects.count() == 2


def test_words_of_another_day_are_not_agreed_to(enrolment: Enrolment, as_applicant: Client) -> None:
    page = reverse("enrolments:my-support", args=[enrolment.public_id])

    refused = as_applicant.post(page, {"needs": ["captions"], "mark": "old", "agree": "on"})

    assert refused.status_code == 409
    assert not SupportNeed.objects.exists()


@pytest.mark.parametrize(
    "form", [{"needs": ["x"]}, {"needs": ["other"]}, {"words": "a\x00b"}, {"words": "x" * 1001}]
)
def test_a_bad_answer_gets_a_message_at_its_field(
    form: dict, enrolment: Enrolment, as_applicant: Client
) -> None:
    page = reverse("enrolments:my-support", args=[enrolment.public_id])

    refused = as_applicant.post(page, {**form, "agree": "on"})

    assert refused.status_code == 422
    assert "govuk-error-message" in refused.content.decode()


def test_every_status_of_an_enrolment_that_ends_frees_logistics(task: SupportTask) -> None:
    for status in EnrolmentStatus.values:
        Enrolment.objects.update(status=status, ended_on="2026-01-01")

        counted = open_support([task.enrolment.intake_id])

        assert bool(counted) is (status in ("active", "on_leave"))
