"""Which questions somebody is asked about themselves, and on which occasion."""

from dataclasses import dataclass, field

from django.utils import timezone

from apps.applications.models import Application
from apps.inclusion.enums import Occasion
from apps.inclusion.rules.ages import SHORT_SET_FROM, age_of, is_minor
from apps.people.models import Person
from apps.places.selectors import asking_in, settlement_choices, unit_choices
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer


@dataclass(frozen=True, slots=True)
class Questions:
    """`settlements` are a help for typing, not all there are; without any the question is not asked."""

    offers_another_term: bool = True
    asks_functioning: bool = True
    settlements: tuple[str, ...] = ()
    units: list[tuple[str, str]] = field(default_factory=list)


def questions_for(person: Person) -> Questions:
    """By the country and province someone lives in, and their age today.

    People under 18 are not asked about gender identity, those under 15 not about functioning.
    """
    country, today = person.country_id, timezone.localdate()
    asking, age = asking_in(country, person.subdivision_id), age_of(person.born_on, today)
    names = settlement_choices(country, person.subdivision_id) if asking.asks_settlement else ()
    return Questions(
        offers_another_term=asking.offers_another_term and not is_minor(person.born_on, today),
        asks_functioning=age is None or age >= SHORT_SET_FROM,
        settlements=tuple(names),
        units=unit_choices(country),
    )


def occasion_of(application: Application) -> Occasion:
    """After sending, until a place is accepted."""
    accepted = Offer.objects.filter(application=application, status=OfferStatus.ACCEPTED)
    return Occasion.AT_ACCEPTANCE if accepted.exists() else Occasion.AFTER_SENDING
