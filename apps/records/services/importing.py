"""One file, all or nothing: read, compare, write, and tell what became of every row."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.cleaning import tidy
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.inclusion.services import DeclaredProfile, rebuild_facts, store_declared_profiles
from apps.places.models import Country
from apps.records.enums import ImportStatus
from apps.records.events import RecordsImported
from apps.records.models import ImportRun
from apps.records.rules.mapping import Mapping
from apps.records.rules.problems import Problem, Unreadable
from apps.records.rules.reading import Limits, rows_of
from apps.records.rules.records import Record, record_of
from apps.records.services.site import Site
from apps.records.services.writing import write_batch

BATCH = 2000
#: More problems than anyone mends by hand; the count goes on, the list stops.
MOST_TOLD = 200


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file."""

    rows_read: int = 0
    rows_new: int = 0
    rows_unchanged: int = 0
    rows_skipped: int = 0
    problems_found: int = 0
    problems: list[Problem] = field(default_factory=list)
    fault: dict[str, object] = field(default_factory=dict)
    _bad_rows: set[int] = field(default_factory=set)

    def note(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems_found += len(problems)
        self.problems += problems[: max(0, MOST_TOLD - len(self.problems))]
        self._bad_rows.update(problem.row for problem in problems)

    def is_refused(self, mapping: Mapping) -> bool:
        return bool(self.fault) or len(self._bad_rows) > mapping.bad_rows_allowed

    def as_columns(self) -> dict[str, Any]:
        """The columns of ImportRun."""
        told = [asdict(problem) for problem in sorted(self.problems, key=lambda each: each.row)]
        names = ("rows_read", "rows_new", "rows_unchanged", "rows_skipped", "problems_found", "fault")
        return {name: getattr(self, name) for name in names} | {"problems": told}


class _Undo(Exception):
    """Leaves the transaction without a trace of what was written."""


@transaction.atomic
def import_file(
    *,
    mapping: Mapping,
    packed: IO[bytes],
    file_name: str,
    organisation: Organisation,
    limits: Limits | None = None,
    dry_run: bool = False,
    run: ImportRun | None = None,
    actor: Actor,
) -> ImportRun:
    """Import every row of `packed`, or none; return the run with its counts and row-numbered problems.

    Refused when the file cannot be read or more rows are bad than the mapping allows. A row that was
    imported before is left alone, so the same file again adds nothing. `dry_run` goes through all of
    it, database included, and leaves only the report (status CHECKED, or REFUSED). `run` is the
    earlier check of the same file. Files of one organisation wait for one another.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    sha256 = _sha256(packed)
    tally = _write_all(mapping, packed, organisation, limits or Limits(), dry_run, actor)
    refused = tally.is_refused(mapping)
    status = ImportStatus.REFUSED if refused else ImportStatus.CHECKED if dry_run else ImportStatus.IMPORTED
    columns = {**tally.as_columns(), "finished_at": None if dry_run else Now()}
    if run is None:
        run = ImportRun.objects.create(
            organisation=organisation,
            mapping=mapping.name,
            file_name=tidy(file_name)[:150],
            sha256=sha256,
            status=status,
            asked_by_id=actor.user_id,
            **columns,
        )
    else:
        change(run, to=status, kept_as="", **columns)
    if status == ImportStatus.IMPORTED:
        event = RecordsImported(run_id=run.pk, mapping=mapping.name, rows_new=tally.rows_new)
        publish(event, actor=actor)
    return run


def _sha256(packed: IO[bytes]) -> str:
    packed.seek(0)
    digest = hashlib.file_digest(packed, "sha256").hexdigest()  # type: ignore[arg-type]
    packed.seek(0)
    return digest


def _write_all(
    mapping: Mapping,
    packed: IO[bytes],
    organisation: Organisation,
    limits: Limits,
    dry_run: bool,
    actor: Actor,
) -> Tally:
    """In a savepoint of its own, which a refusal and a dry run leave empty."""
    tally = Tally()
    try:
        with transaction.atomic():
            site = Site(mapping=mapping, organisation=organisation)
            _write_rows(mapping, packed, site, limits, tally, None if dry_run else actor)
            if dry_run or tally.is_refused(mapping):
                raise _Undo
            rebuild_facts(intake_ids=sorted(site.touched), actor=actor)
    except Unreadable as fault:
        tally.fault = {"code": fault.code, "detail": fault.detail, "row": fault.row}
    except _Undo:
        if tally.is_refused(mapping):
            tally.fault = {"code": "too_many_problems"}
    if tally.fault:
        tally.rows_new = 0
    return tally


def _write_rows(
    mapping: Mapping, packed: IO[bytes], site: Site, limits: Limits, tally: Tally, teller: Actor | None
) -> None:
    """`teller` hands on what people declared; a dry run has none."""
    records = _records(mapping, packed, limits, tally)
    while batch := list(islice(records, BATCH)):
        if tally.is_refused(mapping):
            continue  # nothing will be kept: only the remaining rows' own problems are still worth telling
        written = write_batch(batch, site=site)
        tally.rows_new += written.new
        tally.rows_unchanged += written.unchanged
        tally.note(written.problems)
        if teller:
            _tell_inclusion(written.added, site.source, teller)
    site.count_seats()


def _tell_inclusion(added: list[tuple[Record, int]], source: str, actor: Actor) -> None:
    """What people declared goes through the wall, once a person and batch; nothing of it is kept here."""
    told = {person_id: record.declared for record, person_id in added if record.is_declared}
    rows = [DeclaredProfile(person_id, *declared) for person_id, declared in told.items()]
    if rows:
        store_declared_profiles(rows=rows, source=source, actor=actor)


def _records(mapping: Mapping, packed: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Record]:
    """The usable rows; everything else goes into the tally."""
    countries = _countries()
    seen: set[int] = set()
    declared: dict[int, tuple[str, ...]] = {}
    rows = rows_of(
        packed,
        columns=mapping.columns,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        limits=limits,
    )
    for row in rows:
        tally.rows_read += 1
        if row.cells and any(skip.matches(row.cells[skip.column]) for skip in mapping.skip):
            tally.rows_skipped += 1
            continue
        record = record_of(row, mapping, countries=countries)
        if not isinstance(record, Record):
            tally.note(record)
        elif (identity := hash(record.identity)) in seen:
            tally.note([Problem(row.number, "row_twice")])
        elif declared.setdefault(hash(record["person.key"]), record.declared) != record.declared:
            tally.note([Problem(row.number, "person_contradicts")])
        else:
            seen.add(identity)
            yield record


def _countries() -> dict[str, str]:
    codes = Country.objects.order_by().values_list("code", "iso3")
    return {code: code for code, _ in codes} | {iso3: code for code, iso3 in codes}
