"""Every write of selection."""

from apps.selection.services.answers import accept_offer
from apps.selection.services.seats import free_seat, take_seat

__all__ = ["accept_offer", "free_seat", "take_seat"]
