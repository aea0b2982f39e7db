"""Participation facts: one row for each person in each intake, rebuilt from source at any time."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.core.actors import Actor
from apps.inclusion.enums import NO_COUNTRY
from apps.inclusion.models import ParticipationFact
from apps.inclusion.services.reading import Known, read_known
from apps.inclusion.services.stages import stages_reached
from apps.people.models import Person
from apps.programs.models import Intake

BATCH = 2000


@transaction.atomic
def rebuild_facts(
    *, intake_ids: Collection[int], actor: Actor, person_ids: Collection[int] | None = None
) -> int:
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
    known = read_known(days={pair: dates["applied_on"] for pair, dates in reached.items()}, actor=actor)
    countries = _countries({person for person, _intake in reached})
    ParticipationFact.objects.filter(only).delete()
    rows = (
        ParticipationFact(
            person_id=person,
            intake_id=intake,
            country_code=countries.get(person) or intakes[intake].program.country_id or NO_COUNTRY,
            **_told(known[person, intake]),
            **dates,
        )
        for (person, intake), dates in reached.items()
    )
    while batch := list(islice(rows, BATCH)):  # bulk_create alone would hold every row at once
        ParticipationFact.objects.bulk_create(batch)
    return len(reached)


def _told(known: Known) -> dict[str, Any]:
    """The columns of a fact that come from what someone answered."""
    return {**asdict(known.classes), "was_asked": known.asked, "has_answered": known.answered}


def _countries(people: Iterable[int]) -> dict[int, Any]:
    rows = Person.objects.filter(pk__in=list(people), country__isnull=False)
    return dict(rows.values_list("pk", "country_id"))


def refresh_person(*, person_id: int, intake_ids: Collection[int], actor: Actor) -> None:
    """The facts of one person, after something happened to them."""
    rebuild_facts(intake_ids=intake_ids, person_ids=[person_id], actor=actor)
