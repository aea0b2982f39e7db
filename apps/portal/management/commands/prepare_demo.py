"""Everything between an empty database and a demo worth looking at. Prints the sample sign-ins."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_messages")
        call_command("migrate", verbosity=0, interactive=False)
