"""The tidy table as lines of text: in codes for programs, in words for people. Written row by row."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.core.exports import csv_lines
from apps.inclusion.exports.notes import HIDDEN, TOO_FEW, notes_of
from apps.inclusion.exports.words import dimension_words, group_words, stage_words
from apps.inclusion.models import Release, ReleasedFigure
from apps.inclusion.selectors.figures import scope_names
from apps.inclusion.selectors.tidy import LEVELS_TAKEN, Measure, Row, Status, tidy_rows

#: SDMX writes a total as _T. Units are persons and whole percent.
TOTAL = "_T"
MARK = "\ufeff"
UNITS = {Measure.PEOPLE: "PERSONS", Measure.SHARE: "PERCENT"}
MARKS = {Status.SUPPRESSED: HIDDEN, Status.MISSING: TOO_FEW}
CODES = (
    "RELEASE",
    "TIME_PERIOD",
    "SCOPE",
    "SCOPE_KEY",
    "STAGE",
    "DIMENSION",
    "GROUP",
    "MEASURE",
    "UNIT_MEASURE",
    "OBS_VALUE",
    "OBS_STATUS",
    "CONF_STATUS",
    "IS_KEPT",
    "NUMERATOR",
    "DENOMINATOR",
    "INTERVAL_LOW",
    "INTERVAL_HIGH",
    "RESPONSE_PERCENT",
    "NEEDS_CARE",
)


def coded(release: Release, row: Row) -> tuple[Any, ...]:
    """The cells of one row, in the order of CODES. A hidden value is empty."""
    low, high = row.interval or (None, None)
    where = (row.scope, row.scope_key or TOTAL, row.stage, row.dimension or TOTAL, row.group or TOTAL)
    return (
        release.number,
        release.period,
        *where,
        row.measure.value,
        UNITS[row.measure],
        row.value,
        row.status.value,
        row.confidentiality.value,
        int(row.is_kept),
        row.numerator,
        row.denominator,
        low,
        high,
        row.response,
        int(row.needs_care),
    )


def mark_or_value(row: Row) -> int | str:
    """What a cell for people says: a number, or why there is none."""
    return MARKS[row.status] if row.value is None else row.value


def tidy_lines(release: Release) -> Iterator[str]:
    """Notes are whole lines after "#", unquoted: readers of CSV can be told to pass over such lines."""
    yield MARK
    for heading, text in notes_of(release):
        yield f"# {' '.join(f'{heading}: {text}'.split())}\r\n"
    yield from _without_mark(csv_lines(CODES, (coded(release, row) for row in tidy_rows(release))))


def figure_lines(release: Release) -> Iterator[str]:
    """The same rows in words, after the notes and an empty line."""
    header = (
        _("Level"),
        _("Name"),
        _("Key"),
        _("Stage"),
        _("Question"),
        _("Group"),
        _("Unit"),
        _("Figure"),
        _("Count"),
        _("Of how many who answered"),
        _("Interval from"),
        _("Interval to"),
        _("Answered, percent"),
        _("Remark"),
    )
    (first, *notes) = notes_of(release)
    yield from csv_lines(first, notes)
    yield "\r\n"
    yield from _without_mark(csv_lines(header, _worded(release)))


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """The mark that says UTF-8 stands once, at the front of a file."""
    return (line.removeprefix(MARK) for line in lines)


def names_at(release: Release, level: str) -> dict[str, str]:
    keys = ReleasedFigure.objects.filter(release=release, scope=level).order_by()
    return scope_names(level, list(keys.values_list("scope_key", flat=True).distinct()))


def _worded(release: Release) -> Iterator[tuple[Any, ...]]:
    for level in LEVELS_TAKEN:
        names = names_at(release, level)
        for row in tidy_rows(release, (level,)):
            yield (str(level.label), names.get(row.scope_key, row.scope_key), row.scope_key, *_words(row))


def _words(row: Row) -> tuple[Any, ...]:
    unit = _("people") if row.measure == Measure.PEOPLE else _("percent")
    remark = _("as an earlier release told it") if row.is_kept else ""
    if row.needs_care:
        remark = _("many did not answer")
    return (
        stage_words(row.stage),
        dimension_words(row.dimension),
        group_words(row.dimension, row.group),
        unit,
        mark_or_value(row),
        row.numerator,
        row.denominator,
        *(row.interval or (None, None)),
        row.response,
        remark,
    )
