"""Read one delivery report from standard input, as a mail server's alias hands it over."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.actors import SYSTEM
from apps.notifications.services.returning import read_report, record_return

LARGEST = 2_000_000


class Command(BaseCommand):
    help = "Record a returned message: pipe the mail that came back to this command (docs/operations.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        found = read_report(sys.stdin.buffer.read(LARGEST))
        if found is None:
            self.stdout.write("not a report of a failed delivery: nothing recorded")
            return
        reference, status = found
        recorded = record_return(provider_ref=reference, reason=f"returned: {status}", actor=SYSTEM)
        self.stdout.write("recorded" if recorded else "no message of ours: nothing recorded")
