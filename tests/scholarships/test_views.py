"""Pages of scholarships: what a scholar reads, and how two coordinators pay together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import CLOCK
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.scholarships.enums import APPLICANT_LABELS, AWARD_LABELS, AwardStatus, DisbursementStatus
from apps.scholarships.models import Award, Disbursement, ScholarshipTerms
from apps.scholarships.selectors import NEXT_BY_AWARD
from apps.scholarships.services import activate_award, agree_award, draft_award, fall_due
from tests.bad_input import DATES, NUMBERS, TEXTS
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.scholarships import ScholarshipTermsFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
TERMS = {"amount": "1200.00", "currency": "USD", "instalments": "4", "months_between": "3"}


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    program = ProgramFactory(organisation=organisation, kind=ProgramKind.SCHOLARSHIP)
    ScholarshipTermsFactory(program=program)
    return IntakeFactory(program=program)


def an_award(intake: Intake, person: object = None) -> Award:
    enrolment = EnrolmentFactory(intake=intake, person=person or PersonFactory())
    award = draft_award(enrolment=enrolment, first_on=TODAY, actor=CLOCK)
    assert award is not None
    return award


def activated(award: Award) -> Award:
    award = activate_award(award=agree_award(award=award, actor=CLOCK), actor=CLOCK)
    fall_due(on=TODAY, actor=CLOCK)
    return award


@pytest.fixture
def award(intake: Intake, applicant: User) -> Award:
    return an_award(intake, PersonFactory(user=applicant))


@pytest.fixture
def due(award: Award) -> Disbursement:
    return activated(award).disbursements.get(number=1)


@pytest.fixture
def second_coordinator(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.COORDINATOR))


def url(name: str, row: object) -> str:
    return reverse(f"scholarships:{name}", args=[row.public_id])  # type: ignore[attr-defined]


def text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_scholar_reads_the_award_and_agrees(as_applicant: Client, award: Award) -> None:
    page = text(as_applicant, url("award-detail", award.enrolment))
    assert "USD 1,000.00" in page
    assert "Agree to the award" in page

    as_applicant.post(url("award-agree", award.enrolment))
    as_applicant.post(url("award-agree", award.enrolment))

    award.refresh_from_db()
    assert award.status == "agreed"
    page = text(as_applicant, url("award-detail", award.enrolment))
    assert "start the payments" in page
    assert "You agreed" in page


def test_every_status_has_words_for_the_scholar() -> None:
    assert set(AWARD_LABELS) == set(AwardStatus)
    assert set(NEXT_BY_AWARD) | {AwardStatus.ACTIVE} == set(AwardStatus)
    assert set(APPLICANT_LABELS) == set(DisbursementStatus)


def test_a_scholar_without_an_award_yet_is_told(as_applicant: Client, applicant: User) -> None:
    program = ProgramFactory(kind=ProgramKind.SCHOLARSHIP)
    enrolment = EnrolmentFactory(intake=IntakeFactory(program=program), person=PersonFactory(user=applicant))

    assert "preparing your award" in text(as_applicant, url("award-detail", enrolment))


def test_two_coordinators_pay_and_the_scholar_confirms(
    as_coordinator: Client, second_coordinator: Client, as_applicant: Client, due: Disbursement
) -> None:
    as_coordinator.post(url("payment-approve", due))
    assert "Another coordinator has to send it" in text(as_coordinator, url("payment-detail", due))
    own = as_coordinator.post(url("payment-send", due), {"payment_reference": "TRF-1"})
    assert own.status_code == 403
    assert "Ask another coordinator" in own.content.decode()

    second_coordinator.post(url("payment-send", due), {"payment_reference": "TRF-1"})
    again = second_coordinator.post(url("payment-send", due), {"payment_reference": "TRF-1"})
    assert again.status_code == 409
    assert "I received it" in text(as_applicant, url("award-detail", due.award.enrolment))

    as_applicant.post(url("payment-received", due))
    as_applicant.post(url("payment-received", due))

    due.refresh_from_db()
    assert due.status == "confirmed"
    assert "TRF-1" in text(as_coordinator, url("payment-detail", due))


def test_payments_are_approved_together(as_coordinator: Client, intake: Intake) -> None:
    awards = [activated(an_award(intake)) for _number in range(3)]
    elsewhere = activated(an_award(IntakeFactory(program=ScholarshipTermsFactory().program)))
    chosen = [award.disbursements.get(number=1).pk for award in [*awards, elsewhere]]

    page = as_coordinator.post(
        url("payments-approve", intake),
        {"payment": [*chosen, "x", "9" * 400, "9" * 20, "-1", "١", "\x00"]},
        follow=True,
    )

    assert "3 payments approved." in page.content.decode()
    assert Disbursement.objects.filter(status="approved").count() == 3


@pytest.mark.parametrize("value", [*DATES, ""])
def test_bad_days_are_refused(value: str, as_coordinator: Client, award: Award) -> None:
    payment = award.disbursements.get(number=2)

    page = as_coordinator.post(url("payment-reschedule", payment), {"due_on": value, "reason": "Flood"})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"due_on"}


def test_a_payment_is_brought_forward(as_coordinator: Client, due: Disbursement) -> None:
    later = due.award.disbursements.get(number=2)

    as_coordinator.post(
        url("payment-reschedule", later), {"due_on": TODAY.isoformat(), "reason": "Flood in the town"}
    )

    later.refresh_from_db()
    assert (later.status, later.due_on) == ("due", TODAY)
    assert "Flood in the town" in text(as_coordinator, url("payment-detail", later))


def test_a_returned_payment_is_paid_again(
    as_coordinator: Client, second_coordinator: Client, due: Disbursement
) -> None:
    as_coordinator.post(url("payment-approve", due))
    second_coordinator.post(url("payment-send", due), {"payment_reference": "TRF-1"})
    as_coordinator.post(url("payment-return", due), {"reason": "Account closed"})
    as_coordinator.post(url("payment-reissue", due))

    due.refresh_from_db()
    assert due.status == "due"
    assert "Account closed" in text(as_coordinator, url("payment-detail", due))


def test_an_award_is_suspended_resumed_and_ended(as_coordinator: Client, due: Disbursement) -> None:
    award = due.award
    as_coordinator.post(url("award-suspend", award), {"reason": "No report"})
    assert "not active" in as_coordinator.post(url("payment-approve", due), follow=True).content.decode()
    as_coordinator.post(url("award-resume", award), {"reason": "Report came"})
    as_coordinator.post(url("payment-cancel", due), {"reason": "Fees waived"})
    as_coordinator.post(url("award-terminate", award), {"reason": "Left"})

    award.refresh_from_db()
    assert award.status == "terminated"
    assert set(award.disbursements.values_list("status", flat=True)) == {"cancelled"}


def test_payments_start_only_after_the_scholar_agreed(as_coordinator: Client, award: Award) -> None:
    as_coordinator.post(url("award-activate", award))
    award.refresh_from_db()
    assert award.status == "drafted"

    agree_award(award=award, actor=CLOCK)
    as_coordinator.post(url("award-activate", award))
    award.refresh_from_db()
    assert award.status == "active"


def test_terms_are_set_and_draft_the_awards_that_are_missing(as_coordinator: Client, intake: Intake) -> None:
    ScholarshipTerms.objects.all().delete()
    EnrolmentFactory(intake=intake)

    as_coordinator.post(url("terms-edit", intake.program), TERMS)

    assert Award.objects.get().disbursements.count() == 4
    assert 'value="1200.00"' in text(as_coordinator, url("terms-edit", intake.program))


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", each) for each in NUMBERS if each != "1.5"]
    + [("amount", "0"), ("amount", "-0"), ("amount", "10.001"), ("amount", "99999999999999")]
    + [("instalments", each) for each in [*NUMBERS, "0", "49"]]
    + [("months_between", each) for each in [*NUMBERS, "0", "25"]]
    + [("currency", each) for each in ["", "XXX", "usd", "\x00", "U" * 9999]],
)
def test_bad_terms_are_refused_at_their_field(
    field: str, value: str, as_coordinator: Client, organisation: Organisation
) -> None:
    program = ProgramFactory(organisation=organisation, kind=ProgramKind.SCHOLARSHIP)

    page = as_coordinator.post(url("terms-edit", program), {**TERMS, field: value})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert not ScholarshipTerms.objects.exists()


def test_an_amount_no_bank_can_pay_is_refused_at_the_amount(as_coordinator: Client, intake: Intake) -> None:
    page = as_coordinator.post(
        url("terms-edit", intake.program), {**TERMS, "currency": "VND", "amount": "10.50"}
    )

    assert page.status_code == 422
    assert "amount" in page.context["form"].errors


@pytest.mark.parametrize("value", TEXTS)
def test_bad_transfer_numbers_are_refused(value: str, second_coordinator: Client, due: Disbursement) -> None:
    page = second_coordinator.post(url("payment-send", due), {"payment_reference": value})

    assert page.status_code == 422


def test_what_belongs_to_others_is_not_there(
    as_coordinator: Client, as_applicant: Client, due: Disbursement
) -> None:
    elsewhere = activated(an_award(IntakeFactory(program=ScholarshipTermsFactory().program)))
    payment = elsewhere.disbursements.get(number=1)

    for name in ("payment-detail", "payment-send", "payment-return", "payment-cancel"):
        assert as_coordinator.get(url(name, payment)).status_code == 404
        assert as_applicant.get(url(name, due)).status_code == 403
    for name in ("payment-approve", "payment-confirm", "payment-reissue"):
        assert as_coordinator.post(url(name, payment)).status_code == 404
    for name in ("award-manage", "award-suspend", "award-terminate", "award-resume"):
        assert as_coordinator.get(url(name, elsewhere)).status_code == 404
    assert as_coordinator.get(url("payment-list", elsewhere.enrolment.intake)).status_code == 404
    assert as_coordinator.get(url("terms-edit", elsewhere.enrolment.intake.program)).status_code == 404
    assert as_applicant.get(url("award-detail", elsewhere.enrolment)).status_code == 404
    assert as_applicant.post(url("payment-received", payment)).status_code == 404


def test_nobody_pays_themselves(as_coordinator: Client, coordinator: User, intake: Intake) -> None:
    own = activated(an_award(intake, PersonFactory(user=coordinator)))
    payment = own.disbursements.get(number=1)

    assert as_coordinator.post(url("payment-approve", payment)).status_code == 404
    as_coordinator.post(url("payments-approve", intake), {"payment": [payment.pk]})

    payment.refresh_from_db()
    assert payment.status == "due"


@pytest.mark.parametrize("status", ["due", "planned", "nonsense", "\u202e", "x" * 3000])
def test_any_filter_gives_a_page(status: str, as_coordinator: Client, due: Disbursement) -> None:
    page = as_coordinator.get(url("payment-list", due.award.enrolment.intake), {"status": status})

    assert page.status_code == 200


def test_payments_are_listed_by_the_day_they_are_due(as_coordinator: Client, intake: Intake) -> None:
    for days in (20, 0, 10):
        enrolment = EnrolmentFactory(intake=intake)
        draft_award(enrolment=enrolment, first_on=TODAY + timedelta(days=days), actor=CLOCK)

    page = as_coordinator.get(url("payment-list", intake)).context["page"]

    assert [row.due_on for row in page] == sorted(row.due_on for row in page)


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("page", ["payment-list", "award-manage", "payment-detail", "award-detail"])
def test_pages_take_the_same_queries_for_one_or_three(
    people: int,
    page: str,
    as_coordinator: Client,
    as_applicant: Client,
    due: Disbursement,
    django_assert_max_num_queries: Callable,
) -> None:
    enrolment: Enrolment = due.award.enrolment
    for _number in range(people):
        activated(an_award(enrolment.intake))
    row = {"payment-list": enrolment.intake, "award-manage": due.award, "award-detail": enrolment}.get(
        page, due
    )
    client = as_applicant if page == "award-detail" else as_coordinator

    with django_assert_max_num_queries(8):
        assert client.get(url(page, row)).status_code == 200
