"""Freezing figures: counted once, passed through disclosure control, never changed afterwards."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from apps.core.actors import Actor
from apps.events.services import publish
from apps.inclusion.enums import FOCUS, NO_COUNTRY, NOT_STATED, Dimension, Group, ScopeKind, Stage
from apps.inclusion.events import FiguresReleased
from apps.inclusion.models import FairnessFigure, ParticipationFact, Release, ReleasedFigure
from apps.inclusion.rules.disclosure import THRESHOLD, Sum, hide

RULES_VERSION = "2026-11 threshold 10, linear, by scope"
#: (scope, scope key, stage, dimension, group); dimension and group are "" for a total.
Key = tuple[str, str, str, str, str]


@transaction.atomic
def release_figures(*, actor: Actor) -> Release:
    """Count every fact, hide what must be hidden, and keep the rest as the next release.

    One grouped statement over the facts; everything after works on its few thousand rows.
    """
    counts, parents = _count()
    hidden = _hidden(counts, parents)
    now = timezone.now()
    last = Release.objects.select_for_update().aggregate(last=Max("number"))["last"] or 0
    shown = {key: None if key in hidden else value for key, value in counts.items()}
    text = json.dumps(sorted(("/".join(key), value) for key, value in shown.items()))
    release = Release.objects.create(
        number=last + 1,
        released_at=now,
        as_of=now,
        threshold=THRESHOLD,
        rules_version=RULES_VERSION,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        released_by_id=actor.user_id,
    )
    ReleasedFigure.objects.bulk_create(_rows(release, shown), batch_size=5000)
    publish(FiguresReleased(release_id=release.pk, number=release.number), actor=actor)
    return release


def _rows(release: Release, shown: dict[Key, int | None]) -> Iterator[ReleasedFigure]:
    for (scope, scope_key, stage, dimension, group), value in shown.items():
        yield ReleasedFigure(
            release=release,
            scope=scope,
            scope_key=scope_key,
            stage=stage,
            dimension=dimension,
            group=group,
            value=value,
            is_hidden=value is None,
        )


def group_of(dimension: str, answer: str) -> str:
    if answer in NOT_STATED:
        return Group.NOT_STATED
    return Group.FOCUS if answer in FOCUS[Dimension(dimension)] else Group.REST


def _count() -> tuple[Counter[Key], dict[str, str]]:
    """Every figure of the release, and the kind each program belongs to."""
    stages = {stage: Count("id", filter=Q(**{stage: True})) for stage in Stage.values}
    rows = ParticipationFact.objects.values(
        "kind", "program__slug", "country_id", "gender", "residence", "disability"
    ).annotate(**{f"n_{stage}": count for stage, count in stages.items()})
    counts: Counter[Key] = Counter()
    parents: dict[str, str] = {}
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    for row in found:
        parents[row["program__slug"]] = row["kind"]
        scopes = [
            (ScopeKind.ALL.value, ""),
            (ScopeKind.KIND.value, row["kind"]),
            (ScopeKind.PROGRAM.value, row["program__slug"]),
            (ScopeKind.COUNTRY.value, row["country_id"] or NO_COUNTRY),
        ]
        for stage in Stage.values:
            for scope, scope_key in scopes:
                counts[(scope, scope_key, stage, "", "")] += row[f"n_{stage}"]
                for dimension in Dimension.values:
                    group = group_of(dimension, row[dimension])
                    counts[(scope, scope_key, stage, dimension, group)] += row[f"n_{stage}"]
    _fill_gaps(counts)
    return counts, parents


def _fill_gaps(counts: Counter[Key]) -> None:
    """A group nobody is in is a figure too: zero."""
    for scope, scope_key, stage, dimension, _group in list(counts):
        if not dimension:
            for each in Dimension.values:
                for group in Group.values:
                    counts[(scope, scope_key, stage, each, group)] += 0


def _hidden(counts: Counter[Key], parents: dict[str, str]) -> set[Key]:
    """Totals and groups of one stage are one system of sums for each dimension.

    A hidden total hides its groups, so that they do not add up to it again.
    """
    hidden: set[Key] = set()
    known = _told_in_fairness_reports()
    for stage in Stage.values:
        for dimension in Dimension.values:
            own = {
                key: value for key, value in counts.items() if key[2] == stage and key[3] in ("", dimension)
            }
            sums = list(_sums(own, stage, dimension, parents))
            hidden |= hide(  # type: ignore[assignment]
                own,  # type: ignore[arg-type]
                sums,
                threshold=THRESHOLD,
                block=_scope_of,
                known=known,
                keep=_is_looked_for,
            )
    gone = {key[:3] for key in hidden if not key[3]}
    return hidden | {key for key in counts if key[:3] in gone}


def _told_in_fairness_reports() -> frozenset[Key]:
    """Figures of programs that their coordinators have exactly from a fairness report."""
    rows = FairnessFigure.objects.filter(
        low=F("high"), stage__in=Stage.values, dimension__in=Dimension.values
    )
    found: set[Key] = set()
    for slug, stage, dimension, answers in rows.values_list(
        "report__intake__program__slug", "stage", "dimension", "group"
    ).distinct():
        groups = {str(group_of(dimension, answer)) for answer in answers.split("+")}
        if len(groups) == 1:
            found.add((ScopeKind.PROGRAM.value, slug, stage, dimension, groups.pop()))
    return frozenset(found)


def _is_looked_for(key: Any) -> bool:
    """Beside too few silent people the rest is hidden before the group one looks for: a fairness report
    tells that group, and a release that showed the rest instead would tell the silent ones with it.
    """
    return bool(key[4] == Group.FOCUS)


def _scope_of(key: Any) -> tuple[str, str]:
    """What is read together: the figures of one kind, program or country."""
    return key[0], key[1]


def _sums(own: Iterable[Key], stage: str, dimension: str, parents: dict[str, str]) -> Iterator[Sum]:
    scopes = {(key[0], key[1]) for key in own}
    groups = ["", *Group.values]
    for scope, scope_key in sorted(scopes):
        yield Sum(
            total=(scope, scope_key, stage, "", ""),
            parts=tuple((scope, scope_key, stage, dimension, group) for group in Group.values),
        )
    for group in groups:
        name = dimension if group else ""
        for level in (ScopeKind.KIND.value, ScopeKind.COUNTRY.value):
            yield Sum(
                total=(ScopeKind.ALL.value, "", stage, name, group),
                parts=tuple(
                    (level, key, stage, name, group) for scope, key in sorted(scopes) if scope == level
                ),
            )
        for kind in sorted(set(parents.values())):
            programs = sorted(slug for slug, parent in parents.items() if parent == kind)
            yield Sum(
                total=(ScopeKind.KIND.value, kind, stage, name, group),
                parts=tuple((ScopeKind.PROGRAM.value, slug, stage, name, group) for slug in programs),
            )
