"""Reading about people."""

from typing import Any

from apps.people.models import Person
from apps.places.rules.zones import zone_of_place


def home_zone(user: Any) -> str:
    """The zone of the country or province an account's person lives in; "" when that is not known."""
    columns = ("country_id", "country__time_zone", "subdivision_id")
    home = Person.objects.filter(user_id=user.pk).values_list(*columns).first()
    return zone_of_place(*home) if home else ""
