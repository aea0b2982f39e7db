"""Import files of records. MAPPING is the name of a shipped mapping or the path of a .toml file.

Without FILE the data that ships with the mapping is imported. A file is imported whole or not at all;
importing it again changes nothing. docs/importing.md tells the format of a mapping.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.actors import IMPORTER
from apps.core.errors import DomainError
from apps.records.enums import ImportStatus
from apps.records.models import ImportRun
from apps.records.rules.mapping import Mapping, MappingFault
from apps.records.selectors import data_files, mapping_at, mapping_named
from apps.records.services.importing import import_file
from apps.records.services.owners import organisation_for


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mapping", metavar="MAPPING")
        parser.add_argument("files", metavar="FILE", nargs="*", type=Path)
        parser.add_argument("--organisation", default="", help="whose records these are")
        parser.add_argument("--dry-run", action="store_true", help="report only, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = _mapping(options["mapping"])
        files = options["files"] or data_files(mapping)
        if not files:
            raise CommandError(f"{mapping.name} ships with no data: name the files to import")
        try:
            organisation = organisation_for(
                name=options["organisation"] or mapping.organisation, actor=IMPORTER
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        for path in files:
            if not path.is_file():
                raise CommandError(f"there is no file {path}")
            with path.open("rb") as packed:
                run = import_file(
                    mapping=mapping,
                    packed=packed,
                    file_name=path.name,
                    organisation=organisation,
                    dry_run=options["dry_run"],
                    actor=IMPORTER,
                )
            self._tell(run)

    def _tell(self, run: ImportRun) -> None:
        self.stdout.write(
            f"{run.mapping} {run.file_name}: {run.rows_read} rows read, {run.rows_new} new, "
            f"{run.rows_unchanged} unchanged, {run.rows_skipped} skipped, {run.problems_found} problems"
        )
        for problem in run.problems_in_words:
            self.stderr.write(
                f"row {problem['row']} {problem['column']} {problem['value']}: {problem['words']}"
            )
        if run.status == ImportStatus.REFUSED:
            raise CommandError(f"{run.file_name} was refused: {run.fault_in_words}")


def _mapping(name: str) -> Mapping:
    try:
        return mapping_at(Path(name)) if name.endswith(".toml") else mapping_named(name)
    except MappingFault as fault:
        raise CommandError(str(fault)) from fault
    except DomainError as error:
        raise CommandError(f"there is no mapping {name}") from error
