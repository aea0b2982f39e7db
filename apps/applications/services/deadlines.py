"""More time for one person, or for the people of a country."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.applications.deadlines import country_of, deadlines_of, in_chunks, locked
from apps.applications.enums import ApplicationStatus
from apps.applications.events import ApplicationReopened, DeadlineExtended
from apps.applications.models import Application, DeadlineExtension
from apps.applications.rules.deadlines import Because
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change
from apps.events.models import EventRecord
from apps.events.services import publish, publish_many
from apps.programs.models import Intake, Outage

LONGEST_EXTENSION = timedelta(days=90)
#: An intake that closed earlier than this before an outage cannot gain from it, whatever came between.
LONGEST_MOVE = timedelta(days=60)
UNSENT = (ApplicationStatus.DRAFT, ApplicationStatus.EXPIRED)


@transaction.atomic
def extend_deadline(*, intake: Intake, who: str, until: datetime, reason: str, actor: Actor) -> bool:
    """Give the draft with this reference number, or of the person with this e-mail, until `until`.

    Whether there is such a draft is for the caller to keep to itself: coordinators do not see drafts.
    A draft that had ended opens again. Raises Invalid at the field.
    """
    now = timezone.now()
    if not now < until <= now + LONGEST_EXTENSION:
        raise Invalid(fields={"until": [_("Enter a time in the next 90 days.")]})
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    draft = _unsent(intake, who)
    if draft is None:
        return False
    DeadlineExtension.objects.create(application=draft, until=until, reason=reason, given_by_id=actor.user_id)
    _open_again([draft], now, actor)
    publish(DeadlineExtended(application_id=draft.pk, because=Because.EXTENSION), actor=actor)
    return True


def _unsent(intake: Intake, who: str) -> Application | None:
    """Locked; the newest where somebody has several that ended, and none beside one that was sent."""
    wanted = "".join(who.split())
    whose = Q(reference=wanted.upper()) | Q(person__user__email=User.objects.normalise(wanted))
    mine = Application.objects.filter(whose, intake=intake, source="", status__in=UNSENT)
    rows = mine.select_for_update(of=("self",)).select_related("intake__program", "person")
    return next(
        (
            row
            for row in rows.order_by("status", "-pk")
            if row.status == ApplicationStatus.DRAFT or _ended(row)
        ),
        None,
    )


def _ended(application: Application) -> bool:
    """Whether time ended this draft. One that went into another of the same person stays ended, and so
    does one whose person has begun again.
    """
    told = EventRecord.objects.filter(
        name="ApplicationExpired", subject_type="application", subject_id=application.pk
    )
    others = Application.objects.filter(intake=application.intake_id, person=application.person_id, source="")
    again = others.exclude(status__in=[ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED])
    return told.exists() and not (application.person_id and again.exists())


def _open_again(applications: Iterable[Application], now: datetime, actor: Actor) -> None:
    rows = [row for row in applications if row.status == ApplicationStatus.EXPIRED]
    dues = deadlines_of(rows)
    for row in rows:
        if row.pk in dues and dues[row.pk].allows(now):
            change(row, to=ApplicationStatus.DRAFT)
            publish(ApplicationReopened(application_id=row.pk), actor=actor)


@transaction.atomic
def follow_outage(*, outage: Outage, actor: Actor) -> int:
    """After an outage was declared: drafts of that country that had ended open again where their new
    time is not over, and everyone who gained time is told. Return how many. Once per outage by delivery.
    """
    now = timezone.now()
    one, every = Q(intake=outage.intake_id), Q(intake__program__organisation=outage.organisation_id)
    unsent = Application.objects.filter(
        one if outage.intake_id else every,
        source="",
        status__in=UNSENT,
        intake__opens_at__lt=outage.ends_at,
        intake__closes_at__gt=outage.starts_at - LONGEST_MOVE,
    ).exclude(intake__status="cancelled")
    there = [row.pk for rows in in_chunks(unsent) for row in rows if country_of(row) == outage.country_id]
    rows = locked(there)
    _open_again([row for row in rows if row.status == ApplicationStatus.EXPIRED and _ended(row)], now, actor)
    dues = deadlines_of(rows)
    gained = [
        row
        for row in rows
        if row.status == ApplicationStatus.DRAFT
        and row.pk in dues
        and dues[row.pk].because == Because.OUTAGE
        and dues[row.pk].until > outage.starts_at
        and dues[row.pk].allows(now)
    ]
    publish_many(
        [DeadlineExtended(application_id=row.pk, because=Because.OUTAGE) for row in gained], actor=actor
    )
    return len(gained)
