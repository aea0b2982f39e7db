"""Participation facts: one row for each person in each intake, rebuilt from source at any time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.core.actors import Actor
from apps.core.sealing import unseal
from apps.inclusion.enums import NO_COUNTRY
from apps.inclusion.models import InclusionProfile, ParticipationFact
from apps.inclusion.rules.classes import MISSING, Classes, classes_of
from apps.inclusion.services.stages import stages_reached
from apps.people.models import Person
from apps.programs.models import Intake

BATCH = 2000


@transaction.atomic
def rebuild_facts(*, intake_ids: Sequence[int], actor: Actor, person_ids: Sequence[int] | None = None) -> int:
    """Write the facts of some intakes anew (of some people, when given); return how many there are.

    Someone enrolled without an application or offer of ours (an imported record) counts as having
    applied and been offered a place: nobody takes part without. The intakes are locked in key order,
    so that two rebuilds of one intake come one after the other. The cells follow by themselves.
    """
    intakes = {
        row.pk: row
        for row in Intake.objects.select_for_update(of=("self",))
        .select_related("program")
        .filter(pk__in=intake_ids)
        .order_by("pk")
    }
    only = Q(intake__in=list(intakes)) & (Q(person__in=person_ids) if person_ids is not None else Q())
    reached = stages_reached(only)
    people = {person for person, _intake in reached}
    classes, countries = _classes(people), _countries(people)
    ParticipationFact.objects.filter(only).delete()
    rows = (
        ParticipationFact(
            person_id=person,
            intake_id=intake,
            country_code=countries.get(person) or intakes[intake].program.country_id or NO_COUNTRY,
            gender=classes.get(person, MISSING).gender,
            residence=classes.get(person, MISSING).residence,
            disability=classes.get(person, MISSING).disability,
            has_answered=person in classes,
            **dates,
        )
        for (person, intake), dates in reached.items()
    )
    while batch := list(islice(rows, BATCH)):  # bulk_create alone would hold every row at once
        ParticipationFact.objects.bulk_create(batch)
    return len(reached)


def _classes(people: Iterable[int]) -> dict[int, Classes]:
    found = {}
    profiles = InclusionProfile.objects.filter(person__in=list(people))
    for person, sealed, key_id in profiles.values_list("person_id", "sealed", "key_id").iterator(BATCH):
        found[person] = classes_of(unseal(bytes(sealed), key_id, person_id=person))
    return found


def _countries(people: Iterable[int]) -> dict[int, Any]:
    rows = Person.objects.filter(pk__in=list(people), country__isnull=False)
    return dict(rows.values_list("pk", "country_id"))


def refresh_person(*, person_id: int, intake_ids: Sequence[int], actor: Actor) -> None:
    """The facts of one person, after something happened to them."""
    rebuild_facts(intake_ids=intake_ids, person_ids=[person_id], actor=actor)
