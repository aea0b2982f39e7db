"""Where am I? One plain line for each application, composed from the machines below."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.applications.selectors import own_and_begun
from apps.core.dates import day_in_words
from apps.core.moments import in_words
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.models import Enrolment
from apps.events.models import EventRecord
from apps.selection.enums import OfferStatus, WaitlistStatus
from apps.selection.models import Offer, WaitlistEntry
from apps.selection.selectors import offers_with_conditions


@dataclass(frozen=True, slots=True)
class Standing:
    """`label` and `tone` make the tag; `next_step` says what happens next; `action` is what to do now."""

    application: Application
    label: str | Promise
    tone: str
    next_step: str
    action: tuple[str, str] | None = None


def my_standings(viewer: Viewer, zone: ZoneInfo) -> tuple[list[Standing], list[Application]]:
    """Every application of the viewer with its standing, and what someone began for them: four
    statements, whatever their number.
    """
    own, begun = own_and_begun(viewer)
    return compose(own, zone), begun


def compose(applications: list[Application], zone: ZoneInfo) -> list[Standing]:
    """Moments are told in `zone`, the reader's own."""
    ids = [application.pk for application in applications]
    offers = {row.application_id: row for row in offers_with_conditions(ids)}
    entries = {row.application_id: row for row in WaitlistEntry.objects.filter(application__in=ids)}
    enrolments = {row.application_id: row for row in Enrolment.objects.filter(application__in=ids)}
    return [
        _standing(each, offers.get(each.pk), entries.get(each.pk), enrolments.get(each.pk), zone)
        for each in applications
    ]


def _standing(
    application: Application,
    offer: Offer | None,
    entry: WaitlistEntry | None,
    enrolment: Enrolment | None,
    zone: ZoneInfo,
) -> Standing:
    if enrolment is not None:
        return _taking_part(application, enrolment)
    if offer is not None and application.status == ApplicationStatus.DECIDED:
        return _offered(application, offer, zone)
    if application.status == ApplicationStatus.DECIDED:
        return _decided(application, entry)
    return _under_way(application, zone)


def _taking_part(application: Application, enrolment: Enrolment) -> Standing:
    page = enrolment_policies[application.intake.program.kind].participant_page
    action = (reverse(page, args=[enrolment.public_id]), _("Open my place"))
    tone = "green" if enrolment.status in ("active", "completed") else "grey"
    next_step = _("Everything about your place is on its own page.")
    return Standing(application, enrolment.get_status_display(), tone, next_step, action)


def _offered(application: Application, offer: Offer, zone: ZoneInfo) -> Standing:
    if offer.status in (OfferStatus.MADE, OfferStatus.DELIVERED):
        next_step = (
            _("Accept or decline by {moment}.").format(moment=in_words(offer.answer_by, zone))
            if offer.answer_by
            else _("Accept or decline the place.")
        )
        action = (reverse("selection:offer-detail", args=[offer.public_id]), _("Answer the offer"))
        return Standing(application, _("You have an offer"), "green", next_step, action)
    if offer.status == OfferStatus.ACCEPTED and offer.open_conditions:  # type: ignore[attr-defined]
        page = (reverse("selection:offer-detail", args=[offer.public_id]), _("See what is open"))
        next_step = _("Your place is held. Taking part begins when everything is settled.")
        return Standing(application, _("You accepted"), "green", next_step, page)
    labels = {
        OfferStatus.ACCEPTED: (_("You accepted"), _("Your place is being prepared.")),
        OfferStatus.DECLINED: (_("You declined the offer"), _("You can apply to other programs.")),
        OfferStatus.LAPSED: (_("The offer was not answered in time"), _("You can apply to other programs.")),
        OfferStatus.RESCINDED: (_("The offer was taken back"), _("The message we sent you says why.")),
    }
    label, next_step = labels[OfferStatus(offer.status)]
    return Standing(application, label, "grey", next_step)


def _decided(application: Application, entry: WaitlistEntry | None) -> Standing:
    page = (reverse("selection:decision-detail", args=[application.public_id]), _("Read the decision"))
    if application.outcome == Outcome.WAITLIST and entry and entry.status == WaitlistStatus.WAITING:
        next_step = _("You are on the waitlist. If a place becomes free we write to you.")
        return Standing(application, _("On the waitlist"), "yellow", next_step, page)
    return Standing(
        application, _("Not selected"), "grey", _("The decision says why, and how to ask about it."), page
    )


def _under_way(application: Application, zone: ZoneInfo) -> Standing:
    intake = application.intake
    closes = in_words(intake.closes_at, zone) if intake.closes_at else ""
    expected = intake.decisions_expected_on
    by = (
        _("You hear from us by {day}.").format(day=day_in_words(expected, weekday=True))
        if expected
        else _("We write to you as soon as there is a decision.")
    )
    words: dict[str, tuple[Any, str, str]] = {
        ApplicationStatus.DRAFT: (
            _("Not sent yet"),
            "yellow",
            _("Complete the sections, then send it before {moment}.").format(moment=closes)
            if closes
            else _("Complete the sections, then send it."),
        ),
        ApplicationStatus.SUBMITTED: (_("Received"), "", by),
        ApplicationStatus.ELIGIBLE: (_("Received"), "", by),
        ApplicationStatus.IN_REVIEW: (_("Being read"), "", by),
        ApplicationStatus.INELIGIBLE: (
            _("Not eligible"),
            "grey",
            _("Read why, and how to ask a person to look again."),
        ),
        ApplicationStatus.MORE_INFORMATION: (
            _("We need more from you"),
            "yellow",
            _("Read what we need, and add it in time."),
        ),
        ApplicationStatus.WITHDRAWN: (_("Withdrawn"), "grey", _("Nothing more happens.")),
        ApplicationStatus.EXPIRED: (_("Not sent in time"), "grey", _("Nothing more happens.")),
    }
    label, tone, next_step = words[application.status]
    action = None
    if application.status == ApplicationStatus.DRAFT:
        action = (reverse("applications:task-list", args=[application.public_id]), _("Continue"))
    if application.status == ApplicationStatus.MORE_INFORMATION:
        action = (reverse("applications:information", args=[application.public_id]), _("Add information"))
    return Standing(application, label, tone, next_step, action)


#: What an applicant reads in the timeline; events that are not here are the house's own business.
def timeline_words() -> dict[str, str]:
    return {
        "DraftStarted": _("You began your application"),
        "ApplicationSubmitted": _("You sent your application"),
        "ApplicationFoundEligible": _("Your application fits the rules of the program"),
        "ApplicationFoundIneligible": _("Your application does not fit a rule of the program"),
        "DeadlineExtended": _("You got more time"),
        "ReviewingStarted": _("People began to read your application"),
        "ReferenceAsked": _("You asked a referee"),
        "ReferenceGiven": _("A referee answered"),
        "ApplicationDecided": _("We told you the decision"),
        "InformationAsked": _("We asked you for more information"),
        "InformationAdded": _("You sent the added information"),
        "InformationClosed": _("The question for more information was closed"),
        "AssistanceStarted": _("Someone began to help you"),
        "AssistanceEnded": _("The help ended: only you can open it"),
        "ApplicationConfirmed": _("You confirmed your answers"),
        "ApplicationWithdrawn": _("You withdrew your application"),
    }


def timeline(application: Application) -> list[tuple[EventRecord, str]]:
    words = timeline_words()
    records = EventRecord.objects.filter(
        subject_type="application", subject_id=application.pk, name__in=list(words)
    ).order_by("id")
    return [(record, words[record.name]) for record in records]
