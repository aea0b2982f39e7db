"""From the offer to completion, through the pages alone, for each kind of program."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.courses.models import Session, Unit
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.scholarships.models import Award
from apps.selection.services import take_seat
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
#: The day where the intakes of the tests are: from 17:00 UTC on it is tomorrow there.
THERE = timezone.localdate(timezone=ZoneInfo("Asia/Bangkok"))


@dataclass
class Cast:
    applicant: Client
    coordinator: Client
    second: Client
    trainer: Client


@pytest.fixture
def cast(
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
    as_applicant: Client,
    as_coordinator: Client,
) -> Cast:
    return Cast(
        applicant=as_applicant,
        coordinator=as_coordinator,
        second=signed_in(staff(Role.COORDINATOR)),
        trainer=signed_in(staff(Role.TRAINER)),
    )


@pytest.fixture
def accepted(cast: Cast, applicant: User, organisation: Organisation) -> Callable[[ProgramKind], Enrolment]:
    def accept(kind: ProgramKind) -> Enrolment:
        intake = IntakeFactory(program=ProgramFactory(kind=kind, organisation=organisation))
        take_seat(intake=intake)
        offer = OfferFactory(application__intake=intake, application__person=PersonFactory(user=applicant))
        cast.applicant.post(reverse("enrolments:offer-accept", args=[offer.public_id]))
        return Enrolment.objects.select_related("intake__program").get(application=offer.application)

    return accept


def page(client: Client, enrolment: Enrolment) -> str:
    address = reverse("enrolments:enrolment-detail", args=[enrolment.public_id])
    return client.get(address, follow=True).content.decode()


def post(client: Client, name: str, row: object, **data: object) -> None:
    answer = client.post(reverse(name, args=[row.public_id]), data)  # type: ignore[attr-defined]
    assert answer.status_code == 302, answer.content.decode()


def press(client: Client, html: str, words: str) -> None:
    """Press the only button with these words, wherever its form leads."""
    forms = re.findall(r'<form method="post" action="([^"]+)">.*?<button[^>]*>([^<]+)', html, re.S)
    address = next(action for action, label in forms if label.strip() == words)
    assert client.post(address).status_code == 302


def test_a_scholar_is_paid_by_two_people_and_completes(
    cast: Cast, accepted: Callable[[ProgramKind], Enrolment]
) -> None:
    enrolment = accepted(ProgramKind.SCHOLARSHIP)
    assert "preparing your award" in page(cast.applicant, enrolment)
    terms = {"amount": "600", "currency": "THB", "instalments": "2", "months_between": "1"}
    post(cast.coordinator, "scholarships:terms-edit", enrolment.intake.program, **terms)
    press(cast.applicant, page(cast.applicant, enrolment), "Agree to the award")
    award = Award.objects.get(enrolment=enrolment)
    post(cast.coordinator, "scholarships:award-activate", award)

    first, second = award.disbursements.all()
    assert (first.status, second.status) == ("due", "planned")
    post(cast.coordinator, "scholarships:payment-approve", first)
    post(cast.second, "scholarships:payment-send", first, payment_reference="TRF-1")
    press(cast.applicant, page(cast.applicant, enrolment), "I received it")
    post(cast.coordinator, "scholarships:payment-cancel", second, reason="Fees were waived")

    assert "Everything is paid" in page(cast.applicant, enrolment)
    press(cast.coordinator, page(cast.coordinator, enrolment), "Confirm completion")
    assert "Completed" in page(cast.applicant, enrolment)


def test_a_participant_attends_is_assessed_and_completes(
    cast: Cast, accepted: Callable[[ProgramKind], Enrolment]
) -> None:
    enrolment = accepted(ProgramKind.COURSE)
    plan = {"title": "Welcome", "day": TODAY.isoformat(), "begins": "00:05", "minutes": "60"}
    post(cast.coordinator, "courses:session-add", enrolment.intake, **plan)
    post(cast.coordinator, "courses:unit-add", enrolment.intake, code="U1", title="Data", is_required="on")
    Session.objects.update(starts_at=timezone.now())
    assert "Welcome" in page(cast.applicant, enrolment)
    key = enrolment.public_id

    post(
        cast.trainer,
        "courses:session-attendance",
        Session.objects.get(),
        **{f"mark-{key}": "late", "version": 1},
    )
    result = {f"result-{key}": "competent", f"feedback-{key}": "Well done", f"version-{key}": 0}
    post(cast.trainer, "courses:unit-assess", Unit.objects.get(), **result)

    assert "You have done everything this course asks for" in page(cast.applicant, enrolment)
    progress = cast.trainer.get(reverse("courses:course-progress", args=[enrolment.intake.public_id]))
    press(cast.trainer, progress.content.decode(), "Confirm completion of everybody who is ready")
    assert "Completed" in page(cast.applicant, enrolment)


def test_a_trainee_is_certified_trains_others_and_sees_what_it_reached(
    cast: Cast, accepted: Callable[[ProgramKind], Enrolment]
) -> None:
    enrolment = accepted(ProgramKind.COHORT)
    program, intake = enrolment.intake.program, enrolment.intake
    post(cast.coordinator, "cohorts:step-add", program, title="Teach ten minutes", instructions="")
    staff_page = cast.trainer.get(reverse("cohorts:cohort-practice", args=[intake.public_id]))
    detail = re.findall(r'href="([^"]+/trainers/[^"]+)"', staff_page.content.decode())[0]
    mark = re.findall(r'href="([^"]+/mark/)"', cast.trainer.get(detail).content.decode())[0]

    cast.trainer.post(mark, {"done_on": THERE.isoformat(), "note": "Clear voice"})
    press(cast.coordinator, cast.coordinator.get(detail).content.decode(), "Certify trainer")
    assert "You are certified" in page(cast.applicant, enrolment)
    report = re.findall(r'href="([^"]+/report/)"', page(cast.applicant, enrolment))[0]
    key = re.findall(r'name="key" value="([^"]+)"', cast.applicant.get(report).content.decode())[0]
    training = {
        "title": "Phones for farmers",
        "held_on": TODAY.isoformat(),
        "country": CountryFactory().pk,
        "place": "Garut",
        "people_reached": "31",
        "women_reached": "17",
        "key": key,
    }
    cast.applicant.post(report, training)
    cast.applicant.post(report, training)

    assert "You are an active trainer" in page(cast.applicant, enrolment)
    cascade = cast.trainer.get(reverse("cohorts:program-cascade", args=[program.public_id]))
    assert "<strong>31</strong>" in cascade.content.decode()


@pytest.mark.parametrize("kind", list(ProgramKind))
def test_a_participant_leaves_and_a_coordinator_undoes_it(
    kind: ProgramKind, cast: Cast, accepted: Callable[[ProgramKind], Enrolment]
) -> None:
    enrolment = accepted(kind)
    post(cast.applicant, "enrolments:enrolment-withdraw", enrolment, reason="")
    assert "Withdrawn" in page(cast.applicant, enrolment)

    post(cast.coordinator, "enrolments:enrolment-reopen", enrolment, reason="By mistake")

    enrolment.refresh_from_db()
    enrolment.intake.refresh_from_db()
    assert (enrolment.status, enrolment.intake.seats_taken) == ("active", 1)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("kind", list(ProgramKind))
def test_the_page_of_a_place_opens_in_every_language(
    kind: ProgramKind, language: str, cast: Cast, accepted: Callable[[ProgramKind], Enrolment]
) -> None:
    enrolment = accepted(kind)
    with override(language):
        address = reverse("enrolments:enrolment-detail", args=[enrolment.public_id])

    answer = cast.applicant.get(address, follow=True)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
