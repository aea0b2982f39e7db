"""Offers and the waitlist."""

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.selection.models import Offer, WaitlistEntry


def offers_of(intake: Intake) -> QuerySet[Offer]:
    return Offer.objects.filter(intake=intake).select_related("application__person__user")


def waitlist_of(intake: Intake) -> QuerySet[WaitlistEntry]:
    return (
        WaitlistEntry.objects.filter(intake=intake).select_related("application__person").order_by("position")
    )
