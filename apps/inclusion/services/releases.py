"""Freezing figures: counted once, passed through disclosure control, never changed afterwards."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.core.actors import Actor
from apps.events.services import publish
from apps.inclusion.enums import Cadence, Dimension, ScopeKind, Stage
from apps.inclusion.events import FiguresReleased
from apps.inclusion.models import FairnessFigure, Release, ReleasedFigure
from apps.inclusion.rules.cube import Key, cube_of
from apps.inclusion.rules.groups import classes_in, groups_of
from apps.inclusion.rules.release import Telling, tell, tell_apart
from apps.inclusion.services.apart import count_apart
from apps.inclusion.services.counting import count_cells
from apps.inclusion.services.held import BATCH, SEPARATOR, held_of, hold, let_go
from apps.inclusion.services.release_asking import ask_for_release


@transaction.atomic
def build_release(*, release: Release, actor: Actor) -> Release:
    """Count, hide what must be hidden, and keep the rest for good. Idempotent: a built release is returned.

    All releases until this one are locked, in order, so that each is compared with the one before it; whoever
    asks meanwhile may still point at them. One statement over the rollup counts everything that adds up,
    others over the facts what does not.
    """
    with_lock = Release.objects.select_for_update(no_key=True).order_by("number")
    rows = {row.pk: row for row in with_lock.filter(number__lte=release.number)}
    release = rows[release.pk]
    if release.is_built:
        return release
    earlier = held_of(release.restates or _last_built(release))
    counts = count_cells(release.as_of)
    cube = cube_of(counts.units, counts.crossed, counts.single)
    known = _told_in_fairness_reports()
    with ThreadPoolExecutor(1) as beside:  # the rules need no database, and it need not wait for them
        telling = beside.submit(tell, cube, earlier, known)
        apart = tell_apart(count_apart(release.as_of), earlier.held)
        told = telling.result() | apart
    hold(release=release, cube=cube, told=told)
    _keep(release, told)
    _replace(release)
    publish(FiguresReleased(release_id=release.pk, number=release.number), actor=actor)
    return release


def release_figures(
    *,
    actor: Actor,
    cadence: str = Cadence.RUNNING,
    as_of: date | None = None,
    restates: Release | None = None,
    reason: str = "",
) -> Release:
    """Ask for a release and build it at once: for commands and the night's task.

    What was asked for before it and still waits is built first. Built later, it would be compared with one
    whose figures have gone, and tell how a few people moved.
    """
    asked = ask_for_release(actor=actor, cadence=cadence, as_of=as_of, restates=restates, reason=reason)
    build_asked_releases(actor=actor)
    asked.refresh_from_db()
    return asked


def build_asked_releases(*, actor: Actor) -> int:
    """Build what was asked for, in order; return how many. Each is a transaction of its own."""
    asked = list(Release.objects.filter(is_built=False).order_by("number"))
    for release in asked:
        build_release(release=release, actor=actor)
    return len(asked)


def release_what_is_due(*, actor: Actor, today: date) -> Release:
    """Every night: the quarter that has ended when nobody has told it yet, else the running view."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    ended = first - timedelta(days=1)
    if not Release.objects.quarterly().filter(as_of__gte=ended).exists():
        return release_figures(actor=actor, cadence=Cadence.QUARTER, as_of=ended)
    return release_figures(actor=actor)


def _last_built(release: Release) -> Release | None:
    return Release.objects.filter(is_built=True, number__lt=release.number).order_by("-number").first()


def _keep(release: Release, told: Mapping[Key, Telling]) -> None:
    ReleasedFigure.objects.bulk_create(_figures(release, told), batch_size=BATCH)
    text = json.dumps(sorted((SEPARATOR.join(key), each.value) for key, each in told.items()))
    release.fingerprint = hashlib.sha256(text.encode()).hexdigest()
    release.is_built = True
    release.released_at = timezone.now()
    release.save(update_fields=["fingerprint", "is_built", "released_at", "updated_at"])


def _figures(release: Release, told: Mapping[Key, Telling]) -> Iterator[ReleasedFigure]:
    for (scope, scope_key, stage, dimension, group), each in told.items():
        yield ReleasedFigure(
            release=release,
            scope=scope,
            scope_key=scope_key,
            stage=stage,
            dimension=dimension,
            group=group,
            value=each.value,
            is_hidden=each.value is None,
            is_kept=each.is_kept,
        )


def _replace(release: Release) -> None:
    """The running view gives way to whatever comes after it; a restated quarter to its restatement.

    The figures of a running view that is no longer shown go; a quarter's stay, for whoever cited them.
    """
    gone: QuerySet[Release] = Release.objects.shown().filter(number__lt=release.number)
    running = gone.filter(cadence=Cadence.RUNNING)
    ReleasedFigure.objects.filter(release__in=running).delete()
    let_go(running)
    running.update(replaced_by=release)
    if release.restates_id:
        gone.filter(pk=release.restates_id).update(replaced_by=release)


def _told_in_fairness_reports() -> frozenset[Key]:
    """Figures of intakes that their coordinators have exactly from a fairness report, and of their programs."""
    rows = FairnessFigure.objects.filter(
        low=F("high"), stage__in=Stage.values, dimension__in=Dimension.values
    )
    found: set[Key] = set()
    intake, program = "report__intake__public_id", "report__intake__program__slug"
    columns = (intake, program, "stage", "dimension", "group")
    for public_id, slug, stage, dimension, answers in rows.values_list(*columns).distinct():
        said = set(answers.split("+"))
        for group in groups_of(dimension):
            if said == set(classes_in(dimension, group)):
                found.add((ScopeKind.PROGRAM.value, slug, stage, dimension, group))
                found.add((ScopeKind.INTAKE.value, str(public_id), stage, dimension, group))
    return frozenset(found)
