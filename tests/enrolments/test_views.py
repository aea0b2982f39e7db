"""Pages of enrolments: who reaches what, and what they find."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation))


@pytest.fixture
def own(applicant: User, intake: Intake) -> Enrolment:
    return EnrolmentFactory(intake=intake, person=PersonFactory(user=applicant))


def url(name: str, row: object) -> str:
    return reverse(f"enrolments:{name}", args=[row.public_id])  # type: ignore[attr-defined]


def test_accepting_leads_to_the_page_of_the_kind(as_applicant: Client, applicant: User) -> None:
    offer = OfferFactory(application__person=PersonFactory(user=applicant))

    first = as_applicant.post(url("offer-accept", offer))
    again = as_applicant.post(url("offer-accept", offer))

    enrolment = Enrolment.objects.get()
    assert first.url == again.url == url("enrolment-detail", enrolment)
    assert as_applicant.get(first.url).url == reverse("courses:my-course", args=[enrolment.public_id])


def test_an_offer_that_is_over_says_so(as_applicant: Client, applicant: User) -> None:
    offer = OfferFactory(application__person=PersonFactory(user=applicant), status="rescinded")

    assert as_applicant.post(url("offer-accept", offer)).status_code == 409


def test_offers_of_others_are_not_there(as_applicant: Client, as_coordinator: Client) -> None:
    offer = OfferFactory()

    assert as_applicant.post(url("offer-accept", offer)).status_code == 404
    assert as_coordinator.post(url("offer-accept", offer)).status_code == 404


def test_a_participant_leaves_and_reads_that_they_left(as_applicant: Client, own: Enrolment) -> None:
    page = as_applicant.get(url("enrolment-withdraw", own))
    assert "Your place goes to the next person" in page.content.decode()

    as_applicant.post(url("enrolment-withdraw", own), {"reason": "New job"})
    again = as_applicant.post(url("enrolment-withdraw", own), {"reason": "New job"})

    own.refresh_from_db()
    assert (own.status, own.reason) == ("withdrawn", "New job")
    assert again.status_code == 302


def test_enrolments_of_others_are_not_there(
    as_applicant: Client, as_coordinator: Client, own: Enrolment
) -> None:
    stranger = EnrolmentFactory()

    for client in (as_applicant, as_coordinator):
        assert client.get(url("enrolment-detail", stranger)).status_code == 404
    assert as_applicant.get(url("enrolment-withdraw", stranger)).status_code == 404
    assert as_coordinator.get(url("enrolment-manage", stranger)).status_code == 404
    assert as_coordinator.get(url("roster", stranger.intake)).status_code == 404
    assert as_coordinator.get(url("enrolment-detail", own)).url == url("enrolment-manage", own)


def test_staff_do_not_manage_their_own_enrolment(
    as_coordinator: Client, coordinator: User, intake: Intake
) -> None:
    own = EnrolmentFactory(intake=intake, person=PersonFactory(user=coordinator))

    assert as_coordinator.get(url("enrolment-manage", own)).status_code == 404


def test_trainers_see_their_participants_but_do_not_undo_ends(
    staff: Callable[..., User], signed_in: Callable[[User], Client], own: Enrolment
) -> None:
    trainer = signed_in(staff(Role.TRAINER))

    assert trainer.get(url("enrolment-manage", own)).status_code == 200
    assert trainer.get(url("roster", own.intake)).status_code == 200
    assert trainer.get(url("enrolment-reopen", own)).status_code == 403


def test_a_coordinator_ends_with_a_reason_and_undoes_it(as_coordinator: Client, own: Enrolment) -> None:
    own.intake.seats_taken = 1
    own.intake.save()
    refused = as_coordinator.post(url("enrolment-end", own), {"status": "no_show", "reason": " "})
    assert refused.status_code == 422

    as_coordinator.post(url("enrolment-end", own), {"status": "no_show", "reason": "Never came"})
    own.refresh_from_db()
    assert own.status == "no_show"

    as_coordinator.post(url("enrolment-reopen", own), {"reason": "Wrong person"})
    own.refresh_from_db()
    assert own.status == "active"
    page = as_coordinator.get(url("enrolment-manage", own)).content.decode()
    assert "Did not come" in page
    assert "Wrong person" in page


def test_leave_starts_with_a_reason_and_ends(as_coordinator: Client, own: Enrolment) -> None:
    as_coordinator.post(url("leave-start", own), {"reason": "Harvest"})
    own.refresh_from_db()
    assert own.status == "on_leave"

    as_coordinator.post(url("leave-end", own))
    own.refresh_from_db()
    assert own.status == "active"


def test_completion_that_is_not_due_is_refused_in_words(as_coordinator: Client, own: Enrolment) -> None:
    page = as_coordinator.post(url("enrolment-complete", own), follow=True)

    assert "cannot complete yet" in page.content.decode()


@pytest.mark.parametrize("reason", ["", "x\x00y", "z" * 501, "\u200b"])
def test_bad_reasons_are_refused_at_the_field(reason: str, as_coordinator: Client, own: Enrolment) -> None:
    page = as_coordinator.post(url("leave-start", own), {"reason": reason})

    assert page.status_code == 422
    assert "govuk-error-message" in page.content.decode()
    own.refresh_from_db()
    assert own.status == "active"


@pytest.mark.parametrize("status", ["", "active", "nonsense", "x" * 500, "', --"])
def test_any_filter_gives_a_page(status: str, as_coordinator: Client, own: Enrolment) -> None:
    assert as_coordinator.get(url("roster", own.intake), {"status": status}).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("page", ["roster", "intake-list"])
def test_lists_take_the_same_queries_for_one_or_three(
    people: int,
    page: str,
    as_coordinator: Client,
    intake: Intake,
    django_assert_max_num_queries: Callable,
) -> None:
    for _number in range(people):
        EnrolmentFactory(intake=intake)
        EnrolmentFactory(
            intake=IntakeFactory(program=ProgramFactory(organisation=intake.program.organisation))
        )
    address = url("roster", intake) if page == "roster" else reverse("enrolments:intake-list")

    with django_assert_max_num_queries(6):
        assert as_coordinator.get(address).status_code == 200


def test_the_roster_leaves_as_a_file_without_formulas(as_coordinator: Client, intake: Intake) -> None:
    EnrolmentFactory(intake=intake, person=PersonFactory(full_name="=HYPERLINK(1)"))
    EnrolmentFactory(intake=intake, status="on_leave")

    response = as_coordinator.get(url("roster-csv", intake))
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))

    assert len(rows) == 3
    assert {row[0][:2] for row in rows[1:]} & {"'="}
    filtered = as_coordinator.get(url("roster-csv", intake), {"status": "on_leave"})
    assert len(b"".join(filtered).decode().splitlines()) == 2


def test_trainers_are_not_led_to_payments(
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
    as_coordinator: Client,
    intake: Intake,
) -> None:
    program = ProgramFactory(organisation=intake.program.organisation, kind=ProgramKind.SCHOLARSHIP)
    scholarship = IntakeFactory(program=program)
    payments = reverse("scholarships:payment-list", args=[scholarship.public_id])
    trainer = signed_in(staff(Role.TRAINER))

    for address in (reverse("enrolments:intake-list"), url("roster", scholarship)):
        assert payments in as_coordinator.get(address).content.decode()
        assert payments not in trainer.get(address).content.decode()


def test_a_coordinator_corrects_how_an_imported_record_ended(as_coordinator: Client, intake: Intake) -> None:
    record = EnrolmentFactory(intake=intake, source="records", source_key="7", status="not_completed")
    assert "was imported" in as_coordinator.get(url("enrolment-manage", record)).content.decode()

    as_coordinator.post(url("enrolment-reopen", record), {"reason": "Wrong column"})
    as_coordinator.post(url("enrolment-end", record), {"status": "completed", "reason": "Certificate seen"})

    record.refresh_from_db()
    assert record.status == "completed"
