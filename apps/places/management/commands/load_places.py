"""Load every country, the provinces of the member states, baselines and data rules."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.actors import IMPORTER
from apps.places.services import load_places


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_places(actor=IMPORTER)
        self.stdout.write(", ".join(f"{count} {name}" for name, count in asdict(loaded).items()))
