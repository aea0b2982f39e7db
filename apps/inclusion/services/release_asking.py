"""Asking for a release: who, for which day, after which others. A worker builds it afterwards."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.ringing import ring_on_commit
from apps.events.services import publish
from apps.inclusion.enums import Cadence
from apps.inclusion.events import ReleaseAsked
from apps.inclusion.models import Release
from apps.inclusion.rules.cube import SMALL_THRESHOLD, THRESHOLD
from apps.inclusion.rules.quarters import is_last_day
from apps.inclusion.rules.release import ROUNDING
from apps.inclusion.selectors.changes import latest_quarter

RULES_VERSION = "2026-11-27 thresholds 5 and 10, two releases by LP, base 5"
BELL = "apps.inclusion.tasks.build_releases"
#: Whoever asks holds this until their number is committed. A lock on the last row would not do: it makes
#: one wait for whoever builds, lets two through where there is no row, and finds the last of before the wait.
NUMBERING = "SELECT pg_advisory_xact_lock(hashtext('inclusion.release.number'))"


@transaction.atomic
def ask_for_release(
    *,
    actor: Actor,
    cadence: str = Cadence.RUNNING,
    as_of: date | None = None,
    restates: Release | None = None,
    reason: str = "",
) -> Release:
    """Take the next number for a release; a worker builds it (tasks.build_releases) when this is committed.

    `as_of` is the last day counted: today for the running view, the last day of a quarter otherwise. Raises
    Invalid for another day or one that has not ended, Conflict when the quarter, or a later one, was asked
    for already; `restates` counts the latest quarter again, with a reason, and one at a time.
    """
    today = timezone.now().date()
    day = as_of or today
    with connection.cursor() as cursor:
        cursor.execute(NUMBERING)
    if cadence == Cadence.QUARTER:
        _require_order(day, today, restates, reason)
    elif day != today or restates is not None:
        raise Invalid(_("A running view is of today, and counts no quarter again."))
    last = Release.objects.order_by("-number").first()
    asked = Release.objects.create(
        number=(last.number if last else 0) + 1,
        cadence=cadence,
        as_of=day,
        released_at=timezone.now(),
        threshold=THRESHOLD,
        small_threshold=SMALL_THRESHOLD,
        rounding=ROUNDING,
        rules_version=RULES_VERSION,
        released_by_id=actor.user_id,
        restates=restates,
        reason=reason,
    )
    told = ReleaseAsked(release_id=asked.pk, number=asked.number, restates=asked.restates_id)
    publish(told, actor=actor)
    ring_on_commit(BELL)
    return asked


def _require_order(day: date, today: date, restates: Release | None, reason: str) -> None:
    """What was asked for counts before it is built: the quarter asked for last is the latest."""
    if not is_last_day(day) or day >= today:
        raise Invalid(_("A quarter is released after its last day."))
    latest = latest_quarter()
    if restates is None:
        if latest is not None and latest.as_of >= day:
            raise Conflict(_("This quarter, or a later one, is released already."))
        return
    if latest is not None and latest.restates_id == restates.pk and not latest.is_built:
        raise Conflict(_("This quarter is being counted again already."))
    if restates != latest or restates.as_of != day or not latest.is_built:
        raise Conflict(_("Only the latest quarter can be counted again."))
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why the quarter is counted again.")]})
