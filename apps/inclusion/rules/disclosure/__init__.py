"""Disclosure control: which figures may be told, so that no hidden one can be worked out."""

from apps.inclusion.rules.disclosure.elimination import Sum, derivable
from apps.inclusion.rules.disclosure.figures import (
    Figure,
    Protection,
    System,
    is_small,
    primary,
    rounded,
    split_tells_all,
)
from apps.inclusion.rules.disclosure.protecting import intervals, narrow_in, protect
from apps.inclusion.rules.disclosure.rows import Contradiction
from apps.inclusion.rules.disclosure.sums import THRESHOLD, hide

__all__ = [
    "THRESHOLD",
    "Contradiction",
    "Figure",
    "Protection",
    "Sum",
    "System",
    "derivable",
    "hide",
    "intervals",
    "is_small",
    "narrow_in",
    "primary",
    "protect",
    "rounded",
    "split_tells_all",
]
