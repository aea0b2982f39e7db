"""An accepted offer becomes an enrolment."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.events import ParticipantEnrolled
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.events.services import publish
from apps.people.models import Person
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from apps.selection.selectors import has_open_conditions
from apps.selection.services import accept_offer, give_back_offer, lock_with_intake


@transaction.atomic
def take_up(*, offer: Offer, actor: Actor) -> Enrolment | None:
    """Accept an offer and enrol the person, with all that their kind of program lays out.

    With a condition still open the seat is held and nobody is enrolled: None, and `begin_enrolment`
    does the rest when the last one is settled. Intake, offer and application are locked in that order,
    so of two clicks at once the second waits and gets the same answer. Raises Conflict when the offer
    was declined, lapsed or taken back before, or the application was withdrawn.
    """
    offer = lock_with_intake(offer)
    if offer.status == OfferStatus.ACCEPTED:
        return begin_enrolment(offer_id=offer.pk, actor=actor)
    person = _require_standing(offer)
    _must_not_take_part_already(offer)
    accept_offer(offer=offer, actor=actor)
    return None if has_open_conditions(offer) else _enrol(offer, person, actor)


@transaction.atomic
def begin_enrolment(*, offer_id: int, actor: Actor) -> Enrolment | None:
    """Everything an accepted offer asked for is settled: enrol its person now. Twice is once.

    None when the offer ended meanwhile. Whoever withdrew, or takes part by another way, gives the
    seat back here: nobody else knows that no enrolment came of it.
    """
    offer = lock_with_intake(Offer.objects.get(pk=offer_id))
    if offer.status != OfferStatus.ACCEPTED or has_open_conditions(offer):
        return None
    if taken := _enrolment_of(offer):
        return taken
    try:
        person = _require_standing(offer)
        _must_not_take_part_already(offer)
    except Conflict:
        give_back_offer(offer=offer, actor=actor)
        return None
    return _enrol(offer, person, actor)


def _enrol(offer: Offer, person: Person, actor: Actor) -> Enrolment:
    intake, today = offer.intake, today_at(offer.intake)
    enrolment = Enrolment.objects.create(
        person=person,
        intake=intake,
        application_id=offer.application_id,
        started_on=max(today, intake.starts_on or today),
    )
    enrolment_policies[intake.program.kind].on_enrolled(enrolment=enrolment, actor=actor)
    publish(ParticipantEnrolled(enrolment_id=enrolment.pk, application_id=offer.application_id), actor=actor)
    return enrolment


def _require_standing(offer: Offer) -> Person:
    """The person behind an application that is not withdrawn, nor can be until we commit."""
    application = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=offer.application_id)
    )
    if application.status == ApplicationStatus.WITHDRAWN or application.person is None:
        raise Conflict(_("You withdrew this application, so its offer is over."))
    return application.person


def _must_not_take_part_already(offer: Offer) -> None:
    active = Enrolment.objects.filter(
        intake=offer.intake_id, person=offer.application.person_id, status__in=TAKES_PART
    )
    if active.exists():
        raise Conflict(_("You take part in this intake already."))


def _enrolment_of(offer: Offer) -> Enrolment | None:
    return Enrolment.objects.filter(application_id=offer.application_id).first()
