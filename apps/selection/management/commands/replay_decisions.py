"""Make every stored decision's choice again and say whether it gives the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.programs.models import Intake
from apps.selection.selectors.explaining import decisions_to_replay, replay_of


class Command(BaseCommand):
    help = "Replays stored decisions from their frozen choices; ends with 1 when one of them differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--intake", metavar="SLUG", help="only this intake (every program's of that name)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        intakes: list[Intake | None] = [None]
        if options["intake"]:
            intakes = list(Intake.objects.filter(slug=options["intake"]))
            if not intakes:
                raise CommandError(f"There is no intake {options['intake']}.")
        same = other = without = 0
        for intake in intakes:
            for each in replay_of(decisions_to_replay(intake).iterator(chunk_size=500)):
                if each.differences is None:
                    without += 1
                elif each.is_same:
                    same += 1
                else:
                    other += 1
                    self.stderr.write(self._line(each))
        self.stdout.write(f"{same} the same, {other} different, {without} without a frozen choice")
        if other:
            raise CommandError(f"{other} decisions cannot be made again.", returncode=1)

    def _line(self, each: Any) -> str:
        number = each.decision.application.reference
        return f"{number} version {each.decision.version}: {', '.join(each.differences)}"
