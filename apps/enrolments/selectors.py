"""Reading who takes part."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.enrolments.models import Enrolment
from apps.events.models import EventRecord
from apps.events.selectors import history_of
from apps.programs.models import Intake


def today_at(intake: Intake) -> date:
    """Today where the intake is held; the server's clock decides."""
    now: datetime = timezone.now()
    return now.astimezone(ZoneInfo(intake.time_zone)).date()


def intakes_run_by(viewer: Viewer) -> QuerySet[Intake]:
    """Intakes whose participants this coordinator or trainer looks after."""
    return Intake.objects.filter(
        program__organisation__in=viewer.at(Role.COORDINATOR) | viewer.at(Role.TRAINER)
    ).select_related("program")


def roster(intake: Intake, *, status: str = "") -> QuerySet[Enrolment]:
    """Who takes part in an intake, with names; the caller pages by (status, id)."""
    enrolments = Enrolment.objects.filter(intake=intake).select_related(
        "person__user", "person__country", "application"
    )
    return enrolments.filter(status=status) if status else enrolments


def enrolment_history(enrolment: Enrolment) -> QuerySet[EventRecord]:
    return history_of("enrolment", enrolment.pk)
