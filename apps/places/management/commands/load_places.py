"""Load every country, province, settlement, baseline and data-protection rule. Safe to run again."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.actors import IMPORTER
from apps.places.services import load_places, load_settlements


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = asdict(load_places(actor=IMPORTER)) | {"settlements": load_settlements(actor=IMPORTER)}
        self.stdout.write(", ".join(f"{count} {name}" for name, count in loaded.items()))
