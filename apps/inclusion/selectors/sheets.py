"""Reading releases: the only way in which anything about groups leaves this app.

A sheet is what one release tells of one scope: the whole, a kind, a country, a program or an intake. Pages,
exports and the API all read sheets, so that they tell the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.inclusion.enums import ScopeKind
from apps.inclusion.models import Release, ReleasedFigure
from apps.inclusion.rules.groups import FOCUS, IDENTITIES, NOT_STATED, OTHERS, STATED
from apps.inclusion.rules.shares import Share

#: (stage, dimension, group); dimension and group are "" for everyone.
Place = tuple[str, str, str]
Scope = tuple[str, str]
WHOLE: Scope = (ScopeKind.ALL.value, "")


@dataclass(frozen=True, slots=True)
class Told:
    """A count rounded to base 5; None where it is hidden. `is_kept`: as an earlier release told it."""

    value: int | None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a release tells of one scope. A figure nobody counted is None like a hidden one."""

    scope: str
    scope_key: str
    figures: Mapping[Place, Told]

    def count(self, stage: str, dimension: str = "", group: str = "") -> int | None:
        told = self.figures.get((stage, dimension, group))
        return told.value if told else None

    def is_kept(self, stage: str, dimension: str = "", group: str = "") -> bool:
        told = self.figures.get((stage, dimension, group))
        return bool(told and told.is_kept)

    def share(self, stage: str, dimension: str, group: str = "") -> Share | None:
        """A group's share of those who answered, from rounded counts; None when a part is hidden.

        `group` is the one looked for when left out; a detail such as "city" may be asked for too.
        """
        focus = self.count(stage, dimension, FOCUS[dimension])
        others = self.count(stage, dimension, OTHERS[dimension])
        silent = self.count(stage, dimension, NOT_STATED)
        wanted = self.count(stage, dimension, group or FOCUS[dimension])
        if focus is None or others is None or silent is None or wanted is None:
            return None
        answered = focus + others
        return Share(count=min(wanted, answered), answered=answered, everyone=answered + silent)

    def crossed(self, stage: str, *dimensions: str) -> Share | None:
        """The share of those in all the groups one looks for, of those who answered all the questions."""
        name = "+".join(dimensions)
        wanted = self.count(stage, name, "+".join(FOCUS[each] for each in dimensions))
        everyone = self.count(stage)
        answered = self._answered_all(stage, name, dimensions)
        if wanted is None or answered is None or everyone is None:
            return None
        answered = max(answered, wanted)
        return Share(count=wanted, answered=answered, everyone=max(everyone, answered))

    def _answered_all(self, stage: str, name: str, dimensions: tuple[str, ...]) -> int | None:
        if dimensions == IDENTITIES:
            return self.count(stage, name, STATED)
        one, two = dimensions
        parts = [
            self.count(stage, name, f"{first}+{second}")
            for first in (FOCUS[one], OTHERS[one])
            for second in (FOCUS[two], OTHERS[two])
        ]
        told = [part for part in parts if part is not None]
        return sum(told) if len(told) == len(parts) else None


def releases_shown() -> QuerySet[Release]:
    """Every release on display, newest first."""
    return Release.objects.shown()


def latest_release() -> Release | None:
    """The one to read when nobody asks for another."""
    return releases_shown().first()


def sheet_of(release: Release, scope: str = WHOLE[0], scope_key: str = "") -> Sheet:
    """One statement. Empty when the release tells nothing of this scope."""
    return sheets_of(release, [(scope, scope_key)]).get((scope, scope_key), Sheet(scope, scope_key, {}))


def sheets_of(
    release: Release, scopes: Iterable[Scope] | None = None, levels: Iterable[str] = ()
) -> dict[Scope, Sheet]:
    """The sheets of some scopes, of whole levels (every country), or of everything when neither is given."""
    rows = ReleasedFigure.objects.filter(release=release)
    wanted = Q(scope__in=list(levels))
    for scope, scope_key in scopes or ():
        wanted |= Q(scope=scope, scope_key=scope_key)
    if scopes is not None or levels:
        rows = rows.filter(wanted)
    found: dict[Scope, dict[Place, Told]] = {}
    columns = ("scope", "scope_key", "stage", "dimension", "group", "value", "is_kept")
    for scope, scope_key, stage, dimension, group, value, is_kept in rows.values_list(*columns):
        found.setdefault((scope, scope_key), {})[stage, dimension, group] = Told(value, is_kept)
    return {key: Sheet(*key, figures) for key, figures in sorted(found.items())}


def trend_of(scope: str = WHOLE[0], scope_key: str = "", *, last: int = 8) -> list[tuple[Release, Sheet]]:
    """The quarterly releases on display, oldest first, each with the sheet of one scope; two statements."""
    releases = list(Release.objects.shown().quarterly().order_by("-as_of")[:last])[::-1]
    rows = ReleasedFigure.objects.filter(release__in=releases, scope=scope, scope_key=scope_key)
    found: dict[int, dict[Place, Told]] = {release.pk: {} for release in releases}
    columns = ("release_id", "stage", "dimension", "group", "value", "is_kept")
    for release_id, stage, dimension, group, value, is_kept in rows.values_list(*columns):
        found[release_id][stage, dimension, group] = Told(value, is_kept)
    return [(release, Sheet(scope, scope_key, found[release.pk])) for release in releases]
