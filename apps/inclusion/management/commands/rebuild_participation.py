"""Build the participation facts of every intake anew from applications, offers, enrolments and answers."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.core.actors import SYSTEM
from apps.inclusion.services import rebuild_facts
from apps.programs.models import Intake


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction for each intake, so that people are kept waiting by none for long."""
        total = 0
        for pk in Intake.objects.order_by("pk").values_list("pk", flat=True):
            total += rebuild_facts(intake_ids=[pk], actor=SYSTEM)
        self.stdout.write(f"{total} facts")
