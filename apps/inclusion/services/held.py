"""What the next release is compared with: exact counts, kept while their release is on display."""

from collections.abc import Mapping

from django.db.models import QuerySet

from apps.inclusion.models import HeldCount, HeldGroups, Release
from apps.inclusion.rules.cube import STAGES, Cube, Key
from apps.inclusion.rules.moments import Earlier, Held
from apps.inclusion.rules.release import Telling

BATCH = 5000
SEPARATOR = "/"


def held_of(release: Release | None) -> Earlier:
    """What a release told and what stands behind it; of no release, nothing."""
    if release is None:
        return Earlier()
    rows = HeldCount.objects.filter(release=release).values_list("figure", "count", "told", "is_kept")
    held = {_key_of(figure): Held(count, told, kept) for figure, count, told, kept in rows.iterator(BATCH)}
    counts = HeldGroups.objects.filter(release=release).values_list("counts", flat=True).first() or {}
    return Earlier(held, {tuple(words.split(SEPARATOR)): exactly for words, exactly in counts.items()})


def hold(*, release: Release, cube: Cube, told: Mapping[Key, Telling]) -> None:
    """Keep what `held_of` answers for this release."""
    HeldCount.objects.bulk_create(
        (
            HeldCount(
                release=release,
                figure=SEPARATOR.join(key),
                count=each.held.count,
                told=each.held.told,
                is_kept=each.held.is_kept,
            )
            for key, each in told.items()
        ),
        batch_size=BATCH,
    )
    each = len(STAGES)
    counts = {
        SEPARATOR.join(group): cube.cells[number * each : (number + 1) * each]
        for number, group in enumerate(cube.groups)
    }
    HeldGroups.objects.create(release=release, counts=counts)


def let_go(releases: QuerySet[Release]) -> None:
    HeldCount.objects.filter(release__in=releases).delete()
    HeldGroups.objects.filter(release__in=releases).delete()


def _key_of(figure: str) -> Key:
    scope, scope_key, stage, dimension, group = figure.split(SEPARATOR)
    return scope, scope_key, stage, dimension, group
