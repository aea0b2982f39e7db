"""Who was there: a whole session in one write."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.courses.enums import AttendanceMark
from apps.courses.events import AttendanceTaken
from apps.courses.models import Attendance, Session
from apps.enrolments.models import Enrolment
from apps.events.services import publish

#: Trainers may begin to mark a little before the start, while people come in.
EARLY = timedelta(hours=1)


@transaction.atomic
def take_attendance(
    *, session: Session, marks: Mapping[int, str], seen_version: int, actor: Actor
) -> Session:
    """Write the marks of a session, by enrolment id, and count the session as held.

    Sending the same marks again changes nothing, so a double click is harmless. Raises Conflict
    when another trainer wrote different marks after `seen_version`, Invalid before the session
    begins or when a mark or a person does not belong to it.
    """
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if session.starts_at - EARLY > timezone.now():
        raise Invalid(_("You can take attendance when the session begins."))
    if not marks:
        raise Invalid(_("Nobody takes part in this course yet."))
    _require_ours(session, marks)
    before = dict(
        Attendance.objects.filter(session=session, enrolment__in=marks).values_list("enrolment", "mark")
    )
    if session.held_at and before == dict(marks):
        return session
    if session.version != seen_version:
        raise Conflict(_("Another trainer took this attendance meanwhile. Look at it again."))
    _write(session, marks, actor)
    Session.objects.filter(pk=session.pk).update(held_at=Coalesce("held_at", Now()), version=F("version") + 1)
    publish(AttendanceTaken(session_id=session.pk, intake_id=session.intake_id), actor=actor)
    session.refresh_from_db()
    return session


def _require_ours(session: Session, marks: Mapping[int, str]) -> None:
    if not set(marks.values()) <= set(AttendanceMark.values):
        raise Invalid(_("Choose present, late, excused or absent for each person."))
    ours = Enrolment.objects.filter(intake=session.intake_id, pk__in=marks).count()
    if ours != len(marks):
        raise Invalid(_("Somebody on this list does not take part in this course."))


def _write(session: Session, marks: Mapping[int, str], actor: Actor) -> None:
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, enrolment_id=enrolment, mark=mark, marked_by_id=actor.user_id)
            for enrolment, mark in sorted(marks.items())
        ],
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["mark", "marked_by", "updated_at"],
    )
