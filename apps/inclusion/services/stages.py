"""How far people came and when, from applications, offers and enrolments."""

from collections.abc import Iterator
from datetime import date

from django.db.models import DateField, DateTimeField, F, Func, Q, QuerySet
from django.db.models.functions import Cast

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.models import Enrolment
from apps.selection.models import Offer

NOT_SENT = (ApplicationStatus.DRAFT, ApplicationStatus.EXPIRED)
#: In their order: whoever came to one came to those before it.
STAGES = ("applied_on", "offered_on", "enrolled_on", "completed_on")
Dates = dict[str, date]


def stages_reached(only: Q) -> dict[tuple[int, int], Dates]:
    """(person, intake) → the day of each stage that was reached, and of withdrawing.

    `only` is a condition on person and intake. A moment belongs to the day of the intake's own place: what is
    sent at 18:00 UTC is sent tomorrow in Bangkok. A stage whose own day nobody recorded has the day of the next
    one that has a day.
    """
    reached: dict[tuple[int, int], Dates] = {}
    for person, intake, stage, day in (*_applied(only), *_offered(only), *_enrolled(only)):
        days = reached.setdefault((person, intake), {})
        days[stage] = min(day, days.get(stage, day))
    for days in reached.values():
        _fill(days)
    return reached


def _fill(days: Dates) -> None:
    """Going back from the last stage: nobody is later at a stage than at the next."""
    came = [stage for stage in STAGES if stage in days]
    last = STAGES.index(came[-1])
    for stage, after in zip(reversed(STAGES[:last]), reversed(STAGES[1 : last + 1]), strict=True):
        days[stage] = min(days.get(stage, days[after]), days[after])


Reached = Iterator[tuple[int, int, str, date]]


def _day_there(moment: str) -> Cast:
    """The day on which a moment fell by the clock of the intake's place."""
    there = Func(F("intake__time_zone"), F(moment), function="timezone", output_field=DateTimeField())
    return Cast(there, DateField())


def _applied(only: Q) -> Reached:
    rows = _sent(only).values_list(
        "person_id", "intake_id", _day_there("submitted_at"), _day_there("withdrawn_at")
    )
    for person, intake, sent_on, withdrawn_on in rows:
        if person is not None:
            yield person, intake, "applied_on", sent_on
            if withdrawn_on is not None:
                yield person, intake, "withdrawn_on", withdrawn_on


def _sent(only: Q) -> QuerySet[Application]:
    known = Application.objects.filter(only, person__isnull=False, submitted_at__isnull=False)
    return known.exclude(status__in=NOT_SENT)


def _offered(only: Q) -> Reached:
    offers = Offer.objects.filter(application__in=_sent(only).values("pk"))
    for person, intake, made_on in offers.values_list(
        "application__person_id", "intake_id", _day_there("made_at")
    ):
        yield person, intake, "offered_on", made_on


def _enrolled(only: Q) -> Reached:
    columns = ("person_id", "intake_id", "status", "started_on", "ended_on", "intake__ends_on")
    rows = Enrolment.objects.filter(only).values_list(*columns, _day_there("created_at"))
    for person, intake, status, started, ended, ends, entered in rows:
        began = started or min(filter(None, (entered, ended, ends)))
        yield person, intake, "enrolled_on", began
        if status == EnrolmentStatus.COMPLETED:
            yield person, intake, "completed_on", max(began, ended or ends or began)
        if status == EnrolmentStatus.WITHDRAWN:
            yield person, intake, "withdrawn_on", ended or began
