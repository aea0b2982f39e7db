"""Behind the wall: what people tell about themselves, and the figures made of it."""

from apps.inclusion.models.facts import ParticipationCell, ParticipationFact
from apps.inclusion.models.fairness import FairnessFigure, FairnessReport, FairnessStanding
from apps.inclusion.models.indicators import (
    IndicatorDefinition,
    IndicatorTarget,
    TargetPeriod,
    TargetPeriodMove,
)
from apps.inclusion.models.markers import DacMarker
from apps.inclusion.models.profiles import InclusionProfile
from apps.inclusion.models.releases import HeldCount, Release, ReleasedFigure

__all__ = [
    "DacMarker",
    "FairnessFigure",
    "FairnessReport",
    "FairnessStanding",
    "HeldCount",
    "InclusionProfile",
    "IndicatorDefinition",
    "IndicatorTarget",
    "ParticipationCell",
    "ParticipationFact",
    "Release",
    "ReleasedFigure",
    "TargetPeriod",
    "TargetPeriodMove",
]
