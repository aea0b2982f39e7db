"""City, town or rural: from the official unit, the size of the settlement, or the person's own word.

The classes follow the Degree of Urbanisation (UN Statistical Commission, 2020): a city has 50,000 people
or more, a town 5,000 or more. Official units follow each country's own definition, and come first because
a state has looked at the ground; the number of people in a settlement comes next.
"""

from dataclasses import dataclass

CITY_FROM, TOWN_FROM = 50_000, 5_000
SELF_REPORT = {"city": "city", "suburb": "city", "town": "town", "village": "rural", "dispersed": "rural"}
#: Imported records may carry the class itself.
DECLARED = {"city": "city", "town": "town", "rural": "rural"}
NOT_SAID = frozenset({"pnts", "not_said"})
URBAN = ("city", "town")


@dataclass(frozen=True, slots=True)
class Place:
    """What the lists of `places` know of where somebody lives.

    `unit` is the class of the official unit: city, town, rural, urban (city or town), or "" when nobody
    said which unit or it decides nothing. A population of None is unknown: no settlement was named, it
    could not be told which was meant, or nobody counted its people. That never makes a place small.
    """

    unit: str = ""
    population: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Residence:
    """`conflict`: the lists say rural and the person does not, or the other way round."""

    value: str
    basis: str = ""
    conflict: bool | None = None


def residence_of(answer: str | None, place: Place = NOWHERE) -> Residence:
    """The first that decides: unit, settlement, self report. What nobody knows is never rural."""
    own = residence_class(answer)
    stated = own if own in (*URBAN, "rural") else ""
    by_settlement = settlement_class(place)
    computed = _unit_class(place.unit, by_settlement, stated) or by_settlement
    if not computed:
        return Residence(own, "self" if stated else "")
    conflict = (computed == "rural") != (stated == "rural") if stated else None
    return Residence(computed, "unit" if place.unit else "settlement", conflict)


def residence_class(answer: str | None) -> str:
    """What somebody says: city, town, rural, not_said, or missing when there is no answer we know."""
    if answer in NOT_SAID:
        return "not_said"
    return (SELF_REPORT | DECLARED).get(answer or "", "missing")


def settlement_class(place: Place) -> str:
    """By people living there, or "" when that is unknown; a list writes 0 where nobody counted."""
    if not place.population:
        return ""
    if place.population >= CITY_FROM:
        return "city"
    return "town" if place.population >= TOWN_FROM else "rural"


def _unit_class(unit: str, by_settlement: str, own: str) -> str:
    """A unit that is urban by law leaves open whether it is a city or a town: size tells, else the person."""
    if unit != "urban":
        return unit
    return next((each for each in (by_settlement, own) if each in URBAN), "town")
