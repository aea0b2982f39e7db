"""Exact counts of each stage, for an operator. Never reachable from the web: nothing is hidden here."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.inclusion.selectors import raw_counts

DIMENSIONS = ("gender", "residence", "disability", "country", "kind")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--program", default="", help="slug of the program; all when left out")
        parser.add_argument("--intake", default="", help="slug of the intake; all when left out")
        parser.add_argument("--by", default="", help="comma-separated: " + ", ".join(DIMENSIONS))
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        by = [each.strip() for each in options["by"].split(",") if each.strip()]
        unknown = [each for each in by if each not in DIMENSIONS]
        if unknown:
            raise CommandError(f"cannot count by {', '.join(unknown)}; choose from {', '.join(DIMENSIONS)}")
        found = raw_counts(program=options["program"], intake=options["intake"], by=by)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, indent=2))
            return
        self.stdout.write(
            f"people {found['people']}  " + "  ".join(f"{k} {v}" for k, v in found["totals"].items())
        )
        for row in found["groups"]:
            self.stdout.write("  ".join(f"{key} {value}" for key, value in row.items()))
