"""The letter that tells a decision: one recipe for what is sent and for what a preview shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.applications.enums import Outcome
from apps.applications.selectors import hearers
from apps.core.zones import zone_or
from apps.notifications.services.applicants import application_told_of, place
from apps.notifications.services.writing import language_for, render
from apps.selection.models import Decision, Offer

TEMPLATES = {
    Outcome.OFFER: "offer-made",
    Outcome.WAITLIST: "decision-waitlist",
    Outcome.NOT_SELECTED: "decision-not-selected",
}


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    language: str
    subject: str
    body: str


def words_of(decision: Decision) -> Mapping[str, Any]:
    """What the letter of this decision says beyond its application. A correction names what it replaces."""
    replaced = None
    if decision.version > 1:
        earlier = Decision.objects.filter(
            application=decision.application_id, version__lt=decision.version, released_at__isnull=False
        )
        replaced = earlier.order_by("-version").first()
    return {
        "replaced_at": replaced.released_at if replaced else None,
        "because": decision.reason if replaced else "",
        "conditions": decision.conditions if decision.outcome == Outcome.OFFER else [],
    }


def preview(decision: Decision) -> Letter | None:
    """The letter as its release would send it, to who hears of the application; None when nobody does.

    The link of an offer is made at the release: until then the preview shows one that leads nowhere.
    """
    application = application_told_of(decision.application_id)
    told = hearers(application)
    user = told.user or next(iter(told.helpers), None)
    if application.source or (user is None and not told.address):
        return None
    offer = Offer.objects.filter(application=application).first() or Offer(application=application)
    context = {"application": application, "offer": offer, **words_of(decision)}
    if user is not None:
        context |= {**place(user, application.intake, application.time_zone), "recipient": user}
        address, language = user.email, language_for(user.language)
    else:
        zone = zone_or(application.time_zone, application.intake.time_zone)
        context |= {"intake": application.intake, "zone": zone}
        address, language = told.address, language_for(application.language)
    subject, body = render(TEMPLATES[Outcome(decision.outcome)], language, context)
    return Letter(address, language, subject, body)
