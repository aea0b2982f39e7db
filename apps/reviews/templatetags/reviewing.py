"""How the reviewer's copy looks: bars for hidden words, the names of languages, differences in words."""

from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reviews.rules.calibration import Compared
from apps.reviews.rules.redaction import BAR

register = template.Library()


@register.filter
def bars(text: Any) -> SafeString:
    """Escapes what is not marked safe; every bar says aloud what it is."""
    spoken = format_html(
        '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>',
        BAR,
        _("hidden words"),
    )
    return mark_safe(conditional_escape(text).replace(BAR, spoken))  # noqa: S308  both parts are escaped


@register.filter
def language_called(code: str) -> str:
    """A language in the reader's own words; the code where nobody named it."""
    return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def points_in_words(value: Decimal) -> str:
    """A median may lie half way: 3, 3.5; never 3.000."""
    return number_format(value.normalize() if value % 1 else int(value))


@register.filter
def distance_in_words(compared: Compared) -> str:
    """How mine stands to the panel's."""
    difference = compared.difference
    if difference == 0:
        return _("The same")
    away = points_in_words(abs(difference))
    number = 1 if abs(difference) == 1 else 2
    if difference > 0:
        words = ngettext("{n} point higher than the panel", "{n} points higher than the panel", number)
    else:
        words = ngettext("{n} point lower than the panel", "{n} points lower than the panel", number)
    return words.format(n=away)
