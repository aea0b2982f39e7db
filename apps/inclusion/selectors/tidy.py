"""One tidy table of a release, from which the files, the API and the IATI export are all made.

One row for each figure and for each share of it, under the concepts of SDMX: a whole release can be read by
any statistical package, and every file says the same because it is the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.db.models import QuerySet

from apps.inclusion.enums import ScopeKind, Stage
from apps.inclusion.models import Release, ReleasedFigure
from apps.inclusion.rules.groups import DETAILS, DIMENSIONS, FOCUS, IDENTITIES, groups_of
from apps.inclusion.rules.shares import Share
from apps.inclusion.selectors.sheets import Place, Sheet, Told

#: Single intakes are told on pages of those who run them and never leave as a file.
LEVELS_TAKEN = (ScopeKind.ALL, ScopeKind.KIND, ScopeKind.COUNTRY, ScopeKind.PROGRAM)
BATCH = 2000


class Measure(StrEnum):
    PEOPLE = "PEOPLE"
    SHARE = "SHARE"


class Status(StrEnum):
    """Of SDMX's cross-domain code list CL_OBS_STATUS , these three."""

    NORMAL = "A"
    MISSING = "O"
    SUPPRESSED = "Q"


class Confidentiality(StrEnum):
    """Of SDMX's CL_CONF_STATUS, these two. Why a figure is hidden (small itself, or lest another follows) is
    told nowhere: it would narrow the figure down.
    """

    FREE = "F"
    CONFIDENTIAL = "C"


@dataclass(frozen=True, slots=True)
class Row:
    """A count of people, or a share in whole percent. No value: hidden, or too few answered for a share."""

    scope: str
    scope_key: str
    stage: str
    dimension: str
    group: str
    measure: Measure
    value: int | None
    status: Status
    is_kept: bool = False
    numerator: int | None = None
    denominator: int | None = None
    interval: tuple[int, int] | None = None
    response: int | None = None
    needs_care: bool = False

    @property
    def place(self) -> Place:
        return self.stage, self.dimension, self.group

    @property
    def confidentiality(self) -> Confidentiality:
        hidden = self.status == Status.SUPPRESSED
        return Confidentiality.CONFIDENTIAL if hidden else Confidentiality.FREE


def sheets_taken(
    release: Release, levels: Sequence[str] = LEVELS_TAKEN, scope_key: str | None = None
) -> Iterator[Sheet]:
    """Scope by scope: no more than one sheet is in memory, however large the release. Levels in their order."""
    columns = ("scope", "scope_key", "stage", "dimension", "group", "value", "is_kept")
    for level in levels:
        rows = ReleasedFigure.objects.filter(release=release, scope=level).order_by("scope_key", "id")
        if scope_key is not None:
            rows = rows.filter(scope_key=scope_key)
        told = rows.values_list(*columns).iterator(chunk_size=BATCH)
        for (scope, key), found in groupby(told, key=lambda row: row[:2]):
            yield Sheet(scope, key, {tuple(row[2:5]): Told(*row[5:]) for row in found})


def tidy_rows(
    release: Release, levels: Sequence[str] = LEVELS_TAKEN, scope_key: str | None = None
) -> Iterator[Row]:
    """Every row of a release in one order that never changes, so that it can be read page by page."""
    for sheet in sheets_taken(release, levels, scope_key):
        yield from rows_of(sheet)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The figures of one sheet, each followed by its share where it has one."""
    for place in sorted(sheet.figures, key=_order):
        yield _count_row(sheet, place)
        if has_share(place[1], place[2]):
            yield _share_row(sheet, place)


def has_share(dimension: str, group: str) -> bool:
    """Shares are told of the groups one looks for, of details, and of crossings of what one looks for."""
    if dimension in DIMENSIONS:
        return group == FOCUS[dimension] or group in DETAILS[dimension]
    crossed = dimension.split("+")
    return len(crossed) > 1 and group == "+".join(FOCUS[each] for each in crossed)


def share_of(sheet: Sheet, place: Place) -> Share | None:
    stage, dimension, group = place
    if dimension in DIMENSIONS:
        return sheet.share(stage, dimension, group)
    return sheet.crossed(stage, *dimension.split("+"))


def _count_row(sheet: Sheet, place: Place) -> Row:
    told = sheet.figures[place]
    status = Status.SUPPRESSED if told.value is None else Status.NORMAL
    return Row(sheet.scope, sheet.scope_key, *place, Measure.PEOPLE, told.value, status, told.is_kept)


def _share_row(sheet: Sheet, place: Place) -> Row:
    found = share_of(sheet, place)
    where = (sheet.scope, sheet.scope_key, *place, Measure.SHARE)
    if found is None:
        return Row(*where, None, Status.SUPPRESSED)
    if not found.is_shown:
        return Row(*where, None, Status.MISSING, denominator=found.answered, response=found.response_percent)
    return Row(
        *where,
        found.percent,
        Status.NORMAL,
        numerator=found.count,
        denominator=found.answered,
        interval=found.interval_percent,
        response=found.response_percent,
        needs_care=found.needs_a_warning,
    )


_STAGES = {stage: number for number, stage in enumerate(Stage.values)}
_DIMENSIONS = {name: number for number, name in enumerate(("", *DIMENSIONS))}
_GROUPS = {
    (dimension, group): number
    for dimension in DIMENSIONS
    for number, group in enumerate(groups_of(dimension))
}


def _order(place: Place) -> tuple[int, int, str, int, str]:
    """Everyone first, then the dimensions as pages show them, then crossings and the quality of data."""
    stage, dimension, group = place
    is_crossed = all(each in IDENTITIES for each in dimension.split("+"))
    rank = _DIMENSIONS.get(dimension, len(DIMENSIONS) + 1 + (not is_crossed))
    return _STAGES.get(stage, len(_STAGES)), rank, dimension, _GROUPS.get((dimension, group), 99), group


def releases_built() -> QuerySet[Release]:
    """What was quoted stays readable for good, also when a later release replaced it."""
    return Release.objects.filter(is_built=True)


def release_numbered(number: int) -> Release | None:
    return releases_built().filter(number=number).select_related("replaced_by").first()
