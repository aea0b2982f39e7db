"""Indicators of a scope: what the latest release tells, beside what was aimed at quarter by quarter."""

from dataclasses import dataclass
from datetime import date

from apps.enrolments.extension import results_of
from apps.inclusion.enums import IndicatorLevel, ScopeKind, Stage
from apps.inclusion.models import IndicatorDefinition, Release, ReleasedFigure, TargetPeriod
from apps.inclusion.rules.conversion import Conversion, conversions
from apps.inclusion.rules.indicators import Measure, is_met, measures, of_result
from apps.inclusion.rules.quarters import from_here, in_words, last_day
from apps.inclusion.selectors.definitions import standard_order
from apps.inclusion.selectors.sheets import Sheet, Told, latest_release, sheet_of
from apps.inclusion.selectors.targets import definitions_in_force, plan_for
from apps.programs.models import Intake, Program

#: Quarters shown and offered before and after the present one.
BEFORE, AFTER = 1, 4


@dataclass(frozen=True, slots=True)
class Quarter:
    ends_on: date
    is_locked: bool

    @property
    def name(self) -> str:
        return in_words(self.ends_on)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`told` is None where nothing here counts the indicator. `is_met` compares it with the target of the
    quarter the release ends with, and is None without both. `targets` go with the quarters of the table.
    """

    definition: IndicatorDefinition
    told: Measure | None
    is_met: bool | None
    targets: list[float | None]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    release: Release | None
    quarters: list[Quarter]
    rows: list[IndicatorRow]
    conversions: list[Conversion]


def indicator_table(
    scope: str, scope_key: str, *, program: Program | None = None, today: date
) -> IndicatorTable:
    """A fixed number of statements. `program` adds what its kind counts; only its own staff may see that."""
    release, plan = latest_release(), plan_for(scope, scope_key)
    told: dict[str, Measure] = {}
    steps: list[Conversion] = []
    if release is not None:
        sheet = sheet_of(release, scope, scope_key)
        told = measures(sheet, _ended(release, scope, scope_key))
        steps = conversions(sheet)
    if program is not None:
        on = release.as_of if release else today
        told |= {each.code: of_result(each.count, each.base) for each in results_of(program, on)}
    quarters = quarters_around(today, also=list(plan))
    aims = plan.get(last_day(release.as_of), {}) if release else {}
    rows = [
        IndicatorRow(
            definition=definition,
            told=told.get(definition.code),
            is_met=_is_met(definition, told.get(definition.code), aims.get(definition.code)),
            targets=[plan.get(each.ends_on, {}).get(definition.code) for each in quarters],
        )
        for definition in definitions_to_aim_at()
    ]
    shown = [row for row in rows if row.told or any(each is not None for each in row.targets)]
    return IndicatorTable(release, quarters, shown, steps)


def definitions_to_aim_at() -> list[IndicatorDefinition]:
    """Our own first, and of these people and shares. Context is about whole populations: no program aims at it."""
    found = definitions_in_force().exclude(level=IndicatorLevel.CONTEXT)
    return sorted(
        found, key=lambda each: (standard_order(each.standard), not each.code.startswith("OUT"), each.code)
    )


def quarters_around(today: date, also: list[date] | None = None) -> list[Quarter]:
    """The quarters next to today and some others, oldest first, each with whether it is locked."""
    days = sorted({*from_here(today, before=BEFORE, after=AFTER), *(also or [])})
    locked = set(
        TargetPeriod.objects.filter(ends_on__in=days)
        .exclude(locked_at=None)
        .values_list("ends_on", flat=True)
    )
    return [Quarter(each, each in locked) for each in days]


def _is_met(definition: IndicatorDefinition, told: Measure | None, aim: float | None) -> bool | None:
    if told is None or told.value is None or aim is None:
        return None
    return is_met(definition.direction, told.value, aim)


def _ended(release: Release, scope: str, scope_key: str) -> list[Sheet]:
    """Everyone's enrolled and completed in each intake of the scope that was over on the day of the release."""
    within = {ScopeKind.KIND: "program__kind", ScopeKind.PROGRAM: "program__slug"}
    narrowed = {within[ScopeKind(scope)]: scope_key} if scope in within else {}
    over = Intake.objects.filter(ends_on__lte=release.as_of, **narrowed).values_list("public_id", flat=True)
    rows = ReleasedFigure.objects.filter(
        release=release,
        scope=ScopeKind.INTAKE,
        scope_key__in=[str(each) for each in over],
        stage__in=[Stage.ENROLLED, Stage.COMPLETED],
        dimension="",
    )
    found: dict[str, dict[tuple[str, str, str], Told]] = {}
    for key, stage, value in rows.order_by("scope_key").values_list("scope_key", "stage", "value"):
        found.setdefault(key, {})[stage, "", ""] = Told(value)
    return [Sheet(ScopeKind.INTAKE.value, key, figures) for key, figures in found.items()]
