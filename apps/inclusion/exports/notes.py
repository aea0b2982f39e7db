"""What a reader of a file must know, inside the file: it travels without the page it came from."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.dates import day_in_words
from apps.inclusion.models import Release
from apps.inclusion.rules.shares import LEAST_DENOMINATOR, MANY_NOT_STATED, TOO_MANY_NOT_STATED

#: Stand in a cell for a number. The signs are those of the Government Statistical Service (United Kingdom).
HIDDEN, TOO_FEW, NOT_TOLD = "[c]", "[u]", "[x]"


def notes_of(release: Release) -> list[tuple[str, str]]:
    """Heading and text of each note, in the order a reader asks for them."""
    return [*_about(release), *_rules(release), *_marks(release), *_rights(release)]


def _about(release: Release) -> Iterator[tuple[str, str]]:
    words = _("Release {number} ({period}), counted until {day}. Released on {released}.")
    yield (
        _("Release"),
        words.format(
            number=release.number,
            period=release.period,
            day=day_in_words(release.as_of),
            released=day_in_words(release.released_at.date()),
        ),
    )
    if release.replaced_by is not None:
        newer = _("Release {number} has replaced this one.")
        yield _("Newer release"), newer.format(number=release.replaced_by.number)
    if release.reason:
        yield _("Counted again"), release.reason
    yield (
        _("Counts"),
        _(
            "Figures count from the beginning until that day. Someone who takes part in two intakes counts in "
            "both. Each stage holds everyone who came further."
        ),
    )


def _rules(release: Release) -> Iterator[tuple[str, str]]:
    words = _(
        "Counts of fewer than {small} people, and of fewer than {threshold} where disability, age under 18 or "
        "another gender is told, are hidden, and with them whatever would reveal them. Rules: {rules}."
    )
    yield (
        _("Thresholds"),
        words.format(small=release.small_threshold, threshold=release.threshold, rules=release.rules_version),
    )
    words = _("Counts are rounded to {base}, each by itself, so parts may not add up to their total.")
    yield _("Rounding"), words.format(base=release.rounding)
    words = _(
        "A share counts those in the group among those who answered the question, from rounded counts, in "
        "whole percent, with a 95 % interval (Wilson). It is told of {least} people or more who answered. "
        "Where more than {many} % did not answer it is to be read with care; where more than {most} % did "
        "not, it is left out."
    )
    yield (
        _("Shares"),
        words.format(
            least=LEAST_DENOMINATOR,
            many=round(100 * MANY_NOT_STATED),
            most=round(100 * TOO_MANY_NOT_STATED),
        ),
    )


def _marks(release: Release) -> Iterator[tuple[str, str]]:
    yield (
        HIDDEN,
        _("Hidden: the figure, or one that follows from it, would say too much about too few people."),
    )
    yield TOO_FEW, _("Too few people answered for a share.")
    yield NOT_TOLD, _("Not told at this level.")
    yield (
        _("Kept"),
        _("A kept figure is as an earlier release told it: it has moved by too few people to be told anew."),
    )
    yield (
        _("Codes"),
        _(
            "OBS_STATUS is from the SDMX code list CL_OBS_STATUS: A normal value, O missing value (too few "
            "answered), Q missing value, suppressed. CONF_STATUS is from CL_CONF_STATUS: F free, "
            "C confidential. _T stands for the total."
        ),
    )


def _rights(release: Release) -> Iterator[tuple[str, str]]:
    source = _("Source: {site}, release {number}. Quote the number: a release never changes.")
    yield _("Source"), source.format(site=settings.SITE_URL, number=release.number)
    none = _("No licence is set. Ask the platform before you publish these figures.")
    yield _("Licence"), settings.FIGURES_LICENCE or none
