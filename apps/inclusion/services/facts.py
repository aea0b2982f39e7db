"""Participation facts: one row for each person in each intake, rebuilt from source at any time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.models import Enrolment
from apps.inclusion.models import ParticipationFact
from apps.inclusion.services.reading import days_applied, read_known
from apps.people.models import Person
from apps.programs.models import Intake
from apps.selection.models import Offer

BATCH = 2000
NOT_SENT = (ApplicationStatus.DRAFT, ApplicationStatus.EXPIRED)
STAGES = ("applied", "offered", "enrolled", "completed", "withdrawn")


@transaction.atomic
def rebuild_facts(*, intake_ids: Sequence[int], actor: Actor, person_ids: Sequence[int] | None = None) -> int:
    """Write the facts of some intakes anew (of some people, when given); return how many there are.

    Someone enrolled without an application or offer of ours (an imported record) counts as having
    applied and been offered a place: nobody takes part without. The intakes are locked in key order,
    so that two rebuilds of one intake come one after the other.
    """
    intakes = {
        row.pk: row
        for row in Intake.objects.select_for_update(of=("self",))
        .select_related("program")
        .filter(pk__in=intake_ids)
        .order_by("pk")
    }
    only = Q(intake__in=list(intakes)) & (Q(person__in=person_ids) if person_ids is not None else Q())
    reached = _reached(only)
    known = read_known(days=days_applied(only, reached), actor=actor)
    countries = _countries({person for person, _intake in reached})
    ParticipationFact.objects.filter(only).delete()
    rows = (
        ParticipationFact(
            person_id=person,
            intake_id=intake,
            program_id=intakes[intake].program_id,
            kind=intakes[intake].program.kind,
            country_id=countries.get(person) or intakes[intake].program.country_id,
            gender=known[person, intake].classes.gender,
            residence=known[person, intake].classes.residence,
            disability=known[person, intake].classes.disability,
            asked=known[person, intake].asked,
            **{stage: stage in stages for stage in STAGES},
        )
        for (person, intake), stages in reached.items()
    )
    while batch := list(islice(rows, BATCH)):  # bulk_create alone would hold every row at once
        ParticipationFact.objects.bulk_create(batch)
    return len(reached)


def _reached(only: Q) -> dict[tuple[int, int], set[str]]:
    """How far each person came in each intake, from applications, offers and enrolments."""
    reached: dict[tuple[int, int], set[str]] = {}
    sent = Application.objects.filter(only, person__isnull=False).exclude(status__in=NOT_SENT)
    sent = sent.filter(submitted_at__isnull=False)
    for person, intake, status in sent.values_list("person_id", "intake_id", "status"):
        stages = reached.setdefault((person or 0, intake), set())
        stages.add("applied")
        if status == ApplicationStatus.WITHDRAWN:
            stages.add("withdrawn")
    offers = Offer.objects.filter(application__in=sent.values("pk"))
    for person, intake in offers.values_list("application__person_id", "intake_id"):
        reached.setdefault((person, intake), {"applied"}).add("offered")
    rows = Enrolment.objects.filter(only).values_list("person_id", "intake_id", "status")
    for person, intake, status in rows:
        stages = reached.setdefault((person, intake), set())
        stages |= {"applied", "offered", "enrolled"}
        if status == EnrolmentStatus.COMPLETED:
            stages.add("completed")
        if status == EnrolmentStatus.WITHDRAWN:
            stages.add("withdrawn")
    return reached


def _countries(people: Iterable[int]) -> dict[int, Any]:
    rows = Person.objects.filter(pk__in=list(people), country__isnull=False)
    return dict(rows.values_list("pk", "country_id"))


def refresh_person(*, person_id: int, intake_ids: Sequence[int], actor: Actor) -> None:
    """The facts of one person, after something happened to them."""
    rebuild_facts(intake_ids=intake_ids, person_ids=[person_id], actor=actor)
