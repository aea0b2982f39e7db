"""The rule as everyone may read it: what it says, when it was fixed, what was changed since, and the lot."""

from dataclasses import dataclass

from django.utils.functional import Promise

from apps.places.selectors import country_names
from apps.programs.enums import InclusionGroup
from apps.programs.models import Intake
from apps.selection.models import RuleVersion, SelectionRule
from apps.selection.rules.rule import Rule
from apps.selection.selectors.rule import live_rule, rule_of, versions_of


@dataclass(frozen=True, slots=True)
class ToldRule:
    """`versions` newest first; none while the rule is not fixed. `row` carries the lottery's seed."""

    intake: Intake
    rule: Rule
    row: SelectionRule
    versions: list[RuleVersion]

    @property
    def first(self) -> RuleVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def changes(self) -> list[RuleVersion]:
        """What came after the first, newest first."""
        return self.versions[:-1]

    @property
    def is_before_scores(self) -> bool:
        """Whether no score existed when it was fixed; rules from before that was counted do not say so."""
        return self.first is not None and self.first.scores_seen == 0 and "scores" in self.first.data

    @property
    def scores_are_unknown(self) -> bool:
        return self.first is not None and "scores" not in self.first.data

    @property
    def is_lot(self) -> bool:
        return self.rule.tie_break == "lottery"

    @property
    def seed_is_late(self) -> bool:
        """Whether the seed was drawn when applications had closed already: readers must be told."""
        committed, closes = self.row.seed_committed_at, self.intake.closes_at
        return bool(committed and closes and committed >= closes)

    @property
    def targets(self) -> list[tuple[str | Promise, int]]:
        """Groups in words and their places, in one order."""
        labels: dict[str, str | Promise] = dict(InclusionGroup.choices)
        known = [group for group in labels if group in self.rule.targets]
        return [(labels[group], self.rule.targets[group]) for group in known]

    @property
    def countries(self) -> list[tuple[str, int]]:
        """Countries that get places at least, by name."""
        wanted = {code: pair[0] for code, pair in self.rule.countries.items() if pair[0]}
        names = country_names(wanted) if wanted else {}
        return sorted((names.get(code, code), seats) for code, seats in wanted.items())


def fixed_rule(intake: Intake) -> ToldRule | None:
    """The rule as it was fixed, in one statement; None while it is not."""
    versions = versions_of(intake)
    if not versions:
        return None
    return ToldRule(intake, Rule.from_data(versions[0].data), versions[0].rule, versions)


def told_rule(intake: Intake) -> ToldRule:
    """The rule as it was fixed, else as it stands now."""
    if (fixed := fixed_rule(intake)) is not None:
        return fixed
    row = rule_of(intake)
    return ToldRule(intake, live_rule(intake, row), row, [])
