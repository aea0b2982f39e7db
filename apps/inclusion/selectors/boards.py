"""Everything a dashboard reads, in few statements: one for the releases, one for all figures, and names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from apps.inclusion.enums import Cadence, Dimension, ScopeKind, Stage
from apps.inclusion.models import Release, ReleasedFigure
from apps.inclusion.rules.groups import IDENTITIES
from apps.inclusion.selectors.figures import scope_names, targets_for
from apps.inclusion.selectors.group_questions import Question, questions
from apps.inclusion.selectors.plans import Plan, plan_for
from apps.inclusion.selectors.sheets import WHOLE, Place, Scope, Sheet, Told

#: What a reader may go into. The figures of an intake are for those who run it.
LEVELS = (ScopeKind.KIND.value, ScopeKind.COUNTRY.value, ScopeKind.PROGRAM.value)
QUARTERS_SHOWN = 8
THREE = tuple(each.value for each in (Dimension.GENDER, Dimension.RESIDENCE, Dimension.DISABILITY))


@dataclass(frozen=True, slots=True)
class Board:
    """What one release tells of one scope, with its parts and the quarters before it."""

    release: Release
    scope: str
    scope_key: str
    name: str
    sheet: Sheet
    targets: Mapping[str, float]
    plan: Plan
    trend: tuple[tuple[Release, Sheet], ...] = ()
    parts: Mapping[str, Mapping[str, Sheet]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.scope == ScopeKind.ALL

    @property
    def questions(self) -> list[Question]:
        return questions(self.sheet, self.targets)


def readable_releases() -> QuerySet[Release]:
    """Those on display, and quarters that were counted again: what somebody cited stays readable."""
    built = Release.objects.filter(is_built=True)
    return built.filter(Q(replaced_by=None) | Q(cadence=Cadence.QUARTER)).select_related("replaced_by")


def quarters_until(releases: Iterable[Release], release: Release) -> list[Release]:
    """The quarters as they stood when this release was made, oldest first; of one counted again the last."""
    found: dict[object, Release] = {}
    for each in sorted(releases, key=lambda row: row.number):
        if each.cadence == Cadence.QUARTER and each.number <= release.number and each.as_of <= release.as_of:
            found[each.as_of] = each
    return sorted(found.values(), key=lambda row: row.as_of)[-QUARTERS_SHOWN:]


def board_of(
    release: Release,
    scope: str = WHOLE[0],
    scope_key: str = "",
    *,
    releases: Iterable[Release],
    targets: Mapping[str, float] | None = None,
) -> Board | None:
    """None where the release tells nothing of the scope. `targets`: those that were frozen with a share."""
    quarters = quarters_until(releases, release)
    levels = LEVELS if scope == ScopeKind.ALL else ()
    found = _figures(release, (scope, scope_key), levels, quarters)
    here = found.get(release.pk, {})
    if (scope, scope_key) not in here and scope != ScopeKind.ALL:
        return None
    aims = targets_for(scope, scope_key) if targets is None else targets
    parts = {level: {key: each for (at, key), each in here.items() if at == level} for level in levels}
    names = {level: scope_names(level, list(sheets)) for level, sheets in parts.items()}
    kinds = {key for sheets in found.values() for at, key in sheets if at == ScopeKind.KIND} if levels else ()
    return Board(
        release=release,
        scope=scope,
        scope_key=scope_key,
        name=scope_names(scope, [scope_key]).get(scope_key, ""),
        sheet=here.get((scope, scope_key), Sheet(scope, scope_key, {})),
        targets=aims,
        plan=plan_for(scope, scope_key, [each.period for each in quarters], aims),
        trend=tuple((each, _sheet(found, each, (scope, scope_key))) for each in quarters),
        parts=parts,
        names=names,
        kinds={
            key: tuple(_sheet(found, each, (ScopeKind.KIND.value, key)) for each in quarters)
            for key in sorted(kinds)
        },
    )


def _sheet(found: Mapping[int, Mapping[Scope, Sheet]], release: Release, scope: Scope) -> Sheet:
    return found.get(release.pk, {}).get(scope, Sheet(*scope, {}))


def _figures(
    release: Release, scope: Scope, levels: tuple[str, ...], quarters: list[Release]
) -> dict[int, dict[Scope, Sheet]]:
    """One statement: the scope whole; of its parts and of the quarters before only what is drawn of them."""
    own = Q(scope=scope[0], scope_key=scope[1])
    totals = Q(dimension="", group="")
    shares = Q(stage=Stage.ENROLLED, dimension__in=THREE)
    drawn = Q(stage=Stage.ENROLLED, dimension__in=["", *THREE, "+".join(IDENTITIES)])
    wanted = Q(release=release) & (own | (Q(scope__in=levels) & (totals | shares)))
    earlier = own | Q(scope=ScopeKind.KIND) if levels else own
    wanted |= Q(release__in=[each.pk for each in quarters]) & earlier & drawn
    columns = ("release_id", "scope", "scope_key", "stage", "dimension", "group", "value", "is_kept")
    found: dict[int, dict[Scope, dict[Place, Told]]] = {}
    for pk, at, key, stage, dimension, group, value, is_kept in ReleasedFigure.objects.filter(
        wanted
    ).values_list(*columns):
        figures = found.setdefault(pk, {}).setdefault((at, key), {})
        figures[stage, dimension, group] = Told(value, is_kept)
    return {
        pk: {scope: Sheet(*scope, figures) for scope, figures in sheets.items()}
        for pk, sheets in found.items()
    }
