"""Sessions, attendance and units, and what they add up to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.courses.models import Attendance, Session, UnitAssessment
from apps.courses.selectors import progress_of, progress_of_one, sessions_for, units_for
from apps.courses.services import (
    add_unit,
    assess_unit,
    change_session,
    plan_session,
    remove_session,
    remove_unit,
    set_terms,
    take_attendance,
)
from apps.courses.services.assessments import Finding
from apps.enrolments.models import Enrolment
from apps.enrolments.services import complete_enrolment
from apps.events.models import EventRecord
from tests.factories.courses import SessionFactory, UnitFactory
from tests.factories.enrolments import EnrolmentFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory()


@pytest.fixture
def session(enrolment: Enrolment) -> Session:
    return SessionFactory(intake=enrolment.intake)


def events(name: str) -> int:
    return EventRecord.objects.filter(name=name).count()


def test_attendance_of_a_whole_session_is_one_write(session: Session, actor: Actor) -> None:
    people = EnrolmentFactory.create_batch(3, intake=session.intake)
    marks = dict(zip([each.pk for each in people], ["present", "late", "absent"], strict=True))

    held = take_attendance(session=session, marks=marks, seen_version=1, actor=actor)

    assert held.held_at is not None
    assert dict(Attendance.objects.values_list("enrolment", "mark")) == marks
    assert events("AttendanceTaken") == 1


def test_the_same_marks_again_change_nothing(session: Session, enrolment: Enrolment, actor: Actor) -> None:
    marks = {enrolment.pk: "present"}
    take_attendance(session=session, marks=marks, seen_version=1, actor=actor)

    again = take_attendance(session=session, marks=marks, seen_version=1, actor=actor)

    assert again.version == 2
    assert events("AttendanceTaken") == 1


def test_marks_can_be_corrected_by_whoever_saw_the_last_ones(
    session: Session, enrolment: Enrolment, actor: Actor
) -> None:
    take_attendance(session=session, marks={enrolment.pk: "absent"}, seen_version=1, actor=actor)

    with pytest.raises(Conflict, match="Another trainer"):
        take_attendance(session=session, marks={enrolment.pk: "late"}, seen_version=1, actor=actor)
    take_attendance(session=session, marks={enrolment.pk: "late"}, seen_version=2, actor=actor)

    assert Attendance.objects.get().mark == "late"


def test_attendance_waits_for_the_session_to_begin(enrolment: Enrolment, actor: Actor) -> None:
    later = SessionFactory(intake=enrolment.intake, starts_at=timezone.now() + timedelta(hours=2))

    with pytest.raises(Invalid, match="when the session begins"):
        take_attendance(session=later, marks={enrolment.pk: "present"}, seen_version=1, actor=actor)


def test_strangers_and_unknown_marks_are_refused(
    session: Session, enrolment: Enrolment, actor: Actor
) -> None:
    stranger = EnrolmentFactory()

    with pytest.raises(Invalid):
        take_attendance(session=session, marks={stranger.pk: "present"}, seen_version=1, actor=actor)
    with pytest.raises(Invalid):
        take_attendance(session=session, marks={enrolment.pk: "asleep"}, seen_version=1, actor=actor)
    with pytest.raises(Invalid):
        take_attendance(session=session, marks={}, seen_version=1, actor=actor)

    session.refresh_from_db()
    assert session.held_at is None


def test_planning_the_same_session_twice_plans_it_once(enrolment: Enrolment, actor: Actor) -> None:
    when = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
    plan = {"title": {"en": "Welcome"}, "starts_at": when, "minutes": 90, "actor": actor}

    first = plan_session(intake=enrolment.intake, **plan)
    second = plan_session(intake=enrolment.intake, **plan)

    assert first == second
    assert first.number == 1
    assert events("SessionPlanned") == 1


def test_moving_a_session_tells_people_and_renaming_does_not(session: Session, actor: Actor) -> None:
    same = {"starts_at": session.starts_at, "minutes": session.minutes}
    renamed = change_session(session=session, seen_version=1, title={"en": "New"}, **same, actor=actor)
    assert events("SessionMoved") == 0

    moved = {**same, "starts_at": session.starts_at + timedelta(days=1)}
    change_session(session=renamed, seen_version=2, title={"en": "New"}, **moved, actor=actor)

    assert events("SessionMoved") == 1
    with pytest.raises(Conflict):
        change_session(session=session, seen_version=2, title={"en": "Old"}, **same, actor=actor)


def test_a_session_that_was_held_stays_where_it_was(
    session: Session, enrolment: Enrolment, actor: Actor
) -> None:
    take_attendance(session=session, marks={enrolment.pk: "present"}, seen_version=1, actor=actor)

    with pytest.raises(Conflict):
        remove_session(session=session, actor=actor)
    with pytest.raises(Conflict):
        change_session(
            session=session,
            seen_version=2,
            title=session.title,
            starts_at=session.starts_at + timedelta(days=1),
            minutes=60,
            actor=actor,
        )


def test_a_unit_code_is_used_once_and_an_assessed_unit_stays(enrolment: Enrolment, actor: Actor) -> None:
    unit = add_unit(intake=enrolment.intake, code="U1", title={"en": "Data"}, is_required=True, actor=actor)
    with pytest.raises(Invalid) as refused:
        add_unit(intake=enrolment.intake, code="U1", title={"en": "Same"}, is_required=True, actor=actor)
    assert "code" in refused.value.fields

    assess_unit(unit=unit, findings=[Finding(enrolment.pk, "competent")], actor=actor)

    with pytest.raises(Conflict):
        remove_unit(unit=unit, actor=actor)


def test_findings_are_told_once_and_only_when_the_result_changes(enrolment: Enrolment, actor: Actor) -> None:
    unit = UnitFactory(intake=enrolment.intake)
    other = EnrolmentFactory(intake=enrolment.intake)
    both = [Finding(enrolment.pk, "not_yet_competent", "Try step 3 again"), Finding(other.pk, "not_assessed")]

    assert assess_unit(unit=unit, findings=both, actor=actor) == 1
    assert assess_unit(unit=unit, findings=both, actor=actor) == 0
    changed = [Finding(enrolment.pk, "not_yet_competent", "Nearly there", seen_version=1)]
    assert assess_unit(unit=unit, findings=changed, actor=actor) == 1

    assert events("UnitAssessed") == 1
    assert [line.feedback for line in units_for(enrolment)] == ["Nearly there"]


def test_two_trainers_do_not_overwrite_each_other(enrolment: Enrolment, actor: Actor) -> None:
    unit = UnitFactory(intake=enrolment.intake)
    assess_unit(unit=unit, findings=[Finding(enrolment.pk, "competent")], actor=actor)
    late = [Finding(enrolment.pk, "not_yet_competent", seen_version=0)]

    with pytest.raises(Conflict, match="Another trainer"):
        assess_unit(unit=unit, findings=late, actor=actor)

    assert UnitAssessment.objects.get().result == "competent"


def test_a_participant_completes_with_enough_sessions_and_units(
    enrolment: Enrolment, session: Session, actor: Actor
) -> None:
    unit = UnitFactory(intake=enrolment.intake)
    UnitFactory(intake=enrolment.intake, is_required=False)
    take_attendance(session=session, marks={enrolment.pk: "absent"}, seen_version=1, actor=actor)
    with pytest.raises(Invalid) as refused:
        complete_enrolment(enrolment=enrolment, actor=actor)
    assert "Attendance is 0 %" in str(refused.value)
    assert "1 required unit" in str(refused.value)

    take_attendance(session=session, marks={enrolment.pk: "present"}, seen_version=2, actor=actor)
    assess_unit(unit=unit, findings=[Finding(enrolment.pk, "competent")], actor=actor)

    assert complete_enrolment(enrolment=enrolment, actor=actor).status == "completed"


def test_terms_decide_how_much_attendance_is_enough(
    enrolment: Enrolment, session: Session, actor: Actor
) -> None:
    second = SessionFactory(intake=enrolment.intake)
    take_attendance(session=session, marks={enrolment.pk: "present"}, seen_version=1, actor=actor)
    take_attendance(session=second, marks={enrolment.pk: "absent"}, seen_version=1, actor=actor)
    assert not progress_of_one(enrolment, on=TODAY).attends_enough

    set_terms(program=enrolment.intake.program, least_attendance=50, actor=actor)

    assert progress_of_one(enrolment, on=TODAY).attends_enough


def test_sessions_before_a_late_seat_came_free_do_not_count(enrolment: Enrolment, actor: Actor) -> None:
    before = SessionFactory(intake=enrolment.intake, starts_at=timezone.now() - timedelta(days=2))
    take_attendance(session=before, marks={enrolment.pk: "present"}, seen_version=1, actor=actor)

    late = EnrolmentFactory(intake=enrolment.intake, started_on=TODAY + timedelta(days=2))

    assert progress_of_one(late, on=TODAY).attendance.held == 0
    assert [line.counts for line in sessions_for(late)] == [False]


def test_a_session_between_enrolling_and_the_first_day_counts(enrolment: Enrolment, actor: Actor) -> None:
    early = EnrolmentFactory(intake=enrolment.intake, started_on=TODAY + timedelta(days=30))
    session = SessionFactory(intake=enrolment.intake, starts_at=timezone.now())

    take_attendance(session=session, marks={early.pk: "present"}, seen_version=1, actor=actor)

    assert progress_of_one(early, on=TODAY).attendance.attended == 1


def test_a_planned_session_still_to_come_is_named(enrolment: Enrolment, actor: Actor) -> None:
    SessionFactory(intake=enrolment.intake, starts_at=timezone.now() + timedelta(days=3))

    with pytest.raises(Invalid, match="1 session is still to come"):
        complete_enrolment(enrolment=enrolment, actor=actor)


@pytest.mark.parametrize("people", [1, 3])
def test_progress_takes_the_same_queries_for_one_or_many(
    people: int, session: Session, django_assert_num_queries: object
) -> None:
    UnitFactory(intake=session.intake)
    enrolments = EnrolmentFactory.create_batch(people, intake=session.intake)

    with django_assert_num_queries(5):  # type: ignore[operator]
        progress_of(enrolments, intake=session.intake, on=TODAY)
