"""Reading who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.enrolments.enums import TAKES_PART, EnrolmentStatus, SupportStatus
from apps.enrolments.extension import Waiting, enrolment_policies
from apps.enrolments.models import Enrolment, SupportTask, organisations_of
from apps.events.selectors import history_of
from apps.programs.models import Intake


def today_at(intake: Intake) -> date:
    """Today where the intake is held; the server's clock decides."""
    now: datetime = timezone.now()
    return now.astimezone(ZoneInfo(intake.time_zone)).date()


def intakes_run_by(viewer: Viewer, *roles: str) -> QuerySet[Intake]:
    """Intakes whose participants holders of `roles` look after."""
    run = organisations_of(viewer, *roles)
    return Intake.objects.filter(program__organisation__in=run).select_related("program")


def intakes_with_numbers(viewer: Viewer) -> QuerySet[Intake]:
    """The same, with how many take part now and how many ever did. Imported ones only with people."""
    enrolled = Enrolment.objects.filter(intake=OuterRef("pk")).order_by().values("intake")
    everyone = enrolled.annotate(number=Count("pk")).values("number")
    now = enrolled.filter(status__in=TAKES_PART).annotate(number=Count("pk")).values("number")
    return (
        intakes_run_by(viewer, Role.COORDINATOR, Role.TRAINER)
        .filter(Q(source="") | Exists(Enrolment.objects.filter(intake=OuterRef("pk"))))
        .annotate(ever=Coalesce(Subquery(everyone), 0), taking_part=Coalesce(Subquery(now), 0))
    )


def roster(intake: Intake, *, status: str = "") -> QuerySet[Enrolment]:
    """Who takes part in an intake, with names; the caller pages by (status, id)."""
    enrolments = Enrolment.objects.filter(intake=intake).select_related(
        "person__user", "person__country", "application"
    )
    return enrolments.filter(status=status) if status else enrolments


#: How the history of an enrolment reads.
HISTORY_WORDS = {
    "ParticipantEnrolled": _("Enrolled"),
    "LeaveStarted": _("Leave started"),
    "LeaveEnded": _("Back from leave"),
    "EnrolmentReopened": _("End undone"),
    "UnitAssessed": _("A unit was assessed"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One moment of an enrolment, in words."""

    at: datetime
    words: str | Promise
    reason: str = ""


def enrolment_history(enrolment: Enrolment) -> list[HistoryLine]:
    """What happened to an enrolment, oldest first."""
    lines = []
    for record in history_of("enrolment", enrolment.pk):
        words = HISTORY_WORDS.get(record.name)
        if record.name == "EnrolmentEnded":
            words = EnrolmentStatus(record.payload["status"]).label
        if words:
            lines.append(HistoryLine(record.at, words, record.payload.get("reason", "")))
    return lines


def waiting_in_programs(viewer: Viewer) -> list[Waiting]:
    """What waits for a coordinator or trainer after enrolment, whatever the kind of program."""
    return [each for kind in enrolment_policies for each in enrolment_policies[kind].waiting(viewer=viewer)]


def support_desk(viewer: Viewer) -> QuerySet[SupportTask]:
    """What logistics arranges, the open ones by their day; the needs themselves are still sealed."""
    tasks = SupportTask.objects.visible_to(viewer).exclude(status=SupportStatus.CANCELLED)
    rows: QuerySet[SupportTask] = tasks.select_related(
        "enrolment__person__user", "enrolment__intake__program", "need"
    )
    return rows.annotate(
        is_done=Case(When(status=SupportStatus.OPEN, then=0), default=1, output_field=IntegerField())
    )


def support_tasks_of(enrolment: Enrolment) -> list[SupportTask]:
    """What was asked for by this participant and how it went, for themselves."""
    return list(enrolment.support_tasks.select_related("need").order_by("id"))


def open_support(intake_ids: Iterable[int]) -> dict[int, int]:
    """How many needs are still open, by intake: all that a coordinator learns."""
    tasks = SupportTask.objects.open().filter(
        enrolment__intake__in=list(intake_ids), enrolment__status__in=TAKES_PART
    )
    counted = tasks.order_by().values("enrolment__intake").annotate(number=Count("pk"))
    return {row["enrolment__intake"]: row["number"] for row in counted}
