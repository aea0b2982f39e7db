"""Everything between an empty database and a demo worth looking at. Prints the sample sign-ins."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.core.actors import SYSTEM
from apps.inclusion.enums import Cadence
from apps.inclusion.selectors import latest_release
from apps.inclusion.services import ask_for_release, rebuild_facts, release_figures
from apps.portal.services.demo import is_loaded, load_demo, sign_ins
from apps.portal.services.demo_records import import_sample_records
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
            import_sample_records(today=timezone.now().date())
            rebuild_facts(
                intake_ids=list(Intake.objects.filter(source="").values_list("pk", flat=True)), actor=SYSTEM
            )
            _release_quarters(timezone.now().date())
        width = max(len(role) for role, _words in sign_ins())
        for role, words in sign_ins():
            self.stdout.write(f"  {role:<{width}}  {words}")


def _release_quarters(today: date) -> None:
    """The earliest of three quarters at once, so that there is something to read; workers build the others
    and the running view while people look around.
    """
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    ends = [_months_before(first, months) - timedelta(days=1) for months in (6, 3, 0)]
    release_figures(actor=SYSTEM, cadence=Cadence.QUARTER, as_of=ends[0])
    for end in ends[1:]:
        ask_for_release(actor=SYSTEM, cadence=Cadence.QUARTER, as_of=end)
    ask_for_release(actor=SYSTEM)


def _months_before(first: date, months: int) -> date:
    whole = first.year * 12 + first.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
