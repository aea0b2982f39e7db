"""Everything between an empty database and a demo worth looking at. Prints the sample sign-ins."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.core.actors import SYSTEM
from apps.inclusion.selectors import latest_release
from apps.inclusion.services import rebuild_facts, release_figures
from apps.portal.services.demo import is_loaded, load_demo, sign_ins
from apps.programs.models import Intake


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("this fills a database with sample people: only the demo may do it")
        call_command("compile_messages")
        call_command("migrate", verbosity=0, interactive=False)
        if not is_loaded():
            call_command("load_places", stdout=self.stderr)
            call_command("load_indicators", stdout=self.stderr)
            load_demo()
        if latest_release() is None:  # the last step: a start that was interrupted goes on from here
            call_command("load_real_sets", stdout=self.stderr)
            rebuild_facts(
                intake_ids=list(Intake.objects.filter(source="").values_list("pk", flat=True)), actor=SYSTEM
            )
            release_figures(actor=SYSTEM)
        width = max(len(role) for role, _words in sign_ins())
        for role, words in sign_ins():
            self.stdout.write(f"  {role:<{width}}  {words}")
