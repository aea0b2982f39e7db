"""What was planned, quarter by quarter."""

from collections.abc import Mapping, Sequence

#: Group → period ("2026-Q3") → percent.
Plan = Mapping[str, Mapping[str, float]]


def plan_for(scope: str, scope_key: str, periods: Sequence[str], targets: Mapping[str, float]) -> Plan:
    """The planned share of each group at each period; {} where nothing is planned.

    Intakes set targets without steps on the way, so each quarter is measured against the same.
    """
    return {group: dict.fromkeys(periods, percent) for group, percent in targets.items()}
