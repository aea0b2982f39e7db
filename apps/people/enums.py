from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(TextChoices):
    SELECTION = "selection", _("Using your answers to choose participants")
    MONITORING = "monitoring", _("Counting who takes part")
    RESERVE = "reserve", _("Being considered for a reserved place")
