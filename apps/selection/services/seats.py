"""The scarce thing: seats. They change by conditional UPDATE; a CHECK is the net below."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Full
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import OfferStatus, WaitlistStatus
from apps.selection.events import OfferMade, WaitlistLeft, WaitlistPromoted
from apps.selection.models import Decision, Offer, OfferCondition, WaitlistEntry
from apps.selection.rules.lanes import next_in_line
from apps.selection.selectors import in_force, standing_in_line, waitlist_rule_of


@transaction.atomic
def take_seats(*, intake: Intake, count: int) -> None:
    """Count so many seats as taken, all or none, or raise Full."""
    enough = Intake.objects.filter(pk=intake.pk, seats__gte=F("seats_taken") + count)
    if not enough.update(seats_taken=F("seats_taken") + count):
        raise Full


@transaction.atomic
def take_seat(*, intake: Intake) -> None:
    take_seats(intake=intake, count=1)


@transaction.atomic
def free_seat(*, intake: Intake, lanes: Iterable[str] = (), actor: Actor) -> Offer | None:
    """Give a seat back and offer it, in this transaction, to the next who waits; None if nobody does.

    `lanes` are those of the person who leaves. The intake's row is locked by the UPDATE, so of two
    seats freed at once each goes to another person.
    """
    taken = Intake.objects.filter(pk=intake.pk, seats_taken__gt=0)
    taken.update(seats_taken=F("seats_taken") - 1)
    return promote_next(intake=intake, lanes=lanes, actor=actor)


@transaction.atomic
def promote_next(*, intake: Intake, lanes: Iterable[str] = (), actor: Actor) -> Offer | None:
    """Offer a free seat to the next by the intake's waitlist rule; None when nobody waits or none is free.

    The intake is locked before the entry, as everywhere, so promotions come one after the other and
    the order of the rule is kept.
    """
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.seats_left < 1:
        return None
    entry = _next_entry(row, frozenset(lanes), actor)
    if entry is None:
        return None
    take_seat(intake=row)
    change(entry, to=WaitlistStatus.PROMOTED, promoted_at=Now())
    offer = _offer_to(entry)
    publish(
        WaitlistPromoted(application_id=entry.application_id, entry_id=entry.pk, offer_id=offer.pk),
        actor=actor,
    )
    publish(OfferMade(offer_id=offer.pk, application_id=entry.application_id), actor=actor)
    return offer


@transaction.atomic
def fill_free_seats(*, intake: Intake, actor: Actor) -> int:
    """Offer every seat that is free to who waits, in order; return how many offers were made.

    For seats that nobody freed: there are more of them, or the list was empty when one became free.
    """
    made = 0
    while promote_next(intake=intake, actor=actor) is not None:
        made += 1
    return made


def bind(offers: Iterable[tuple[Offer, Decision]]) -> None:
    """Write the conditions that each decision bound its offer to. One statement for all of them."""
    rows = [OfferCondition(offer=offer, text=text) for offer, by in offers for text in by.conditions]
    OfferCondition.objects.bulk_create(rows, batch_size=1000)


def _offer_to(entry: WaitlistEntry) -> Offer:
    """A new offer under the conditions of the decision in force; or the earlier one, made again, of
    somebody whose offer a correction took back.
    """
    fresh: dict[str, Any] = {"lanes": entry.lanes, "made_at": Now()}
    offer = Offer.objects.filter(application=entry.application_id).select_for_update().first()
    if offer is None:
        offer = Offer.objects.create(application_id=entry.application_id, intake_id=entry.intake_id, **fresh)
    else:
        fresh |= {"delivered_at": None, "answer_by": None, "reminded_at": None, "decline_reason": ""}
        change(offer, to=OfferStatus.MADE, **fresh)
        offer.conditions.all().delete()
    decision = in_force([entry.application_id]).first()
    if decision is not None:
        bind([(offer, decision)])
    return offer


def _next_entry(intake: Intake, lanes: frozenset[str], actor: Actor) -> WaitlistEntry | None:
    """The entry whose turn it is, locked together with its application.

    Somebody who has just left, or withdrew while the news of it is still under way, is passed by. The
    application is held until we commit: a withdrawal comes wholly before, or declines the offer after.
    """
    waiting = standing_in_line(intake)
    rule = waitlist_rule_of(intake)
    while found := next_in_line(waiting, lanes, rule):
        waiting.remove(found)
        entry = WaitlistEntry.objects.select_for_update().get(pk=found.id)
        if entry.status != WaitlistStatus.WAITING:
            continue
        locked = Application.objects.select_for_update(no_key=True).get(pk=entry.application_id)
        if locked.status != ApplicationStatus.WITHDRAWN:
            return entry
        change(entry, to=WaitlistStatus.LEFT)
        publish(WaitlistLeft(application_id=entry.application_id, entry_id=entry.pk), actor=actor)
    return None
