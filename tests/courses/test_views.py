"""Pages of courses: planning, attendance, assessment, and what a participant reads."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.courses.models import Attendance, CourseTerms, Session, Unit, UnitAssessment
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from tests.bad_input import DATES, HARMLESS_TEXTS, NUMBERS, TEXTS, TIMES
from tests.factories.courses import SessionFactory, UnitFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db

SESSION = {"title": "Welcome", "day": "2027-03-01", "begins": "09:30", "minutes": "90", "place": "Room 4"}


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), time_zone="Asia/Jakarta")


@pytest.fixture
def own(applicant: User, intake: Intake) -> Enrolment:
    return EnrolmentFactory(intake=intake, person=PersonFactory(user=applicant, full_name="Anjali"))


@pytest.fixture
def as_trainer(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.TRAINER))


def url(name: str, row: object) -> str:
    return reverse(f"courses:{name}", args=[row.public_id])  # type: ignore[attr-defined]


def test_a_session_is_planned_in_the_time_of_the_intake(as_coordinator: Client, intake: Intake) -> None:
    as_coordinator.post(url("session-add", intake), SESSION)
    as_coordinator.post(url("session-add", intake), SESSION)

    assert Session.objects.get().starts_at == datetime(2027, 3, 1, 2, 30, tzinfo=UTC)


def test_a_session_is_changed_and_removed(as_coordinator: Client, intake: Intake) -> None:
    session = SessionFactory(intake=intake, title={"en": "Old", "th": "เก่า"})
    page = as_coordinator.get(url("session-edit", session)).content.decode()
    assert 'value="Old"' in page

    as_coordinator.post(url("session-edit", session), {**SESSION, "version": "1"})
    session.refresh_from_db()
    assert session.title == {"en": "Welcome", "th": "เก่า"}
    assert as_coordinator.post(url("session-edit", session), {**SESSION, "version": "1"}).status_code == 409

    as_coordinator.post(url("session-remove", session))
    assert not Session.objects.exists()


def test_a_time_that_the_clocks_skip_is_refused(as_coordinator: Client, intake: Intake) -> None:
    intake.time_zone = "America/New_York"
    intake.save()

    page = as_coordinator.post(
        url("session-add", intake), {**SESSION, "day": "2027-03-14", "begins": "02:30"}
    )

    assert page.status_code == 422
    assert "clocks go forward" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", value) for value in NUMBERS]
    + [("day", value) for value in DATES]
    + [("begins", value) for value in TIMES]
    + [("title", value) for value in TEXTS],
)
def test_bad_input_of_a_session_is_refused_at_its_field(
    field: str, value: str, as_coordinator: Client, intake: Intake
) -> None:
    page = as_coordinator.post(url("session-add", intake), {**SESSION, field: value})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert not Session.objects.exists()


@pytest.mark.parametrize("value", HARMLESS_TEXTS)
def test_odd_but_harmless_titles_are_kept_and_shown_as_text(
    value: str, as_coordinator: Client, intake: Intake
) -> None:
    as_coordinator.post(url("session-add", intake), {**SESSION, "title": value})

    assert Session.objects.get().title == {"en": value}
    page = as_coordinator.get(url("course-progress", intake)).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("value", [each for each in NUMBERS if each] + ["101"])
def test_bad_terms_are_refused(value: str, as_coordinator: Client, intake: Intake) -> None:
    page = as_coordinator.post(url("terms-edit", intake.program), {"least_attendance": value})

    assert page.status_code == 422
    assert not CourseTerms.objects.exists()


def test_terms_are_saved(as_coordinator: Client, intake: Intake) -> None:
    as_coordinator.post(url("terms-edit", intake.program), {"least_attendance": "75"})

    assert 'value="75"' in as_coordinator.get(url("terms-edit", intake.program)).content.decode()


def test_a_unit_is_added_changed_and_removed(as_coordinator: Client, intake: Intake) -> None:
    as_coordinator.post(url("unit-add", intake), {"code": "U1", "title": "Data", "is_required": "on"})
    again = as_coordinator.post(url("unit-add", intake), {"code": "U1", "title": "Data"})
    assert again.status_code == 422
    unit = Unit.objects.get()

    as_coordinator.post(url("unit-edit", unit), {"code": "U2", "title": "Clean data"})
    unit.refresh_from_db()
    assert (unit.code, unit.title, unit.is_required) == ("U2", {"en": "Clean data"}, False)

    as_coordinator.post(url("unit-remove", unit))
    assert not Unit.objects.exists()


def test_a_trainer_takes_attendance_of_everybody_in_one_form(as_trainer: Client, own: Enrolment) -> None:
    session = SessionFactory(intake=own.intake)
    absent = EnrolmentFactory(intake=own.intake)
    page = as_trainer.get(url("session-attendance", session)).content.decode()
    assert page.count(" checked") == 2

    marks = {f"mark-{own.public_id}": "present", f"mark-{absent.public_id}": "absent", "version": "1"}
    answer = as_trainer.post(url("session-attendance", session), marks)

    assert answer.status_code == 302
    assert dict(Attendance.objects.values_list("enrolment", "mark")) == {
        own.pk: "present",
        absent.pk: "absent",
    }


@pytest.mark.parametrize(
    "change", [{"version": "x"}, {"version": ""}, {"version": "9" * 30}, {"mark": "asleep"}, {"mark": ""}]
)
def test_bad_marks_are_refused(change: dict[str, str], as_trainer: Client, own: Enrolment) -> None:
    session = SessionFactory(intake=own.intake)
    marks = {"version": "1", f"mark-{own.public_id}": change.get("mark", "present")}

    answer = as_trainer.post(url("session-attendance", session), {**marks, **change})

    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def test_attendance_that_another_trainer_took_is_told(as_trainer: Client, own: Enrolment) -> None:
    session = SessionFactory(intake=own.intake, version=2)

    answer = as_trainer.post(
        url("session-attendance", session), {f"mark-{own.public_id}": "late", "version": "1"}
    )

    assert answer.status_code == 409
    assert "Another trainer" in answer.content.decode()


def test_a_trainer_assesses_a_class_and_participants_read_it(
    as_trainer: Client, as_applicant: Client, own: Enrolment
) -> None:
    unit = UnitFactory(intake=own.intake, title={"en": "Clean data"})
    key = own.public_id
    finding = {
        f"result-{key}": "not_yet_competent",
        f"feedback-{key}": "Try step 3 again",
        f"version-{key}": "0",
    }

    as_trainer.post(url("unit-assess", unit), finding)
    as_trainer.post(url("unit-assess", unit), finding)

    assert UnitAssessment.objects.get().result == "not_yet_competent"
    page = as_applicant.get(url("my-course", own)).content.decode()
    assert "Not yet competent" in page
    assert "Try step 3 again" in page
    assert "1 required unit is not marked competent yet" in page


@pytest.mark.parametrize("change", [{"result": "great"}, {"feedback": "x" * 501}, {"feedback": "a\x00b"}])
def test_bad_findings_are_refused(change: dict[str, str], as_trainer: Client, own: Enrolment) -> None:
    unit = UnitFactory(intake=own.intake)
    given = {"result": "competent", "feedback": "", "version": "0", **change}

    answer = as_trainer.post(
        url("unit-assess", unit), {f"{name}-{own.public_id}": value for name, value in given.items()}
    )

    assert answer.status_code == 422
    assert not UnitAssessment.objects.exists()


def test_a_participant_reads_sessions_in_their_own_time(
    as_applicant: Client, applicant: User, own: Enrolment
) -> None:
    applicant.time_zone = "Asia/Manila"
    applicant.save()
    next_year = timezone.now().year + 1
    SessionFactory(intake=own.intake, starts_at=datetime(next_year, 3, 1, 2, 30, tzinfo=UTC))

    page = as_applicant.get(url("my-course", own)).content.decode()

    assert "10:30 a.m. (Manila time)" in page
    assert "1 session is still to come" in page


def test_a_participant_whose_attendance_is_out_of_reach_is_told(as_applicant: Client, own: Enrolment) -> None:
    for _number in range(4):
        session = SessionFactory(intake=own.intake, held_at=timezone.now())
        Attendance.objects.create(session=session, enrolment=own, mark="absent")
    SessionFactory(intake=own.intake, starts_at=timezone.now() + timedelta(days=2))

    assert "out of reach" in as_applicant.get(url("my-course", own)).content.decode()


def test_somebody_who_left_no_longer_sees_where_the_class_meets(as_applicant: Client, own: Enrolment) -> None:
    SessionFactory(intake=own.intake, starts_at=timezone.now() + timedelta(days=2), place="Room 9")
    assert "Room 9" in as_applicant.get(url("my-course", own)).content.decode()

    Enrolment.objects.filter(pk=own.pk).update(status="withdrawn", ended_on=timezone.now().date())

    assert "Room 9" not in as_applicant.get(url("my-course", own)).content.decode()


def test_everybody_who_is_ready_completes_with_one_button(as_trainer: Client, own: Enrolment) -> None:
    late = EnrolmentFactory(intake=own.intake)
    session = SessionFactory(intake=own.intake, held_at=timezone.now())
    Attendance.objects.create(session=session, enrolment=own, mark="present")
    Attendance.objects.create(session=session, enrolment=late, mark="absent")

    page = as_trainer.post(reverse("enrolments:complete-ready", args=[own.intake.public_id]), follow=True)

    assert "1 person completed." in page.content.decode()
    own.refresh_from_db()
    late.refresh_from_db()
    assert (own.status, late.status) == ("completed", "active")


def test_what_belongs_to_others_is_not_there(
    as_coordinator: Client, as_trainer: Client, as_applicant: Client, own: Enrolment
) -> None:
    session, unit = SessionFactory(), UnitFactory()
    scholarship = IntakeFactory(
        program=ProgramFactory(kind=ProgramKind.SCHOLARSHIP, organisation=own.intake.program.organisation)
    )

    for client in (as_coordinator, as_trainer):
        assert client.get(url("session-attendance", session)).status_code == 404
        assert client.get(url("unit-assess", unit)).status_code == 404
        assert client.get(url("course-progress", session.intake)).status_code == 404
        assert client.get(url("course-progress", scholarship)).status_code == 404
    for name, row in (("session-edit", session), ("unit-edit", unit), ("session-add", unit.intake)):
        assert as_coordinator.get(url(name, row)).status_code == 404
        assert as_trainer.get(url(name, row)).status_code == 403
    assert as_coordinator.post(url("session-remove", session)).status_code == 404
    assert as_coordinator.get(url("terms-edit", session.intake.program)).status_code == 404
    assert as_applicant.get(url("my-course", EnrolmentFactory())).status_code == 404
    assert as_applicant.get(url("course-progress", own.intake)).status_code == 403


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("page", ["course-progress", "session-attendance", "unit-assess", "my-course"])
def test_pages_take_the_same_queries_for_one_or_three(
    people: int,
    page: str,
    as_coordinator: Client,
    as_applicant: Client,
    own: Enrolment,
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(people):
        EnrolmentFactory(intake=own.intake)
        session = SessionFactory(intake=own.intake, number=number + 1, held_at=timezone.now())
        unit = UnitFactory(intake=own.intake)
    row = {"session-attendance": session, "unit-assess": unit, "my-course": own}.get(page, own.intake)
    client = as_applicant if page == "my-course" else as_coordinator

    with django_assert_max_num_queries(13):
        assert client.get(url(page, row)).status_code == 200


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_trainer_finds_what_waits_and_what_comes_in_five_queries(
    sessions: int, as_trainer: Client, intake: Intake, django_assert_max_num_queries: Callable
) -> None:
    elsewhere = SessionFactory(title={"en": "Elsewhere"})
    for number in range(sessions):
        SessionFactory(intake=intake, number=number + 1, title={"en": "Began"})
        later = timezone.now() + timedelta(days=1)
        SessionFactory(intake=intake, number=number + 50, title={"en": "Coming"}, starts_at=later)
    SessionFactory(intake=intake, title={"en": "Marked"}, held_at=timezone.now())

    with django_assert_max_num_queries(5):
        page = as_trainer.get(reverse("courses:session-list")).content.decode()

    assert page.count("Take attendance") == sessions
    assert page.count("Coming") == sessions
    assert "Marked" not in page
    assert elsewhere.title["en"] not in page
