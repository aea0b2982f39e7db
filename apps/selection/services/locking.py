"""The one order in which everything that frees seats takes its locks."""

from apps.programs.models import Intake
from apps.selection.models import Offer


def lock_with_intake(offer: Offer) -> Offer:
    """Lock intake, then offer, and return the offer as it is now."""
    Intake.objects.select_for_update().get(pk=offer.intake_id)
    return Offer.objects.select_for_update(of=("self",)).select_related("intake").get(pk=offer.pk)
