"""How people are chosen: the rule, the choice, the decisions, the offers, the waitlist, the second look."""

from apps.selection.models.choosing import FrozenChoice, Override, Scenario
from apps.selection.models.deciding import Decision, ReleaseBatch
from apps.selection.models.looking import HumanLook
from apps.selection.models.offers import Offer, OfferCondition, WaitlistEntry
from apps.selection.models.rule import CountryMinimum, RuleProposal, RuleVersion, SelectionRule

__all__ = [
    "CountryMinimum",
    "Decision",
    "FrozenChoice",
    "HumanLook",
    "Offer",
    "OfferCondition",
    "Override",
    "ReleaseBatch",
    "RuleProposal",
    "RuleVersion",
    "Scenario",
    "SelectionRule",
    "WaitlistEntry",
]
