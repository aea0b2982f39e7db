"""The rule, as it stands and as data."""

from typing import Any

from apps.programs.models import Intake
from apps.reviews.models import Criterion
from apps.selection.models import SelectionRule


def rule_of(intake: Intake) -> SelectionRule:
    """The stored rule, or the usual one (not saved) while nobody has set it."""
    return SelectionRule.objects.filter(intake=intake).first() or SelectionRule(intake=intake)


def rule_as_data(intake: Intake, rule: SelectionRule) -> dict[str, Any]:
    """Everything that decides, for the fingerprint and for the page "how we decide"."""
    criteria = Criterion.objects.filter(rubric__intake=intake).order_by("number")
    return {
        "floor": f"{rule.floor:.3f}",
        "seats": intake.seats,
        "waitlist_size": rule.waitlist_size,
        "tie_break": "sent first",
        "criteria": [
            {"title": each.title.get("en", ""), "weight": f"{each.weight:.2f}", "highest": each.highest}
            for each in criteria
        ],
    }
