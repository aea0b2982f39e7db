"""A rule as somebody wants it, made from the one in force and what they typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.programs.models import InclusionTarget, Intake
from apps.selection.rules.rule import Rule, seats_wanted
from apps.selection.selectors.rule import live_rule, rule_in_force, rule_of

#: What is edited on other pages and enters a rule only when a change says so.
ELSEWHERE = ("criteria", "mode", "targets", "reviews_each")


def proposed_rule(
    intake: Intake,
    *,
    settings: Mapping[str, Any],
    countries: Mapping[str, tuple[int, int | None]],
    take_over: bool,
) -> Rule:
    """With other seats the targets follow as shares of them. `take_over` brings what stands elsewhere."""
    rule = replace(rule_in_force(intake), countries=countries, **settings)
    if take_over:
        live = live_rule(intake, rule_of(intake))
        rule = replace(rule, **{name: getattr(live, name) for name in ELSEWHERE})
    percents = dict(InclusionTarget.objects.filter(intake=intake).values_list("group", "percent"))
    followed = {
        group: seats_wanted(percents[group], rule.seats) if group in percents else wanted
        for group, wanted in rule.targets.items()
    }
    before = rule_in_force(intake)
    changed = take_over or rule.seats != before.seats
    return replace(rule, targets=followed) if changed else rule
