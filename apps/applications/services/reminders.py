"""Reminding people of an application they have not sent, before their own deadline."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.applications.deadlines import deadlines_of, in_chunks, locked
from apps.applications.enums import ApplicationStatus
from apps.applications.events import DraftDueSoon
from apps.applications.models import Application, DeadlineReminder
from apps.applications.rules.deadlines import REMINDERS, Reminder, reminder_due
from apps.core.actors import CLOCK
from apps.events.services import publish


@transaction.atomic
def remind_of_deadlines(*, now: datetime, limit: int = 500) -> int:
    """Once three days and once a day before; return how many. Runs at any time, twice too: a reminder
    is one row for each application and kind. A draft another transaction holds is left to the next run.
    """
    unsent = Application.objects.filter(
        status=ApplicationStatus.DRAFT,
        source="",
        person__user__isnull=False,
        intake__closes_at__lte=now + max(REMINDERS.values()),
    ).exclude(intake__status="cancelled")
    due: list[int] = []
    for rows in in_chunks(unsent.exclude(reminders__reminder=Reminder.ONE_DAY)):
        due += _reminders(rows, now)
        if len(due) >= limit:
            break
    reminded = 0
    for pk, (reminder, until) in _reminders(locked(due[:limit], skip=True), now).items():
        row = DeadlineReminder.objects.create(application_id=pk, reminder=reminder, until=until)
        publish(DraftDueSoon(application_id=pk, reminder_id=row.pk), actor=CLOCK)
        reminded += 1
    return reminded


def _reminders(rows: Iterable[Application], now: datetime) -> dict[int, tuple[Reminder, datetime]]:
    """Which reminder each of these is due now and has not had, and of which deadline."""
    drafts = [row for row in rows if row.status == ApplicationStatus.DRAFT]
    found = {}
    dues = deadlines_of(drafts)
    for row in drafts:
        until = dues[row.pk].until
        if which := reminder_due(until=until, began_at=row.created_at, at=now):
            found[row.pk] = (which, until)
    had = DeadlineReminder.objects.filter(application__in=found).values_list("application_id", "reminder")
    return {pk: values for pk, values in found.items() if (pk, values[0]) not in set(had)}
