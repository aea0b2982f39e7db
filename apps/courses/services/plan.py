"""What a course consists of: its terms, sessions and units."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.courses.events import SessionMoved, SessionPlanned, SessionRemoved
from apps.courses.models import CourseTerms, Session, Unit
from apps.events.services import publish
from apps.programs.events import IntakeChanged, ProgramChanged
from apps.programs.models import Intake, Program

MOST_SESSIONS = 200


@transaction.atomic
def set_terms(*, program: Program, least_attendance: int, actor: Actor) -> CourseTerms:
    """`least_attendance` is percent of the sessions held. It applies from now on, to everybody."""
    terms, _created = CourseTerms.objects.update_or_create(
        program=program, defaults={"least_attendance": least_attendance}
    )
    publish(ProgramChanged(program_id=program.pk, fields=["course_terms"]), actor=actor)
    return terms


@transaction.atomic
def plan_session(
    *,
    intake: Intake,
    title: Mapping[str, str],
    starts_at: datetime,
    minutes: int,
    place: str = "",
    actor: Actor,
) -> Session:
    """Add a session. Planning the same title at the same moment twice gives the first one back."""
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    same = Session.objects.filter(intake=intake, starts_at=starts_at, title=dict(title)).first()
    if same:
        return same
    last = Session.objects.filter(intake=intake).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_SESSIONS:
        raise Invalid(_("A course has at most %(most)d sessions.") % {"most": MOST_SESSIONS})
    session = Session.objects.create(
        intake=intake,
        number=last + 1,
        title=dict(title),
        starts_at=starts_at,
        minutes=minutes,
        place=place,
    )
    publish(SessionPlanned(session_id=session.pk, intake_id=intake.pk), actor=actor)
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    seen_version: int,
    title: Mapping[str, str],
    starts_at: datetime,
    minutes: int,
    place: str = "",
    actor: Actor,
) -> Session:
    """Change a session. Participants hear of it when the time or the place moves.

    Raises Conflict when somebody changed it after `seen_version`, or when attendance was taken
    and the time would move.
    """
    seen = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    moved = (seen.starts_at, seen.place, seen.minutes) != (starts_at, place, minutes)
    if seen.version != seen_version:
        raise Conflict
    if seen.held_at and seen.starts_at != starts_at:
        raise Conflict(_("Attendance of this session is taken, so its time cannot change."))
    Session.objects.filter(pk=seen.pk).update(
        title=dict(title), starts_at=starts_at, minutes=minutes, place=place, version=F("version") + 1
    )
    if moved:
        publish(SessionMoved(session_id=seen.pk, intake_id=seen.intake_id), actor=actor)
    seen.refresh_from_db()
    return seen


@transaction.atomic
def remove_session(*, session: Session, actor: Actor) -> None:
    """Take a session out of the plan; participants hear of it. One whose attendance was taken stays."""
    removed, _rows = Session.objects.filter(pk=session.pk, held_at=None).delete()
    if not removed:
        raise Conflict(_("Attendance of this session is taken, so it stays."))
    publish(
        SessionRemoved(
            session_id=session.pk,
            intake_id=session.intake_id,
            title=session.title,
            starts_at=session.starts_at.isoformat(),
        ),
        actor=actor,
    )


@transaction.atomic
def add_unit(*, intake: Intake, code: str, title: Mapping[str, str], is_required: bool, actor: Actor) -> Unit:
    """Add a unit. Raises Invalid at `code` when the intake has it already."""
    unit = Unit(intake=intake, code=code, title=dict(title), is_required=is_required)
    _save_unit(unit)
    publish(IntakeChanged(intake_id=intake.pk, fields=["units"]), actor=actor)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, code: str, title: Mapping[str, str], is_required: bool, actor: Actor) -> Unit:
    unit.code, unit.title, unit.is_required = code, dict(title), is_required
    _save_unit(unit)
    publish(IntakeChanged(intake_id=unit.intake_id, fields=["units"]), actor=actor)
    return unit


@transaction.atomic
def remove_unit(*, unit: Unit, actor: Actor) -> None:
    """Take a unit out of the course. One that anybody was assessed in stays."""
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if locked.assessments.exists():
        raise Conflict(_("Somebody was assessed in this unit, so it stays. You can make it optional."))
    locked.delete()
    publish(IntakeChanged(intake_id=unit.intake_id, fields=["units"]), actor=actor)


def _save_unit(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Invalid(fields={"code": [_("This course has a unit with this code already.")]}) from error
