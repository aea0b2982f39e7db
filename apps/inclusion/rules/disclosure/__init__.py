"""Disclosure control: which figures may be told, so that no hidden one can be worked out."""

from apps.inclusion.rules.disclosure.figures import Figure, Protection, System, is_small, rounded
from apps.inclusion.rules.disclosure.protecting import intervals, narrow_in, protect
from apps.inclusion.rules.disclosure.rows import Contradiction

__all__ = [
    "Contradiction",
    "Figure",
    "Protection",
    "System",
    "intervals",
    "is_small",
    "narrow_in",
    "protect",
    "rounded",
]
