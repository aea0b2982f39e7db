"""Opening profiles to count: what a fact holds of each person in each intake, every reading recorded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from apps.core.actors import Actor
from apps.events.services import publish_many
from apps.inclusion.events import ProfileRead, ProfilesRead
from apps.inclusion.models import Asking, InclusionProfile
from apps.inclusion.rules.classes import Classes, classes_of
from apps.inclusion.rules.residence import Place
from apps.inclusion.services.profiles import opened
from apps.people.models import Person
from apps.places.selectors import settlement_populations, unit_classes

BATCH = 2000
PURPOSE = "facts"
#: A person in an intake, by their keys.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """The classes of someone in an intake, whether they were asked for it, and whether they ever answered.

    The response rate is those asked who answered, out of those asked: records answer without being asked.
    """

    classes: Classes
    asked: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest answers of a person, and what the lists of places say about them."""

    answers: Mapping[str, Any]
    place: Place


@transaction.atomic
def read_known(*, days: Mapping[Pair, date | None], actor: Actor) -> dict[Pair, Known]:
    """What facts hold of each pair; `days` says when each applied, which is when their age counts.

    One event names each intake, or the person when there is only one.
    """
    people = {person for person, _intake in days}
    readings = _readings(people)
    births = dict(Person.objects.filter(pk__in=people).values_list("pk", "born_on"))
    asked = _asked(people, {intake for _person, intake in days})
    _record(days, readings, actor)
    return {
        (person, intake): Known(
            classes=_classes(readings.get(person), births.get(person), day),
            asked=(person, intake) in asked,
            answered=person in readings,
        )
        for (person, intake), day in days.items()
    }


def _classes(reading: Reading | None, born_on: date | None, day: date | None) -> Classes:
    if reading is None:
        return classes_of(None, born_on=born_on, on=day)
    return classes_of(reading.answers, place=reading.place, born_on=born_on, on=day)


def _readings(people: Iterable[int]) -> dict[int, Reading]:
    """The latest reading of each, of two at one moment the later one; opened in batches, with two statements for
    each batch.
    """
    units = unit_classes()
    latest = InclusionProfile.objects.filter(person__in=list(people))
    latest = latest.order_by("person_id", "-answered_at", "-pk").distinct("person_id")
    found: dict[int, Reading] = {}
    for batch in _batches(latest.iterator(BATCH)):
        ids = (answers["settlement_id"] for answers in batch.values() if "settlement_id" in answers)
        sizes = settlement_populations(ids)
        found |= {
            person: Reading(answers, _place(answers, units, sizes)) for person, answers in batch.items()
        }
    return found


def _batches(profiles: Iterator[InclusionProfile]) -> Iterator[dict[int, dict[str, Any]]]:
    while batch := list(islice(profiles, BATCH)):
        yield {row.person_id: opened(row) | {"instrument": row.instrument} for row in batch}


def _place(
    answers: Mapping[str, Any], units: Mapping[tuple[str, str], str], sizes: Mapping[int, int | None]
) -> Place:
    """A country that is one city decides for everyone who says they live somewhere in it."""
    country = str(answers.get("country", ""))
    unit = units.get((country, str(answers.get("unit", "")))) or units.get((country, ""), "")
    return Place(unit=unit, population=sizes.get(answers.get("settlement_id", 0)))


def _asked(people: Iterable[int], intakes: Iterable[int]) -> set[Pair]:
    rows = Asking.objects.filter(person__in=list(people), intake__in=list(intakes))
    return set(rows.values_list("person_id", "intake_id"))


def _record(days: Iterable[Pair], readings: Mapping[int, Reading], actor: Actor) -> None:
    if len(readings) == 1:
        publish_many([ProfileRead(person_id=next(iter(readings)), purpose=PURPOSE)], actor=actor)
        return
    intakes = sorted({intake for person, intake in days if person in readings})
    publish_many([ProfilesRead(intake_id=pk, purpose=PURPOSE) for pk in intakes], actor=actor)
