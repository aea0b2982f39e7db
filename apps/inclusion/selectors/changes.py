"""What a release tells otherwise than the one before it, and which quarters were counted again."""

from dataclasses import dataclass

from apps.inclusion.enums import Cadence, Stage
from apps.inclusion.models import Release
from apps.inclusion.rules.changes import Change, Place, changes_between
from apps.inclusion.selectors.sheets import WHOLE, Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Changes:
    """`before` is None for the first release. A restatement is compared with the release it restates."""

    before: Release | None
    rows: tuple[Change, ...]
    same: int


def release_before(release: Release) -> Release | None:
    """The last release whose figures are kept: running views lose theirs to whatever follows them."""
    if release.restates_id:
        return release.restates
    kept = Release.objects.filter(is_built=True, cadence=Cadence.QUARTER, number__lt=release.number)
    return kept.order_by("-number").first()


def changes_of(release: Release, scope: str = WHOLE[0], scope_key: str = "") -> Changes | None:
    """None where neither release tells of the scope."""
    before = release_before(release)
    now = _values(sheet_of(release, scope, scope_key))
    if before is None:
        return Changes(None, (), len(now)) if now or scope == WHOLE[0] else None
    earlier = _values(sheet_of(before, scope, scope_key))
    if not now and not earlier and scope != WHOLE[0]:
        return None
    order = {stage: number for number, stage in enumerate(Stage.values)}
    rows = changes_between(earlier, now, order)
    return Changes(before, tuple(rows), len(now.keys() | earlier.keys()) - len(rows))


def _values(sheet: Sheet) -> dict[Place, int | None]:
    return {place: told.value for place, told in sheet.figures.items()}


def latest_quarter() -> Release | None:
    """The quarter that was asked for last, whether it is built or waits."""
    return Release.objects.quarterly().order_by("-number").first()


def restatements(until: Release) -> list[Release]:
    """Every quarter counted again up to a release, newest first, each with the release it restates."""
    rows = Release.objects.filter(is_built=True, number__lte=until.number).exclude(restates=None)
    return list(rows.select_related("restates").order_by("-number")[:50])
