"""What happened to one application, in staff words, whichever stage did it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.applications.models import Application
from apps.events.models import EventRecord
from apps.reviews.models import ReviewAssignment
from apps.selection.models import Offer

#: Events without a line here are not about what happened to the application itself.
WORDS: dict[str, str | Promise] = {
    "DraftStarted": _("Draft begun"),
    "DraftKept": _("First answers saved, with somebody to write to"),
    "FormVersionChanged": _("Went on with a newer form"),
    "AnswersCarriedOver": _("Filled in from an earlier application"),
    "ApplicationSubmitted": _("Sent"),
    "ApplicationFoundEligible": _("Found eligible"),
    "ApplicationFoundIneligible": _("Found not eligible"),
    "ApplicationExpired": _("Not sent in time"),
    "AssistanceStarted": _("A helper organisation began to help"),
    "AssistanceEnded": _("Help ended"),
    "ApplicationTakenOver": _("Moved to the person of an account"),
    "NoticeRouteChanged": _("Who hears of it was changed"),
    "ConfirmationAsked": _("A code was sent to the applicant"),
    "ApplicationConfirmed": _("The applicant confirmed the answers"),
    "InformationAsked": _("More information asked"),
    "InformationAwaited": _("Reminded of the information asked for"),
    "InformationExtended": _("More time given for the information"),
    "InformationAdded": _("The added information was sent"),
    "InformationClosed": _("The question for more information was closed"),
    "DeadlineExtended": _("Got more time to send"),
    "ApplicationReopened": _("Can be sent again"),
    "DraftDueSoon": _("Reminded of the deadline"),
    "GroupsDeclared": _("Said in which groups to be counted"),
    "DeclarationWithdrawn": _("Took back the groups to be counted in"),
    "ReviewingStarted": _("Reviewing began"),
    "ReviewAssigned": _("Given to a reviewer"),
    "ReviewSubmitted": _("Review submitted"),
    "ReviewReopened": _("Review opened again"),
    "ReviewCancelled": _("Review no longer needed"),
    "ConflictDeclared": _("Reviewer declared a conflict of interest"),
    "ReviewerRecused": _("Reviewer stepped back"),
    "ReviewCopyPrepared": _("What reviewers read was prepared"),
    "OverrideMade": _("Somebody decided against the rule"),
    "OverrideEnded": _("The rule decides again"),
    "DecisionHeld": _("Decision held"),
    "DecisionReleased": _("Decision released"),
    "ApplicationDecided": _("Outcome recorded"),
    "HumanLookAsked": _("Human look asked"),
    "HumanLookAnswered": _("Human look answered"),
    "HumanLookWithdrawn": _("Request for a human look taken back"),
    "OfferMade": _("Offer made"),
    "OfferDelivered": _("Offer reached the applicant"),
    "OfferAccepted": _("Offer accepted"),
    "OfferDeclined": _("Offer declined"),
    "OfferLapsed": _("Offer lapsed"),
    "OfferRescinded": _("Offer taken back"),
    "WaitlistPromoted": _("Promoted from the waitlist"),
    "WaitlistLeft": _("Left the waitlist"),
    "WaitlistSkipped": _("Passed over on the waitlist"),
    "WaitlistPutBack": _("Waits again"),
    "WaitlistClosed": _("Waitlist closed"),
    "ConditionsSet": _("Conditions written"),
    "ConditionSettled": _("A condition was settled"),
    "ConditionsMet": _("Every condition is settled"),
    "ReferenceAsked": _("Referee asked"),
    "ReferenceReminded": _("Referee reminded"),
    "ReferenceOpened": _("Referee opened the questions"),
    "ReferenceGiven": _("Reference received"),
    "ReferenceDeclined": _("Referee declined"),
    "ReferenceBounced": _("Message to a referee did not arrive"),
    "ReferenceExpired": _("Referee did not answer in time"),
    "ReferenceCancelled": _("Referee no longer asked"),
    "ReferencesWaived": _("Goes on without the missing references"),
    "ReferencesForgotten": _("References erased"),
    "ApplicationWithdrawn": _("Withdrawn"),
    "GuardianAsked": _("Guardian asked"),
    "GuardianAnswered": _("Guardian answered"),
    "DocumentStored": _("Document added"),
    "DocumentRemoved": _("Document removed"),
    "DocumentChecked": _("Document checked"),
    "DocumentRefused": _("Document refused: it carries harmful code"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """`by` is the person who did it; empty for the platform itself and for visitors."""

    at: datetime
    words: str | Promise
    by: str
    about: str
    reason: str


def history(application: Application, *, most: int = 300) -> list[Happening]:
    """Oldest first; four statements. Reviewers are named: only coordinators read this."""
    reviewers = dict(
        ReviewAssignment.objects.filter(application=application).values_list("pk", "reviewer_id")
    )
    offers = list(Offer.objects.filter(application=application).values_list("pk", flat=True))
    about = (
        Q(subject_type="application", subject_id=application.pk)
        | Q(subject_type="assignment", subject_id__in=reviewers)
        | Q(subject_type="offer", subject_id__in=offers)
    )
    records = list(EventRecord.objects.filter(about, name__in=list(WORDS)).order_by("id")[:most])
    people = {*reviewers.values(), *(record.actor_user_id or 0 for record in records)}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=people)}
    return [
        Happening(
            at=record.at,
            words=WORDS[record.name],
            by=names.get(record.actor_user_id or 0, ""),
            about=names.get(record.payload.get("reviewer_id", 0), ""),
            reason=record.payload.get("reason", ""),
        )
        for record in records
    ]
