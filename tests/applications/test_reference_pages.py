"""Pages about references: the applicant's, the coordinator's, the reviewer's; and who never sees a text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.applications.enums import ReferenceStatus
from apps.applications.models import Application, FormVersion, Reference, ReferenceTerms
from apps.applications.references import lacking_references
from apps.programs.models import Intake
from apps.reviews.selectors import conflicts_for
from tests.bad_input import NUMBERS, TEXTS
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, ReferenceFactory, ReferenceTermsFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
TEACHER = {
    "name": "Kru Malee",
    "relation": "My teacher",
    "email": "malee@school.example.org",
    "language": "th",
    "agreed": "on",
}


@pytest.fixture
def draft(intake: Intake, form_version: FormVersion, applicant: User) -> Application:
    ReferenceTermsFactory(intake=intake)
    person = PersonFactory(user=applicant)
    return ApplicationFactory(intake=intake, form_version=form_version, person=person, status="draft")


def at(name: str, *things: Any) -> str:
    return reverse(f"applications:{name}", args=[thing.public_id for thing in things])


def test_naming_asks_at_once_and_says_so_in_words(draft: Application, as_applicant: Client) -> None:
    assert "Not started" in as_applicant.get(at("task-list", draft)).content.decode()

    page = as_applicant.post(at("references", draft), TEACHER, follow=True).content.decode()

    assert "We have sent Kru Malee a message." in page
    assert "Asked on" in page
    assert "You can remind them from" in page
    assert "In progress" in as_applicant.get(at("task-list", draft)).content.decode()


def test_asking_later_is_one_button_on(draft: Application, as_applicant: Client) -> None:
    as_applicant.post(at("references", draft), {**TEACHER, "later": "1"})
    named = Reference.objects.get()
    assert named.status == ReferenceStatus.DRAFTED

    as_applicant.post(at("reference-act", draft, named), {"act": "ask"})

    named.refresh_from_db()
    assert named.status == ReferenceStatus.REQUESTED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(name, text) for name in ("name", "relation") for text in TEXTS],
        *[
            ("email", text)
            for text in (*TEXTS, "no address", "a@b", "a\n@b.example", "é@" + "x" * 260 + ".org")
        ],
        ("language", "xx"),
        ("agreed", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_kept(
    draft: Application, as_applicant: Client, field: str, value: str
) -> None:
    answer = as_applicant.post(at("references", draft), {**TEACHER, field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    kept = "My teacher" if field != "relation" else "Kru Malee"
    assert kept in answer.content.decode()
    assert not Reference.objects.exists()


def test_a_visitor_with_a_draft_signs_in_before_naming_anyone(
    client: Client, intake: Intake, form_version: FormVersion
) -> None:
    ReferenceTermsFactory(intake=intake)
    client.post(reverse("applications:start", args=[intake.public_id]))
    draft = Application.objects.get()

    assert "Sign in to name a referee" in client.get(at("references", draft)).content.decode()
    assert "/claim/" in client.post(at("references", draft), TEACHER)["Location"]
    assert not Reference.objects.exists()


def test_an_intake_without_terms_has_no_such_page(
    intake: Intake, applicant: User, as_applicant: Client
) -> None:
    draft = ApplicationFactory(intake=intake, person=PersonFactory(user=applicant), status="draft")

    assert as_applicant.get(at("references", draft)).status_code == 404
    assert "Referees" not in as_applicant.get(at("task-list", draft)).content.decode()


def test_two_clicks_on_remind_remind_once(draft: Application, as_applicant: Client) -> None:
    asked = ReferenceFactory(application=draft)
    for _click in range(2):
        page = as_applicant.post(at("reference-act", draft, asked), {"act": "remind"}, follow=True)

    assert "You can remind them again from" in page.content.decode()
    assert Reference.objects.get().reminders == 1


def test_a_bounce_is_shown_and_the_address_can_be_corrected(draft: Application, as_applicant: Client) -> None:
    asked = ReferenceFactory(application=draft, status="bounced", bounced_at=datetime.now(UTC))
    assert (
        f"Your message to {asked.name} did not arrive"
        in as_applicant.get(at("references", draft)).content.decode()
    )
    assert "Needs your attention" in as_applicant.get(at("task-list", draft)).content.decode()
    replace = at("reference-replace", draft, asked)
    assert asked.email in as_applicant.get(replace).content.decode()

    for _click in range(2):
        as_applicant.post(replace, TEACHER)

    asked.refresh_from_db()
    assert asked.status == ReferenceStatus.CANCELLED
    assert Reference.objects.exclude(pk=asked.pk).get().email == TEACHER["email"]


@pytest.mark.parametrize("act", ["ask", "remind", "take-back", "", "nonsense"])
def test_a_button_on_a_page_that_is_old_ends_in_words(
    draft: Application, as_applicant: Client, act: str
) -> None:
    given = ReferenceFactory(application=draft, status="given", given_at=datetime.now(UTC))

    answer = as_applicant.post(at("reference-act", draft, given), {"act": act}, follow=True)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert Reference.objects.get().status == ReferenceStatus.GIVEN


def test_a_sent_application_keeps_its_page_of_referees(draft: Application, as_applicant: Client) -> None:
    Application.objects.update(status="eligible", submitted_at=datetime.now(UTC))
    mine = as_applicant.get(reverse("portal:my-application", args=[draft.public_id])).content.decode()
    assert "0 of 2 have answered" in mine

    as_applicant.post(at("references", draft), TEACHER)

    assert Reference.objects.get().status == ReferenceStatus.REQUESTED


def test_the_page_costs_the_same_for_any_number(draft: Application, as_applicant: Client) -> None:
    counts = []
    for _more in range(2):
        ReferenceFactory(application=draft)
        as_applicant.get(at("references", draft))
        with CaptureQueriesContext(connection) as asked:
            as_applicant.get(at("references", draft))
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_the_api_tells_the_state_and_no_text(draft: Application, applicant: User) -> None:
    client = APIClient(headers={"Authorization": f"Token {Token.objects.create(user=applicant).key}"})
    row = ReferenceFactory(
        application=draft,
        status="given",
        given_at=datetime.now(UTC),
        answers={"how-long": CANARY},
        applicant_may_read=True,
    )

    answer = client.get(reverse("api:reference-list", args=[draft.public_id]))

    found = answer.json()["results"]
    assert [(each["public_id"], each["status"]) for each in found] == [(str(row.public_id), "given")]
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("promised", [True, False])
def test_the_applicant_reads_it_only_when_the_referee_was_told_so(
    draft: Application, as_applicant: Client, promised: bool
) -> None:
    ReferenceTerms.objects.update(applicant_may_read=not promised)
    moment = {"status": "given", "given_at": datetime.now(UTC)}
    ReferenceFactory(application=draft, answers={"how-long": CANARY}, applicant_may_read=promised, **moment)

    assert (CANARY in as_applicant.get(at("references", draft)).content.decode()) is promised


@pytest.mark.parametrize("promised", [True, False])
def test_a_reviewer_reads_it_only_when_the_referee_was_told_so_and_never_a_name(
    promised: bool, signed_in: Callable[[User], Client], staff: Callable[..., User], organisation: Any
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    sent = ApplicationFactory(intake=intake, status="in_review")
    reviewer = staff("reviewer")
    now = datetime.now(UTC)
    assignment = ReviewAssignmentFactory(application=sent, reviewer=reviewer, no_conflict_declared_at=now)
    values = {"application": sent, "reviewers_may_read": promised, "name": "Kru Malee"}
    ReferenceFactory(**values, status="given", given_at=now, answers={"how-long": CANARY})
    ReferenceFactory(**values, status="opened", answers={"how-long": "half-written"})

    page = signed_in(reviewer).get(reverse("reviews:review", args=[assignment.public_id])).content.decode()

    assert (CANARY in page) is promised
    assert "half-written" not in page
    assert "Kru Malee" not in page


def test_who_gives_a_reference_does_not_review_the_same_application(intake: Intake) -> None:
    reviewer = UserFactory(email="malee@school.example.org")
    sent = ApplicationFactory(intake=intake, status="eligible")
    ReferenceFactory(application=sent, email=reviewer.email)

    assert (sent.pk, reviewer.pk) in conflicts_for(intake, [reviewer.pk])


@pytest.fixture
def ours(organisation: Any) -> Application:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    return ApplicationFactory(intake=intake, status="in_review")


def test_a_coordinator_records_paper_with_a_reason(ours: Application, as_coordinator: Client) -> None:
    asked = ReferenceFactory(application=ours)
    paper = at("reference-paper", asked)
    for text in TEXTS:
        assert as_coordinator.post(paper, {"reason": text}).status_code == 422

    page = as_coordinator.post(paper, {"reason": "By post, folder 3"}, follow=True).content.decode()

    assert "Received on paper on" in page
    assert "By post, folder 3" in page


def test_the_coordinators_page_costs_the_same_for_any_number(
    ours: Application, as_coordinator: Client
) -> None:
    page, counts = reverse("portal:staff-application", args=[ours.public_id]), []
    for _more in range(2):
        ReferenceFactory(application=ours, status="given", given_at=datetime.now(UTC))
        as_coordinator.get(page)
        with CaptureQueriesContext(connection) as asked:
            as_coordinator.get(page)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_coordinator_goes_on_without_and_the_page_says_so(
    ours: Application, as_coordinator: Client
) -> None:
    ReferenceFactory(application=ours)
    staff_page = reverse("portal:staff-application", args=[ours.public_id])
    assert "cannot be decided yet" in as_coordinator.get(staff_page).content.decode()

    page = as_coordinator.post(at("references-waive", ours), {"reason": "School closed"}, follow=True)

    assert "School closed" in page.content.decode()
    assert "cannot be decided yet" not in page.content.decode()
    assert lacking_references([ours.pk]) == []


def terms_form(**changes: str) -> dict[str, str]:
    return {
        "wanted": "2",
        "due_days": "10",
        "version": "0",
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-label_en": "How long?",
        "form-0-label_th": "นานเท่าไร",
        "form-0-required": "on",
        "form-1-label_en": "Recommend?",
        "form-1-options": "yes | Yes\nno | No",
        **changes,
    }


def test_a_coordinator_sets_terms_and_the_words_of_other_languages_stay(
    ours: Application, as_coordinator: Client
) -> None:
    page = at("reference-terms", ours.intake)
    assert "How long have you known the applicant" in as_coordinator.get(page).content.decode()

    assert as_coordinator.post(page, terms_form()).status_code == 302
    terms = ReferenceTerms.objects.get()
    terms.questions[1]["options"][0]["label"]["th"] = "ใช่"
    terms.save()
    keys = {f"form-{place}-key": question["key"] for place, question in enumerate(terms.questions)}
    assert as_coordinator.post(page, terms_form(**keys, version="1", wanted="3")).status_code == 302

    terms.refresh_from_db()
    assert (terms.wanted, terms.due_days, terms.version) == (3, 10, 2)
    assert terms.questions[0]["label"] == {"en": "How long?", "th": "นานเท่าไร"}
    assert terms.questions[1]["options"][0]["label"] == {"en": "Yes", "th": "ใช่"}


def test_an_old_page_of_terms_is_told_and_keeps_what_was_typed(
    ours: Application, as_coordinator: Client
) -> None:
    page = at("reference-terms", ours.intake)
    as_coordinator.post(page, terms_form())

    answer = as_coordinator.post(page, terms_form(**{"form-0-label_en": "Typed here"}))

    assert answer.status_code == 409
    assert "Typed here" in answer.content.decode()


@pytest.mark.parametrize("number", ["6", *NUMBERS])
def test_a_number_of_referees_is_one_from_none_to_five(
    ours: Application, as_coordinator: Client, number: str
) -> None:
    answer = as_coordinator.post(at("reference-terms", ours.intake), terms_form(wanted=number))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["wanted"]


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip("\u200b ")])
@pytest.mark.parametrize("field", ["label_en", "options"])
def test_a_bad_text_in_a_question_is_refused_at_its_field(
    ours: Application, as_coordinator: Client, field: str, text: str
) -> None:
    answer = as_coordinator.post(at("reference-terms", ours.intake), terms_form(**{f"form-0-{field}": text}))

    assert answer.status_code == 422
    assert list(answer.context["questions"].forms[0].errors) == [field]


def test_a_day_before_the_deadline_a_request_still_says_how_long_it_is_open(
    draft: Application, as_applicant: Client
) -> None:
    Intake.objects.update(closes_at=datetime.now(UTC) + timedelta(days=1))
    as_applicant.post(at("references", draft), TEACHER)

    assert "Has until" in as_applicant.get(at("references", draft)).content.decode()
