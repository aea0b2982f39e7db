"""Say what the IATI file needs: an organisation's identifier and codes, or a program's place.

manage.py iati_set_up --organisation "Name" --ref XM-DAC-1-2 --type 30 --email data@example.org
manage.py iati_set_up --program data-skills --place-name "Ha Noi" --geonames-id 1581130
"""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import DomainError
from apps.inclusion.services.reporting import set_up_iati_activity, set_up_iati_organisation
from apps.programs.models import Program

OF_ORGANISATION = (
    "ref",
    "type",
    "email",
    "currency",
    "collaboration_type",
    "flow_type",
    "finance_type",
    "aid_type",
    "tied_status",
)
OF_PROGRAM = ("place_name", "geonames_id", "scope", "results_page")
OPERATOR = Actor(user_id=None, label="system:command")


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--organisation", help="name of the organisation")
        whom.add_argument("--program", help="slug of the program")
        for name in (*OF_ORGANISATION, *OF_PROGRAM):
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kept = self._organisation(options) if options["organisation"] else self._program(options)
        except (Organisation.DoesNotExist, Program.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        except DomainError as error:
            told = "; ".join(f"{name}: {words[0]}" for name, words in error.fields.items())
            raise CommandError(told or str(error.message)) from error
        self.stdout.write(f"{kept} is set up")

    def _organisation(self, options: dict[str, Any]) -> Any:
        organisation = Organisation.objects.get(name=options["organisation"])
        codes = {name: options[name] for name in OF_ORGANISATION}
        return set_up_iati_organisation(organisation=organisation, codes=codes, actor=OPERATOR)

    def _program(self, options: dict[str, Any]) -> Any:
        program = Program.objects.get(slug=options["program"])
        codes = {name: options[name] for name in OF_PROGRAM}
        return set_up_iati_activity(program=program, codes=codes, actor=OPERATOR)
