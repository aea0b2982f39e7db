"""Writing one batch of records: what is new is added, what is there already is compared, never changed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db import models

from apps.applications.enums import ApplicationStatus, Origin
from apps.applications.models import Application
from apps.cohorts.enums import TrainerStatus
from apps.cohorts.models import OnwardTraining, Trainer
from apps.core.references import new_reference
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake, Program
from apps.records.rules.problems import Problem
from apps.records.rules.records import Record
from apps.records.services.site import Contradiction, Site

LONGEST_KEY, LONGEST_TRAINER_KEY = 120, 80

#: What is compared when a row is imported again, and where in the mapping each value came from. The
#: standing of a trainer and the status of an application move on by themselves and are left out.
COMPARED: dict[type[models.Model], dict[str, str]] = {
    Enrolment: {
        "status": "enrolment.outcome",
        "started_on": "enrolment.started_on",
        "ended_on": "enrolment.completed_on",
    },
    Application: {"submitted_at": "application.submitted_on"},
    Trainer: {"certified_on": "trainer.certified_on", "generation": "trainer.generation"},
    OnwardTraining: {
        "title": "onward.title",
        "held_on": "onward.held_on",
        "country_id": "onward.country",
        "place": "onward.place",
        "people_reached": "onward.people_reached",
        "women_reached": "onward.women_reached",
    },
}


@dataclass(slots=True)
class Written:
    """What became of one batch. `added` pairs each new record with the id of its person, if it has one."""

    new: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    added: list[tuple[Record, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with the shared rows it belongs to."""

    record: Record
    program: Program
    intake: Intake | None
    person_id: int | None


def write_batch(records: Sequence[Record], *, site: Site) -> Written:
    """Add what the batch tells. Nothing that exists is changed, so a second run writes nothing."""
    if site.mapping.records == "intakes":
        return _write_intakes(records, site)
    written = Written()
    placed = _place(records, site, written)
    if site.mapping.records == "enrolments":
        added = _add_missing(Enrolment, [(each, _enrolment(each, site)) for each in placed], written)
        if "trainer.certified_on" in site.mapping.values:
            _certify(added, site)
        site.touched.update(enrolment.intake_id for _, enrolment in added)
    elif site.mapping.records == "applications":
        pairs = _application_pairs(placed, site)
        added = _add_missing(Application, pairs, written)
        site.touched.update(application.intake_id for _, application in added)
    elif site.mapping.records == "trainers":
        _add_missing(Trainer, [(each, _trainer(each, site)) for each in placed], written)
    else:
        _add_missing(OnwardTraining, [(each, _onward(each, site)) for each in placed], written)
    return written


def _place(records: Sequence[Record], site: Site, written: Written) -> list[Placed]:
    has_intake, has_person = ("intake.key" in site.mapping.values), ("person.key" in site.mapping.values)
    shared: list[tuple[Record, Program, Intake | None]] = []
    for record in records:
        try:
            shared.append((record, site.program(record), site.intake(record) if has_intake else None))
        except Contradiction as contradiction:
            written.problems.append(Problem(record.row, contradiction.code, contradiction.field))
    people = site.people([record for record, _, _ in shared]) if has_person else {}
    return [
        Placed(record, program, intake, people.get(record["person.key"]))
        for record, program, intake in shared
    ]


def _write_intakes(records: Sequence[Record], site: Site) -> Written:
    written = Written()
    for record in records:
        before = len(site.new_intakes)
        try:
            intake = site.intake(record)
        except Contradiction as contradiction:
            written.problems.append(Problem(record.row, contradiction.code, contradiction.field))
            continue
        written.new += len(site.new_intakes) - before
        written.unchanged += intake.pk not in site.new_intakes
    return written


def _add_missing(
    model: type[models.Model], pairs: Iterable[tuple[Placed, Any]], written: Written
) -> list[tuple[Placed, Any]]:
    """Insert the rows whose source key is new; compare the others with what is there."""
    by_key = {instance.source_key: (placed, instance) for placed, instance in pairs}
    if not by_key:
        return []
    source = next(iter(by_key.values()))[1].source
    existing = model._default_manager.filter(source=source, source_key__in=by_key)
    compared = COMPARED[model]
    for row in existing.values("source_key", *compared):
        placed, instance = by_key.pop(row["source_key"])
        different = [name for name in compared if getattr(instance, name) != row[name]]
        written.problems += [
            Problem(placed.record.row, "already_different", compared[name]) for name in different[:1]
        ]
        written.unchanged += not different
    added = list(by_key.values())
    model._default_manager.bulk_create([instance for _, instance in added], batch_size=2000)
    written.new += len(added)
    written.added += [(placed.record, placed.person_id) for placed, _ in added if placed.person_id]
    return added


def _source_key(*parts: str, longest: int = LONGEST_KEY) -> str:
    """Stable, and within the column: a key too long for it gives way to its digest."""
    key = "/".join(parts)
    return key if len(key) <= longest else hashlib.sha256(key.encode()).hexdigest()


def _row_key(record: Record) -> str:
    return _source_key(record["program.key"], record["intake.key"], record["person.key"])


def _enrolment(placed: Placed, site: Site) -> Enrolment:
    record = placed.record
    return Enrolment(
        person_id=placed.person_id,  # type: ignore[misc]
        intake=placed.intake,
        status=record["enrolment.outcome"],
        started_on=record["enrolment.started_on"],
        ended_on=record.ended_on,
        source=site.source,
        source_key=_row_key(record),
    )


def _application_pairs(placed: list[Placed], site: Site) -> list[tuple[Placed, Application]]:
    references = _fresh_references(len(placed))
    return [
        (
            each,
            Application(
                reference=reference,
                intake=each.intake,
                person_id=each.person_id,
                status=ApplicationStatus.SUBMITTED,
                origin=Origin.IMPORTED,
                submitted_at=datetime.combine(each.record["application.submitted_on"], time(), UTC),
                source=site.source,
                source_key=_row_key(each.record),
            ),
        )
        for each, reference in zip(placed, references, strict=True)
    ]


def _fresh_references(count: int) -> list[str]:
    """References no application has: in thousands of random ones a repeat is no longer a wonder."""
    fresh: set[str] = set()
    while len(fresh) < count:
        wanted = {new_reference("AP") for _ in range(count - len(fresh))}
        taken = Application.objects.filter(reference__in=wanted).values_list("reference", flat=True)
        fresh |= wanted - set(taken)
    return list(fresh)


def _trainer(placed: Placed, site: Site, enrolment: Enrolment | None = None) -> Trainer:
    record = placed.record
    return Trainer(
        person_id=placed.person_id,  # type: ignore[misc]
        program=placed.program,
        enrolment=enrolment,
        status=TrainerStatus.CERTIFIED,
        generation=record["trainer.generation"] or 1,
        certified_on=record["trainer.certified_on"],
        source=site.source,
        source_key=_trainer_key(record),
    )


def _trainer_key(record: Record) -> str:
    return _source_key(record["program.key"], record["person.key"], longest=LONGEST_TRAINER_KEY)


def _certify(added: list[tuple[Placed, Enrolment]], site: Site) -> None:
    """People with a certificate become trainers of the program, once however many intakes they took."""
    by_key: dict[str, tuple[Placed, Enrolment]] = {}
    for placed, enrolment in added:
        by_key.setdefault(_trainer_key(placed.record), (placed, enrolment))
    known = Trainer.objects.filter(source=site.source, source_key__in=by_key)
    for key in known.values_list("source_key", flat=True):
        del by_key[key]
    trainers = [_trainer(placed, site, enrolment) for placed, enrolment in by_key.values()]
    Trainer.objects.bulk_create(trainers, batch_size=2000)


def _onward(placed: Placed, site: Site) -> OnwardTraining:
    record = placed.record
    return OnwardTraining(
        program=placed.program,
        title=record["onward.title"],
        held_on=record["onward.held_on"],
        country_id=record["onward.country"],
        place=record["onward.place"] or "",
        people_reached=record["onward.people_reached"],
        women_reached=record["onward.women_reached"],
        source=site.source,
        source_key=_source_key(record["program.key"], record["onward.key"]),
    )
