"""What the rows of one import share: the programs, the intakes and the people they name."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Greatest
from django.utils.text import slugify

from apps.accounts.models import Organisation
from apps.enrolments.models import Enrolment
from apps.people.models import Person
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake, Program
from apps.records.rules.mapping import Mapping
from apps.records.rules.records import Record

SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}")
INTAKE_FIELDS = {"name": "intake.name", "starts_on": "intake.starts_on", "ends_on": "intake.ends_on"}


class Contradiction(Exception):
    """A row tells of a shared thing otherwise than an earlier row or import did."""

    def __init__(self, code: str, field: str) -> None:
        self.code, self.field = code, field
        super().__init__(code)


def slug_of(key: str) -> str:
    """The key itself when it can stand in an address, else letters of it and a short digest."""
    if SLUG.fullmatch(key):
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{slugify(key)[:50]}-{digest}".strip("-")


class Site:
    """Finds or makes the shared rows of one import; each is looked up once."""

    def __init__(self, *, mapping: Mapping, organisation: Organisation) -> None:
        self.mapping, self.organisation = mapping, organisation
        #: One organisation's "P1" is not another's: every row carries whose source it is.
        self.source = f"{mapping.source}@{organisation.pk}"
        self.programs: dict[str, Program] = {}
        self.intakes: dict[tuple[int, str], Intake] = {}
        self.new_intakes: set[int] = set()
        self.touched: set[int] = set()

    def program(self, record: Record) -> Program:
        key = record["program.key"]
        if key not in self.programs:
            self.programs[key] = self._find_program(record) or self._make_program(record)
        program = self.programs[key]
        if program.kind != record["program.kind"]:
            raise Contradiction("other_kind", "program.kind")
        return program

    def _find_program(self, record: Record) -> Program | None:
        slug = slug_of(record["program.key"])
        mine = Program.objects.filter(organisation=self.organisation, source=self.source)
        return mine.filter(slug__in=[slug, self._own_slug(slug)]).first()

    def _make_program(self, record: Record) -> Program:
        key, slug = record["program.key"], slug_of(record["program.key"])
        return Program.objects.create(
            organisation=self.organisation,
            kind=record["program.kind"],
            slug=self._own_slug(slug) if Program.objects.filter(slug=slug).exists() else slug,
            title={"en": record["program.title"] or key},
            is_listed=False,
            source=self.source,
        )

    def _own_slug(self, slug: str) -> str:
        return f"{slug}-{self.organisation.pk}"

    def intake(self, record: Record) -> Intake:
        program = self.program(record)
        slug = slug_of(record["intake.key"])
        if (program.pk, slug) not in self.intakes:
            found = Intake.objects.filter(program=program, slug=slug).first()
            self.intakes[program.pk, slug] = found or self._make_intake(program, slug, record)
        intake = self.intakes[program.pk, slug]
        self._compare(intake, record)
        return intake

    def _make_intake(self, program: Program, slug: str, record: Record) -> Intake:
        seats = record["intake.seats"] or 0
        intake = Intake.objects.create(
            program=program,
            slug=slug,
            name={"en": record["intake.name"] or record["intake.key"]},
            status=IntakeStatus.ARCHIVED,
            time_zone="UTC",
            starts_on=record["intake.starts_on"],
            ends_on=record["intake.ends_on"],
            seats=seats,
            seats_taken=seats,
            source=self.source,
        )
        self.new_intakes.add(intake.pk)
        return intake

    def _compare(self, intake: Intake, record: Record) -> None:
        known: dict[str, Any] = {
            "name": intake.name.get("en"),
            "starts_on": intake.starts_on,
            "ends_on": intake.ends_on,
        }
        for field, name in INTAKE_FIELDS.items():
            if record[name] is not None and record[name] != known[field]:
                raise Contradiction("intake_contradicts", name)

    def people(self, records: Iterable[Record]) -> dict[str, int]:
        """Ids of the people of these records by key; those unknown are made."""
        countries = {each["person.key"]: each["person.country"] for each in reversed(list(records))}
        known = self._known_people(countries)
        missing = [
            Person(source=self.source, source_key=key, country_id=country)
            for key, country in countries.items()
            if key not in known
        ]
        made = Person.objects.bulk_create(missing, batch_size=2000)
        return known | {person.source_key: person.pk for person in made}

    def _known_people(self, keys: Iterable[str]) -> dict[str, int]:
        rows = Person.objects.filter(source=self.source, source_key__in=list(keys))
        return dict(rows.values_list("source_key", "pk"))

    def count_seats(self) -> None:
        """Every enrolment of imported history held a seat."""
        counts = Enrolment.objects.filter(intake__in=self.touched).values("intake").annotate(n=Count("pk"))
        for intake, taken in counts.order_by("intake").values_list("intake", "n"):
            Intake.objects.filter(pk=intake).update(seats=Greatest(F("seats"), taken), seats_taken=taken)
