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
from apps.inclusion.models.profiles import Asking, InclusionProfile
from apps.inclusion.models.releases import HeldCount, HeldGroups, Release, ReleasedFigure
from apps.inclusion.models.reporting import IatiActivity, IatiOrganisation
from apps.inclusion.models.sharing import SharedView, ShareOpening

__all__ = [
    "Asking",
    "DacMarker",
    "FairnessFigure",
    "FairnessReport",
    "FairnessStanding",
    "HeldCount",
    "HeldGroups",
    "IatiActivity",
    "IatiOrganisation",
    "InclusionProfile",
    "IndicatorDefinition",
    "IndicatorTarget",
    "ParticipationCell",
    "ParticipationFact",
    "Release",
    "ReleasedFigure",
    "ShareOpening",
    "SharedView",
    "TargetPeriod",
    "TargetPeriodMove",
]
