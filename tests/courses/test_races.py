"""Two trainers at once: nobody's marks are lost in silence."""

import pytest

from apps.core.actors import SYSTEM
from apps.courses.models import Attendance, Session
from apps.courses.services import take_attendance
from tests.factories.courses import SessionFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_trainers_with_different_marks_one_is_told() -> None:
    session = SessionFactory()
    enrolment = EnrolmentFactory(intake=session.intake)

    def take(mark: str) -> Session:
        return take_attendance(session=session, marks={enrolment.pk: mark}, seen_version=1, actor=SYSTEM)

    results = race(lambda: take("present"), lambda: take("absent"))

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Session"]
    assert Attendance.objects.count() == 1


def test_a_double_click_on_save_is_one_attendance_and_no_complaint() -> None:
    session = SessionFactory()
    enrolment = EnrolmentFactory(intake=session.intake)

    def take() -> Session:
        return take_attendance(session=session, marks={enrolment.pk: "present"}, seen_version=1, actor=SYSTEM)

    results = race(take, take)

    assert [type(result) for result in results] == [Session, Session]
    assert Attendance.objects.count() == 1
