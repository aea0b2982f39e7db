"""What was planned, quarter by quarter."""

from collections.abc import Mapping, Sequence

from apps.inclusion.enums import TargetScope
from apps.inclusion.selectors.reporting import SHARE_INDICATORS
from apps.inclusion.selectors.targets import plan_for as planned_indicators

#: Group → period ("2026-Q3") → percent.
Plan = Mapping[str, Mapping[str, float]]


def plan_for(scope: str, scope_key: str, periods: Sequence[str], targets: Mapping[str, float]) -> Plan:
    """The planned share of each group at each period; {} where nothing is planned. One statement at most.

    A target of an indicator for a quarter counts; without one what intakes aim at does, which has no steps
    on the way, so each quarter is measured against the same.
    """
    plan = {group: dict.fromkeys(periods, percent) for group, percent in targets.items()}
    if scope not in TargetScope.values:
        return plan
    for ends_on, values in planned_indicators(scope, scope_key).items():
        period = f"{ends_on.year}-Q{(ends_on.month + 2) // 3}"
        for group, code in SHARE_INDICATORS.items():
            if code in values and period in periods:
                plan.setdefault(group, {})[period] = values[code]
    return plan
