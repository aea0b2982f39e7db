"""Load the indicator definitions that ship, or those of files: a list that a funder sends, say."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.actors import IMPORTER
from apps.core.errors import Invalid
from apps.inclusion.rules.definition_rows import COLUMNS
from apps.inclusion.services import SHIPPED, load_definitions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="CSV with the columns " + ", ".join(COLUMNS))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_definitions(files=options["files"] or SHIPPED, actor=IMPORTER)
        except Invalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.new} new indicators, {done.changed} new versions, {done.same} as they were")
