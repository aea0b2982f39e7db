"""Reading sessions, attendance, units and progress; the same number of queries for one or a thousand."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.accounts.roles import Viewer
from apps.courses.enums import UnitResult
from apps.courses.models import Attendance, CourseTerms, Session, Unit, UnitAssessment
from apps.courses.rules import Progress, attendance_record
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import roster
from apps.programs.models import Intake


def least_attendance(program_id: int) -> int:
    """Percent of sessions held; the model's default while nobody has set the terms."""
    terms = CourseTerms.objects.filter(program=program_id).first() or CourseTerms()
    return terms.least_attendance


def progress_of(enrolments: Iterable[Enrolment], *, intake: Intake, on: date) -> dict[int, Progress]:
    """How far each participant of one intake is, by enrolment id, in five queries."""
    enrolments = list(enrolments)
    ids = [enrolment.pk for enrolment in enrolments]
    zone = ZoneInfo(intake.time_zone)
    sessions = list(Session.objects.filter(intake=intake))
    marks = _marks(ids)
    required = set(Unit.objects.filter(intake=intake, is_required=True).values_list("pk", flat=True))
    competent = Counter(
        UnitAssessment.objects.filter(
            enrolment__in=ids, unit__in=required, result=UnitResult.COMPETENT
        ).values_list("enrolment", flat=True)
    )
    least = least_attendance(intake.program_id)
    to_come = sum(each.held_at is None and each.starts_at.astimezone(zone).date() >= on for each in sessions)
    return {
        enrolment.pk: Progress(
            attendance=attendance_record(
                [marks[enrolment.pk].get(each.pk) for each in counted_sessions(enrolment, sessions, zone)],
                to_come,
            ),
            required_units=len(required),
            competent_units=competent[enrolment.pk],
            least_attendance=least,
        )
        for enrolment in enrolments
    }


def counted_sessions(enrolment: Enrolment, sessions: Iterable[Session], zone: ZoneInfo) -> list[Session]:
    """Sessions held since the participant joined: those before a late seat came free do not count."""
    joined = enrolment.joined_on(zone)
    return [
        session
        for session in sessions
        if session.held_at is not None
        and (joined is None or session.starts_at >= datetime.combine(joined, time.min, zone))
    ]


def _marks(enrolment_ids: list[int]) -> dict[int, dict[int, str]]:
    marks: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Attendance.objects.filter(enrolment__in=enrolment_ids)
    for enrolment, session, mark in rows.values_list("enrolment", "session", "mark"):
        marks[enrolment][session] = mark
    return marks


def progress_of_one(enrolment: Enrolment, *, on: date) -> Progress:
    return progress_of([enrolment], intake=enrolment.intake, on=on)[enrolment.pk]


def what_is_missing(progress: Progress) -> list[str | Promise]:
    """What stands between a participant and completion, one sentence each."""
    missing: list[str | Promise] = []
    if not progress.has_content:
        missing.append(_("The sessions and units of this course are not planned yet."))
    if not progress.attends_enough and progress.attendance.held:
        missing.append(
            _("Attendance is %(percent)d %% of the sessions held; at least %(least)d %% is needed.")
            % {"percent": progress.attendance.percent, "least": progress.least_attendance}
        )
    if to_come := progress.attendance.to_come:
        missing.append(
            ngettext_lazy(
                "%(count)d session is still to come.", "%(count)d sessions are still to come.", "count"
            )
            % {"count": to_come}
        )
    if units := max(progress.required_units - progress.competent_units, 0):
        missing.append(
            ngettext_lazy(
                "%(count)d required unit is not marked competent yet.",
                "%(count)d required units are not marked competent yet.",
                "count",
            )
            % {"count": units}
        )
    return missing


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as its participant sees it; `mark` is empty until it is taken."""

    session: Session
    mark: str
    label: str
    counts: bool


def sessions_for(enrolment: Enrolment) -> list[SessionLine]:
    sessions = list(Session.objects.filter(intake=enrolment.intake_id))
    zone = ZoneInfo(enrolment.intake.time_zone)
    counted = {session.pk for session in counted_sessions(enrolment, sessions, zone)}
    rows = {row.session_id: row for row in Attendance.objects.filter(enrolment=enrolment)}
    return [
        SessionLine(
            session=session,
            mark=rows[session.pk].mark if session.pk in rows else "",
            label=rows[session.pk].get_mark_display() if session.pk in rows else "",
            counts=session.pk in counted,
        )
        for session in sessions
    ]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit as its participant sees it."""

    unit: Unit
    result: str
    label: str
    feedback: str


def units_for(enrolment: Enrolment) -> list[UnitLine]:
    rows = {row.unit_id: row for row in UnitAssessment.objects.filter(enrolment=enrolment)}
    lines = []
    for unit in Unit.objects.filter(intake=enrolment.intake_id):
        row = rows.get(unit.pk) or UnitAssessment(unit=unit)
        lines.append(UnitLine(unit, row.result, row.get_result_display(), row.feedback))
    return lines


def people_of(intake: Intake) -> QuerySet[Enrolment]:
    """Who takes part now, in the order of a register."""
    return roster(intake).filter(status__in=TAKES_PART).order_by("person__full_name", "pk")


def sessions_to_mark(viewer: Viewer) -> list[tuple[Intake, int]]:
    """Sessions that began without attendance being taken, counted by intake, oldest intake first."""
    counts = Counter(
        Session.objects.visible_to(viewer)
        .filter(held_at=None, starts_at__lt=timezone.now())
        .order_by()
        .values_list("intake", flat=True)
    )
    intakes = Intake.objects.filter(pk__in=counts).select_related("program").order_by("pk")
    return [(intake, counts[intake.pk]) for intake in intakes]


def sessions_run_by(viewer: Viewer, *, coming: bool) -> QuerySet[Session]:
    """Sessions to come, or those that began and wait for attendance, of intakes the viewer runs."""
    now = timezone.now()
    moment = {"starts_at__gte": now} if coming else {"starts_at__lt": now}
    return (
        Session.objects.visible_to(viewer)
        .filter(held_at=None, **moment)
        .select_related("intake__program")
        .order_by("starts_at", "pk")
    )
