"""A drawing as the page shows it: {% drawn drawing %}"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.inclusion.charts import Drawing

register = template.Library()

#: Some forty pages of drawings, about ten kilobytes each.
KEPT = 400


@register.simple_tag
def drawn(drawing: Drawing) -> SafeString:
    """A release does not change, so the same drawings are asked for again and again, and to write one out is most of
    the work of its page. What it is made of is what it is kept by: nothing else reaches its template, so a
    drawing that was kept is never an old one.
    """
    return _drawn(drawing, get_language())


@lru_cache(maxsize=KEPT)
def _drawn(drawing: Drawing, _language: str | None) -> SafeString:
    return render_to_string(drawing.template, {"drawing": drawing})
