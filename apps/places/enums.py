from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Confidence(TextChoices):
    """How far the reader of the sources trusts them."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class UnitClass(TextChoices):
    """What an official unit tells about where its people live. Urban leaves open: city or town."""

    CITY = "city", _("City")
    TOWN = "town", _("Town")
    URBAN = "urban", _("City or town")
    RURAL = "rural", _("Rural")
