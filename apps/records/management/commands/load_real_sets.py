"""Import the three published sets that ship with the platform. Running it again changes nothing."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from apps.records.selectors import REAL_SETS


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for name in REAL_SETS:
            call_command("import_records", name, stdout=self.stdout, stderr=self.stderr)
