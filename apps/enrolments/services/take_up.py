"""An accepted offer becomes an enrolment."""

from django.db import transaction

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.enrolments.events import ParticipantEnrolled
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.events.services import publish
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from apps.selection.services import accept_offer


@transaction.atomic
def take_up(*, offer: Offer, actor: Actor) -> Enrolment:
    """Accept an offer and enrol the person, with all that their kind of program lays out.

    The offer is locked first, so of two clicks at once the second waits and gets the same
    enrolment. Raises Conflict when the offer was declined, lapsed or taken back before.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("application__person", "intake__program")
        .get(pk=offer.pk)
    )
    if offer.status == OfferStatus.ACCEPTED and (taken := _enrolment_of(offer)):
        return taken
    accept_offer(offer=offer, actor=actor)
    intake, today = offer.intake, today_at(offer.intake)
    person = offer.application.person
    if person is None:  # the table refuses a sent application without one
        raise Conflict
    enrolment = Enrolment.objects.create(
        person=person,
        intake=intake,
        application=offer.application,
        started_on=max(today, intake.starts_on or today),
    )
    enrolment_policies[intake.program.kind].on_enrolled(enrolment=enrolment, actor=actor)
    publish(ParticipantEnrolled(enrolment_id=enrolment.pk, application_id=offer.application_id), actor=actor)
    return enrolment


def _enrolment_of(offer: Offer) -> Enrolment | None:
    return Enrolment.objects.filter(application_id=offer.application_id).first()
