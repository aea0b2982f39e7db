"""What an applicant does with referees: name, ask, remind, replace, take back."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import COUNTS_AS_NAMED, HOLDS_ADDRESS, OPEN_TO_REFEREE, ReferenceStatus
from apps.applications.events import ReferenceAsked, ReferenceCancelled, ReferenceReminded
from apps.applications.models import Application, Reference, ReferenceTerms
from apps.applications.references import ASKING, reference_task, terms_of
from apps.applications.rules.references import (
    MOST_REMINDERS,
    REMIND_EVERY,
    due_moment,
    looks_like_a_link,
    next_reminder,
)
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.core.zones import zone_or
from apps.events.services import publish

#: Mail to strangers has limits: for one application at all, and for one person in a day.
MOST_NAMED = 15
MOST_ASKED_A_DAY = 15
DAY = timedelta(days=1)
#: A request in one of these can be replaced by one to somebody else.
REPLACEABLE = (*OPEN_TO_REFEREE, ReferenceStatus.DRAFTED, ReferenceStatus.DECLINED, ReferenceStatus.EXPIRED)


@transaction.atomic
def name_referee(
    *,
    application: Application,
    details: Mapping[str, str],
    ask_now: bool,
    replaces: Reference | None = None,
    actor: Actor,
) -> Reference:
    """Name someone (name, relation, email, language), in the place of another if given, and ask at once
    if wanted. The same details twice are one referee.

    Locks the application, then the reference it replaces: of a referee who answers and an applicant
    who replaces them at the same moment one is told. Raises Invalid at the field, Conflict when the
    places are taken or it is too late.
    """
    owner = _locked(application)
    details = {**details, "email": details["email"].strip().lower()}
    named = Reference.objects.filter(application=owner, email=details["email"], status__in=HOLDS_ADDRESS)
    same = named.exclude(pk=replaces.pk if replaces else 0).first()
    if same is not None and all(getattr(same, name) == value for name, value in details.items()):
        return same
    if replaces is not None:
        _give_up(Reference.objects.select_for_update().get(pk=replaces.pk), actor)
    _must_be_possible(owner, details, is_named=same is not None)
    reference = Reference.objects.create(application=owner, replaces=replaces, **details)
    if ask_now:
        _ask(owner, reference, actor)
    return reference


def _locked(application: Application) -> Application:
    """First the application, then its references. The lock leaves its key free (NO KEY): a referee who
    saves holds the reference and lets PostgreSQL look at the key, which would otherwise be a deadlock.
    """
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("intake", "person__user")
    owner = rows.get(pk=application.pk)
    if owner.status not in ASKING:
        raise Conflict(_("This application is past the point where referees are asked."))
    if owner.person is None or owner.person.user is None:
        raise Conflict(_("Sign in first: a referee must know who asks."))
    return owner


def _must_be_possible(owner: Application, details: Mapping[str, str], *, is_named: bool) -> None:
    if looks_like_a_link(details["name"]):
        raise Invalid(fields={"name": [_("Enter the name only, without an address.")]})
    if details["email"] == owner.person.user.email.lower():  # type: ignore[union-attr]  # _locked saw it
        raise Invalid(fields={"email": [_("This is your own address. A referee is somebody else.")]})
    if is_named:
        raise Invalid(fields={"email": [_("You have named someone with this address already.")]})
    rows = Reference.objects.filter(application=owner)
    if rows.filter(status__in=COUNTS_AS_NAMED).count() >= terms_of(owner.intake).wanted:
        raise Conflict(_("You have named as many referees as this program asks for. Replace one of them."))
    if rows.count() >= MOST_NAMED:
        raise Conflict(_("You have named very many people. Write to the program before you name another."))


@transaction.atomic
def ask_referee(*, reference: Reference, actor: Actor) -> Reference:
    """Send the request to someone named before. Twice is once."""
    owner = _locked(reference.application)
    row = Reference.objects.select_for_update().get(pk=reference.pk)
    if row.status in (ReferenceStatus.REQUESTED, ReferenceStatus.OPENED):
        return row
    _ask(owner, row, actor)
    return row


def _ask(owner: Application, reference: Reference, actor: Actor) -> None:
    """From here on the referee is promised what the terms say now."""
    now = timezone.now()
    recent = Reference.objects.filter(application__person=owner.person, asked_at__gt=now - DAY)
    if recent.count() >= MOST_ASKED_A_DAY:
        raise Conflict(_("You have asked very many people today. Ask this one tomorrow."))
    terms = terms_of(owner.intake)
    change(
        reference,
        to=ReferenceStatus.REQUESTED,
        asked_at=now,
        due_at=due_moment(now, terms.due_days, zone_or(owner.intake.time_zone, "UTC")),
        questions=terms.questions,
        applicant_may_read=terms.applicant_may_read,
        reviewers_may_read=terms.reviewers_may_read,
    )
    publish(ReferenceAsked(application_id=owner.pk, reference_id=reference.pk), actor=actor)


@transaction.atomic
def remind_referee(*, reference: Reference, actor: Actor) -> Reference:
    """Send the request again: three times at most, three days apart. Decided by one UPDATE, so of two
    clicks one reminds and the other is told since when it is too early.
    """
    _locked(reference.application)
    now = timezone.now()
    long_ago = Q(reminded_at=None, asked_at__lte=now - REMIND_EVERY) | Q(reminded_at__lte=now - REMIND_EVERY)
    due = Reference.objects.filter(long_ago, pk=reference.pk, due_at__gt=now, reminders__lt=MOST_REMINDERS)
    waiting = due.filter(status__in=[ReferenceStatus.REQUESTED, ReferenceStatus.OPENED])
    reminded = waiting.update(reminders=F("reminders") + 1, reminded_at=now)
    row = Reference.objects.get(pk=reference.pk)
    if not reminded:
        raise Conflict(_why_not(row))
    publish(
        ReferenceReminded(application_id=row.application_id, reference_id=row.pk, number=row.reminders),
        actor=actor,
    )
    return row


def _why_not(row: Reference) -> str:
    if row.status not in (ReferenceStatus.REQUESTED, ReferenceStatus.OPENED):
        return str(_("There is nobody to remind: this request is no longer open."))
    after = next_reminder(row.asked_at, row.reminded_at, row.reminders)
    if after is None:
        return str(_("You have reminded {name} three times. Call them, or name someone else.")).format(
            name=row.name
        )
    words = str(_("{name} has our message. You can remind them again from {day}."))
    return words.format(name=row.name, day=date_format(after, "LONG_DAY_FORMAT"))


@transaction.atomic
def take_back(*, reference: Reference, actor: Actor) -> None:
    """The applicant no longer wants this one; the link ends. Twice is once."""
    _locked(reference.application)
    row = Reference.objects.select_for_update().get(pk=reference.pk)
    if row.status != ReferenceStatus.CANCELLED:
        _cancel(row, actor)


def _give_up(row: Reference, actor: Actor) -> None:
    """Make room for somebody else. What was declined or ran out stays as it ended."""
    if row.status == ReferenceStatus.GIVEN:
        words = str(_("{name} has answered in the meantime, so they are not replaced."))
        raise Conflict(words.format(name=row.name))
    if row.status not in REPLACEABLE or Reference.objects.filter(replaces=row).exists():
        raise Conflict(_("This referee was replaced already."))
    if row.status not in (ReferenceStatus.DECLINED, ReferenceStatus.EXPIRED):
        _cancel(row, actor)


def _cancel(row: Reference, actor: Actor) -> None:
    change(row, to=ReferenceStatus.CANCELLED, ended_at=Now(), answers={})
    publish(ReferenceCancelled(application_id=row.application_id, reference_id=row.pk), actor=actor)


def must_have_references(application: Application) -> None:
    """What sending asks: referees named and asked; where the intake says so, answered as well.

    Someone who declined, was not reached or ran out was asked: the deadline is not lost to that.
    """
    task = reference_task(application)
    if task is None:
        return
    if task.asked < task.wanted:
        words = str(_("Ask {n} referees before you send. They can answer after you have sent."))
        raise Invalid(words.format(n=task.wanted), fields={"references": [words.format(n=task.wanted)]})
    required = ReferenceTerms.objects.filter(intake=application.intake_id, required_before_sending=True)
    if task.given < task.wanted and required.exists():
        words = str(
            _("This program takes applications with all {n} references. {given} have answered so far.")
        )
        words = words.format(n=task.wanted, given=task.given)
        raise Invalid(words, fields={"references": [words]})
