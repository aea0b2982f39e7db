"""The parts pages are made of; built in, so that no template has to load them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from apps.core.dates import day_in_words
from apps.core.moments import Deadline, clock, deadline, in_words
from apps.core.navigation import staff_links
from apps.core.texts import in_language, say_marked

register = template.Library()

TONES = {"grey", "green", "red", "yellow", "orange", "purple", ""}


@register.simple_tag
def options(groups: Iterable[tuple[Any, list[dict[str, Any]], int]]) -> SafeString:
    """What is inside a select. Every country is 249 options: a template would take 20 ms for them."""
    written = []
    for name, choices, _index in groups:
        lines = "".join(map(_option, choices))
        written.append(f'<optgroup label="{escape(name)}">{lines}</optgroup>' if name else lines)
    return mark_safe("".join(written))  # noqa: S308  each part is escaped where it is put in


def _option(choice: dict[str, Any]) -> str:
    more = " selected" if choice["selected"] else ""
    if choice.get("when"):
        more += f' data-option="{escape(choice["when"])}"' + (" hidden disabled" if choice["unfit"] else "")
    return f'<option value="{escape(choice["value"])}"{more}>{escape(choice["label"])}</option>'


@register.filter
def has_key(mapping: dict[str, Any], key: str) -> bool:
    return key in mapping


@register.filter
def at_key(mapping: dict[str, Any] | None, key: str) -> Any:
    """What stands under `key`; nothing where the page has no such mapping."""
    return (mapping or {}).get(key, "")


@register.filter
def first_input_id(field: BoundField) -> str:
    """Where a link in the error summary leads: a group's first input, not its heading."""
    if field.field.widget.use_fieldset and field.auto_id:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


@register.filter
def say(texts: dict[str, str] | None) -> SafeString:
    """A text in the reader's language; marked with its own language when that is another."""
    return say_marked(texts, translation.get_language() or "en")


@register.filter
def say_plain(texts: dict[str, str] | None) -> str:
    """The same without markup, for titles and attributes."""
    return in_language(texts, translation.get_language() or "en")[0]


@register.filter
def say_own(texts: dict[str, str] | None) -> SafeString:
    """The same for a text that may be someone's own words, filed under "": its language is unknown."""
    texts = texts or {}
    return format_html("{}", texts[""]) if "" in texts else say(texts)


@register.filter
def in_zone(moment: datetime | None, zone: Any = None) -> str:
    """Weekday, date, time and the name of the zone: 'Friday 27 November 2026, 11:59 p.m. (Bangkok time)'."""
    return in_words(moment, _zone(zone)) if moment else ""


@register.filter
def day(value: date | None) -> str:
    return day_in_words(value) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """A day that matters, with the name of its weekday."""
    return day_in_words(value, weekday=True) if value else ""


register.filter("clock", clock)


@register.simple_tag(name="deadline")
def deadline_tag(moment: datetime | None, zone: Any = None) -> Deadline | None:
    """The same for a moment to come, with the time that is left: {% deadline closes_at zone as closing %}."""
    return deadline(moment, _zone(zone)) if moment else None


def _zone(zone: Any) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(str(zone)) if zone else ZoneInfo("UTC")


@register.filter
def money(amount: Any, currency: str) -> str:
    return f"{currency} {amount:,.2f}"


@register.simple_tag
def status_tag(label: Any, tone: str = "") -> SafeString:
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone}")
    extra = f" govuk-tag--{tone}" if tone else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', extra, label)


@register.simple_tag
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str | None:
    """The address, or None where the page does not exist in this installation."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return None


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The present address with some of its parameters changed; None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def language_name() -> str:
    """The reader's language, in itself."""
    return str(translation.get_language_info(translation.get_language() or "en")["name_local"])


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """The same page in each language, each name in its own. On every page, so not by a template's loop."""
    request = context.get("request")
    current = translation.get_language()
    path = request.get_full_path() if request and request.method == "GET" else f"/{current}/"
    rest = escape(path.removeprefix(f"/{current}/") if path.startswith(f"/{current}/") else "")
    mark = ' aria-current="true"'
    links = (
        f'<li><a href="/{code}/{rest}" lang="{code}" hreflang="{code}"'
        f"{mark if code == current else ''}>{translation.get_language_info(code)['name_local']}</a></li>"
        for code, _name in settings.LANGUAGES
    )
    return mark_safe("".join(links))  # noqa: S308  the address is escaped, the rest is from settings


@register.inclusion_tag("partials/staff_navigation.html", takes_context=True)
def staff_navigation(context: Context) -> dict[str, Any]:
    request = context["request"]
    return {"links": staff_links(request.viewer, request.path)}


@register.simple_tag
def visually_hidden(text: Any) -> SafeString:
    return format_html('<span class="govuk-visually-hidden">{}</span>', text)


class FormalNode(template.Node):
    def __init__(self, words: template.NodeList, element: str) -> None:
        self.words, self.element = words, element

    def render(self, context: Context) -> SafeString:
        if translation.get_language() in settings.FORMAL_LANGUAGES:
            return self.words.render(context)
        with translation.override(settings.LANGUAGE_CODE):
            words = self.words.render(context)
        mark = f'<{self.element} lang="{settings.LANGUAGE_CODE}">{words}</{self.element}>'
        return mark_safe(mark)  # noqa: S308  the words were rendered, and escaped, by the template


@register.tag
def formal(parser: Any, token: Any) -> FormalNode:
    """Consent, eligibility, decisions: in English, and marked so, until a person has checked a translation.

    `{% formal %}` goes inside a line; `{% formal div %}` around whole paragraphs.
    """
    _name, *element = token.split_contents()
    words = parser.parse(("endformal",))
    parser.delete_first_token()
    return FormalNode(words, element[0] if element else "span")
