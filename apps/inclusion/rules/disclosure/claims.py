"""Ranges of figures, and what is claimed of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Claim:
    """That `cells`, all of them open, have a range of `width`."""

    cells: int
    width: int
