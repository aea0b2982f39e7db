from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does for an organisation."""

    COORDINATOR = "coordinator", _("Coordinator")
    REVIEWER = "reviewer", _("Reviewer")
    TRAINER = "trainer", _("Trainer")
    LOGISTICS = "logistics", _("Logistics")
    FUNDER = "funder", _("Funder")
    ADMINISTRATOR = "administrator", _("Administrator")


class OrganisationKind(TextChoices):
    RUNS_PROGRAMS = "runs_programs", _("Runs programs")
    FUNDS = "funds", _("Funds programs")
    PLATFORM = "platform", _("Runs the platform")
