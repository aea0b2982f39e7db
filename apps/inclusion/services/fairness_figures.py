"""The figures of a fairness report: counted by answer, then told as rules.telling allows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from apps.inclusion.enums import NO_COUNTRY, FairnessDimension, FairnessStage, ScopeKind
from apps.inclusion.models import FairnessFigure, FairnessReport, ParticipationFact, ReleasedFigure
from apps.inclusion.rules.groups import FOCUS, NOT_STATED, OTHERS, classes_in
from apps.inclusion.rules.telling import (
    Class,
    Table,
    beside,
    classes,
    exactly,
    fold,
    largest_alone,
    says_more_than_released,
    tell,
    tell_onwards,
    tell_openly,
)
from apps.inclusion.selectors.fairness import JOIN, told_tables
from apps.inclusion.services.standings import OFFERED, STAGES, Standings, members
from apps.programs.models import Intake


def first_figures(
    intake: Intake, dimension: str, standings: Standings, now: datetime, *, is_complete: bool
) -> list[FairnessFigure]:
    """The figures of one dimension when nothing has been told yet."""
    counts = _counts(intake, dimension, standings)
    told = _classes(dimension, counts[FairnessStage.APPLIED])
    if not told:
        return []
    pool = fold(counts[FairnessStage.APPLIED], told)
    first = Table("applied", "applied", pool, {each: exactly(count) for each, count in pool.items()})
    if dimension == FairnessDimension.COUNTRY:
        stages = STAGES[: STAGES.index(FairnessStage.OFFERED) + 1]
        tables = [first, *tell_openly(told, [(stage, counts[stage]) for stage in stages])]
    else:
        tables = [first, *tell(told, counts)]
    more = _onwards(dimension, tables, counts) if is_complete else []
    tables += [*_by_merit(dimension, tables, counts, standings), *more]
    if _would_say_too_much(intake, dimension, tables):
        return []
    return [row for table in tables for row in _rows(dimension, table, standings, now)]


def further_figures(
    intake: Intake, dimension: str, standings: Standings, now: datetime, earlier: FairnessReport
) -> list[FairnessFigure]:
    """What the first report told, unchanged, and who accepted and enrolled of those it knew as offered."""
    kept = list(earlier.figures.filter(dimension=dimension))
    tables = told_tables(kept).get(dimension, [])
    counts = _counts(intake, dimension, standings)
    more = _onwards(dimension, tables, counts)
    if _would_say_too_much(intake, dimension, more):
        more = []
    for row in kept:
        row.pk = None
    return [*kept, *(row for table in more for row in _rows(dimension, table, standings, now))]


def _counts(intake: Intake, dimension: str, standings: Standings) -> dict[str, Counter[str]]:
    answers = _answers(intake, dimension)
    return {
        stage: Counter(answers[standings[pk].person] for pk in members(standings, stage))
        for stage in FairnessStage.values
    }


def _offered(tables: Sequence[Table]) -> Table | None:
    return next((table for table in tables if table.stage == FairnessStage.OFFERED), None)


def _onwards(dimension: str, tables: Sequence[Table], counts: Mapping[str, Counter[str]]) -> list[Table]:
    offered = _offered(tables)
    if offered is None:
        return []
    if dimension == FairnessDimension.COUNTRY:
        return tell_openly(list(offered.pool), [(stage, counts[stage]) for stage in OFFERED])
    return tell_onwards(offered, counts)


def _by_merit(
    dimension: str, tables: Sequence[Table], counts: Mapping[str, Counter[str]], standings: Standings
) -> list[Table]:
    """Whom the order of merit alone would have chosen, where they are others and it can be told."""
    offered = _offered(tables)
    by_merit, by_offer = members(standings, FairnessStage.MERIT), members(standings, FairnessStage.OFFERED)
    if offered is None or by_merit == by_offer:
        return []
    if dimension == FairnessDimension.COUNTRY:
        came = fold(counts[FairnessStage.MERIT], list(offered.pool))
        exact = {each: exactly(count) for each, count in came.items()}
        return [Table(FairnessStage.MERIT.value, offered.base, offered.pool, exact)]
    swapped = len(by_merit - by_offer), len(by_offer - by_merit)
    found = beside(offered, FairnessStage.MERIT.value, counts[FairnessStage.MERIT], swapped)
    return [found] if found else []


def _would_say_too_much(intake: Intake, dimension: str, tables: Sequence[Table]) -> bool:
    if dimension == FairnessDimension.COUNTRY:
        return False
    return says_more_than_released(tables, _groups(dimension), _released(intake, dimension))


def _answers(intake: Intake, dimension: str) -> defaultdict[int, str]:
    """By person; who has no fact yet has not answered."""
    is_country = dimension == FairnessDimension.COUNTRY
    missing = NO_COUNTRY if is_country else "missing"
    rows = ParticipationFact.objects.filter(intake=intake)
    found = rows.values_list("person_id", "country_code" if is_country else dimension)
    return defaultdict(lambda: missing, {person: answer or missing for person, answer in found})


def _classes(dimension: str, counts: Mapping[str, int]) -> tuple[Class, ...]:
    if dimension == FairnessDimension.COUNTRY:
        return largest_alone(counts)
    focus, others, silent = _groups(dimension).values()
    return classes(counts, (focus, others), silent)


def _groups(dimension: str) -> dict[str, Class]:
    """What a released figure counts as one: the group looked for, the others, and silence."""
    groups = (FOCUS[dimension], OTHERS[dimension], NOT_STATED)
    return {group: classes_in(dimension, group) for group in groups}


def _released(intake: Intake, dimension: str) -> dict[str, set[str]]:
    """Which groups of the program or of this intake any release shows at a stage."""
    scopes = Q(scope=ScopeKind.PROGRAM, scope_key=intake.program.slug)
    scopes |= Q(scope=ScopeKind.INTAKE, scope_key=str(intake.public_id))
    rows = ReleasedFigure.objects.filter(
        scopes, dimension=dimension, group__in=_groups(dimension), is_hidden=False
    )
    shown: dict[str, set[str]] = {}
    for stage, group in rows.values_list("stage", "group"):
        shown.setdefault(stage, set()).add(group)
    return shown


def _rows(dimension: str, table: Table, standings: Standings, now: datetime) -> Iterable[FairnessFigure]:
    chosen = len(members(standings, table.stage))
    for each, pool in table.pool.items():
        yield FairnessFigure(
            dimension=dimension,
            stage=table.stage,
            base=table.base,
            group=JOIN.join(each),
            pool=pool,
            low=table.reached[each].low,
            high=table.reached[each].high,
            chosen=chosen,
            counted_at=now,
        )
