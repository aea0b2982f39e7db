"""Every write of places."""

from apps.places.services.loading import PlacesLoaded, load_places
from apps.places.services.settlements import load_settlements

__all__ = ["PlacesLoaded", "load_places", "load_settlements"]
