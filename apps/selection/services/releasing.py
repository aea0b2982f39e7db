"""Telling people together: a batch is prepared by one person and, when large, released by another."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.applications.services import record_outcomes
from apps.core.actors import Actor
from apps.core.errors import Conflict, Full, Invalid, NotAllowed
from apps.core.lifecycle import change, change_many
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.selection.enums import BatchStatus, DecisionStatus
from apps.selection.events import BatchPrepared, DecisionReleased, OfferMade
from apps.selection.models import Decision, Offer, ReleaseBatch, WaitlistEntry
from apps.selection.selectors import held_of
from apps.selection.services.seats import bind, promote_next, take_seats
from apps.selection.services.undoing import end_places, require_possible, take_back_offers

#: Above this many people a second coordinator must release.
MOST_ALONE = 50


@transaction.atomic
def prepare_batch(*, intake: Intake, actor: Actor) -> ReleaseBatch:
    """Put every held decision of an intake into one batch. Raises Invalid when there is none.

    Who withdrew since is left out: there is nothing to tell them, and nobody else has to wait for it.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    rows = list(held_of(intake).order_by("pk").select_for_update(of=("self",)))
    if not rows:
        raise Invalid(_("There is no held decision to release."))
    batch = ReleaseBatch.objects.create(intake=intake, size=len(rows), prepared_by_id=actor.person_id)
    Decision.objects.filter(pk__in=[row.pk for row in rows]).update(batch=batch)
    publish(BatchPrepared(intake_id=intake.pk, batch_id=batch.pk, size=len(rows)), actor=actor)
    return batch


@transaction.atomic
def cancel_batch(*, batch: ReleaseBatch, actor: Actor) -> None:
    """Its decisions are held as before, and may be changed again."""
    change(batch, to=BatchStatus.CANCELLED)
    Decision.objects.filter(batch=batch, status=DecisionStatus.HELD).update(batch=None)


@transaction.atomic
def release_batch(*, batch: ReleaseBatch, actor: Actor) -> ReleaseBatch:
    """Make the decisions of a batch final: outcomes, offers with seats, waitlist, and the notices.

    All in one transaction, rows locked in key order: intake, batch, decisions, applications. Raises
    NotAllowed when a large batch is released by who prepared it, Full when there are more offers
    than seats, Conflict when it was released or cancelled before or an application was withdrawn.
    Twice by one person is once. A correction also ends what the earlier decision gave; a seat it
    frees goes to this batch's own offers first and then to who waits.
    """
    intake = Intake.objects.select_for_update().get(pk=batch.intake_id)
    batch = ReleaseBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status == BatchStatus.RELEASED and batch.released_by_id == actor.user_id:
        return batch
    if batch.size > MOST_ALONE and batch.prepared_by_id == actor.user_id:
        raise NotAllowed(
            _("This batch tells more than {most} people. Another coordinator must release it.").format(
                most=MOST_ALONE
            )
        )
    change(batch, to=BatchStatus.RELEASED, released_by_id=actor.person_id, released_at=Now())
    decisions = list(Decision.objects.filter(batch=batch).order_by("pk").select_for_update())
    outcomes = {row.application_id: row.outcome for row in decisions}
    require_possible(decisions)
    record_outcomes(outcomes=outcomes, actor=actor)
    change_many(Decision.objects.filter(batch=batch), to=DecisionStatus.RELEASED, released_at=Now())
    publish_many(
        [
            DecisionReleased(
                application_id=row.application_id,
                decision_id=row.pk,
                version=row.version,
                outcome=row.outcome,
            )
            for row in decisions
        ],
        actor=actor,
    )
    end_places(decisions)
    freed = take_back_offers(intake=intake, decisions=decisions, actor=actor)
    _make_offers(intake, decisions, actor)
    _fill_waitlist(intake, decisions)
    for lanes in freed:
        promote_next(intake=intake, lanes=lanes, actor=actor)
    return batch


def lanes_of(decision: Decision) -> list[str]:
    """The targets this person counts towards, as the choice knew them."""
    return list(decision.inputs.get("lanes", []))


def _make_offers(intake: Intake, decisions: list[Decision], actor: Actor) -> None:
    wanted = {row.application_id: row for row in decisions if row.outcome == Outcome.OFFER}
    have = set(Offer.objects.filter(application__in=wanted).values_list("application_id", flat=True))
    new = [row for pk, row in wanted.items() if pk not in have]
    if not new:
        return
    try:
        take_seats(intake=intake, count=len(new))
    except Full:
        intake.refresh_from_db(fields=["seats_taken"])
        raise Full(
            _("There are {wanted} offers but only {left} seats left.").format(
                wanted=len(new), left=intake.seats_left
            )
        ) from None
    now = timezone.now()
    offers = Offer.objects.bulk_create(
        [
            Offer(application_id=row.application_id, intake=intake, lanes=lanes_of(row), made_at=now)
            for row in new
        ],
        batch_size=1000,
    )
    bind(zip(offers, new, strict=True))
    events = [OfferMade(offer_id=row.pk, application_id=row.application_id) for row in offers]
    publish_many(events, actor=actor)


def _fill_waitlist(intake: Intake, decisions: list[Decision]) -> None:
    """In the order of the ranking, after those who wait already."""
    waiting = [row for row in decisions if row.outcome == Outcome.WAITLIST]
    have = set(
        WaitlistEntry.objects.filter(application__in=[row.application_id for row in waiting]).values_list(
            "application_id", flat=True
        )
    )
    new = sorted(
        (row for row in waiting if row.application_id not in have),
        key=lambda row: (row.rank or 10**9, row.pk),
    )
    last = WaitlistEntry.objects.filter(intake=intake).aggregate(last=Max("position"))["last"] or 0
    try:
        WaitlistEntry.objects.bulk_create(
            [
                WaitlistEntry(
                    application_id=row.application_id,
                    intake=intake,
                    position=last + number,
                    lanes=lanes_of(row),
                )
                for number, row in enumerate(new, start=1)
            ],
            batch_size=1000,
        )
    except IntegrityError as error:
        raise Conflict from error
