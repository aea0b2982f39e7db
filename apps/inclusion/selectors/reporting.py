"""What else is known of a program for reporting: its policy markers and its targets.

Whoever keeps markers or targets adds a source here, so that the export knows nothing of where they are kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.inclusion.enums import TargetScope
from apps.inclusion.models import DacMarker, IndicatorTarget
from apps.inclusion.rules.markers import IATI_CODES
from apps.programs.enums import InclusionGroup
from apps.programs.models import Program

#: Indicator of the share of each group that targets are set for.
SHARE_INDICATORS = {
    InclusionGroup.WOMEN.value: "OUT-SHARE-W",
    InclusionGroup.RURAL.value: "OUT-SHARE-R",
    InclusionGroup.DISABILITY.value: "OUT-SHARE-D",
}


@dataclass(frozen=True, slots=True)
class PolicyMarker:
    """A marker of OECD DAC that was screened: code (1 gender, 11 disability) and score 0, 1 or 2."""

    code: str
    score: int


@dataclass(frozen=True, slots=True)
class ProgramTarget:
    """What a program aims at: an indicator's code, the value, and the group when it is one of a count.

    `groups` are dimension and group in the words of figures, several for a crossing. `ends_on` is the last day
    of the quarter the target is for; without it, it is for however long a report counts.
    """

    indicator: str
    value: Decimal
    groups: tuple[tuple[str, str], ...] = ()
    ends_on: date | None = None

    @property
    def is_about_groups(self) -> bool:
        return bool(self.groups) or self.indicator in SHARE_INDICATORS.values()


target_sources: list[Callable[[Program], Iterable[ProgramTarget]]] = []


def screened_markers() -> dict[int, list[PolicyMarker]]:
    """Program → the last screening of each of its markers; one statement for all. A program that is not in it
    was never screened, which is not a score of 0.
    """
    rows = DacMarker.objects.order_by("program_id", "marker", "-version").distinct("program_id", "marker")
    found: dict[int, list[PolicyMarker]] = {}
    for row in rows:
        found.setdefault(row.program_id, []).append(PolicyMarker(IATI_CODES[row.marker], row.score))
    return {program: sorted(markers, key=lambda each: int(each.code)) for program, markers in found.items()}


def targets_of(program: Program) -> list[ProgramTarget]:
    return [target for source in target_sources for target in source(program)]


def quarterly_targets() -> dict[str, list[ProgramTarget]]:
    """Slug → what a program aims at by the end of each quarter, earliest first; one statement for all programs."""
    rows = IndicatorTarget.objects.in_force().filter(scope=TargetScope.PROGRAM).exclude(value=None)
    columns = ("scope_key", "code", "value", "period__ends_on")
    found: dict[str, list[ProgramTarget]] = {}
    for slug, code, value, ends_on in rows.order_by("period__ends_on", "code").values_list(*columns):
        found.setdefault(slug, []).append(ProgramTarget(code, value, ends_on=ends_on))
    return found


def aims_of(program: Program, quarterly: Iterable[ProgramTarget], until: date) -> list[ProgramTarget]:
    """What a report that counts until a day says is aimed at: by then, and by the end of later quarters.

    As in `plans.plan_for`, a target of an indicator for the quarter counts before what intakes aim at.
    """
    coming = [each for each in quarterly if each.ends_on is not None and each.ends_on >= until]
    by_then = {each.indicator for each in coming if each.ends_on == until}
    others = (each for each in targets_of(program) if each.groups or each.indicator not in by_then)
    return [*others, *coming]


def inclusion_targets(program: Program) -> list[ProgramTarget]:
    """The mean of what the program's intakes aim at. Asks nothing when intakes and targets are prefetched."""
    aims: dict[str, list[Decimal]] = {}
    for intake in program.intakes.all():
        for target in intake.inclusion_targets.all():
            aims.setdefault(target.group, []).append(target.percent)
    return [
        ProgramTarget(SHARE_INDICATORS[group], (sum(found, Decimal()) / len(found)).quantize(Decimal("0.1")))
        for group, found in sorted(aims.items())
    ]


target_sources.append(inclusion_targets)
