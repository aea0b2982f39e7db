"""What an activity file says, before it is XML. Pure data: whoever fills it knows nothing of elements.

A text in several languages is a mapping; "" and None mean not known, and what is not known is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

Texts = Mapping[str, str]


class Dimension(NamedTuple):
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    ref: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    role: str
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ActivityDate:
    type: str
    day: date


@dataclass(frozen=True, slots=True)
class Location:
    """A place by its number at GeoNames (vocabulary G1), in a country."""

    ref: str
    name: str
    geonames_id: str
    country: str


@dataclass(frozen=True, slots=True)
class Sector:
    vocabulary: str
    code: str


@dataclass(frozen=True, slots=True)
class Marker:
    """An OECD DAC policy marker with its score; one that was never screened does not exist."""

    code: str
    significance: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A target or an actual. Several dimensions on one are their intersection."""

    value: str
    dimensions: tuple[Dimension, ...] = ()
    location: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    day: date
    value: str
    dimensions: tuple[Dimension, ...] = ()
    location: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is aimed at by the end of a later period than the activity's. Nothing is known of it yet."""

    end: date
    targets: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    title: str
    description: str
    measure: str
    actuals: tuple[Observation, ...] = ()
    targets: tuple[Observation, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    type: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Codes an organisation chooses once for all its activities."""

    currency: str = ""
    collaboration_type: str = ""
    flow_type: str = ""
    finance_type: str = ""
    aid_type: str = ""
    tied_status: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    identifier: str
    reporting: Organisation
    title: Texts
    description: Texts
    participants: tuple[Participant, ...]
    status: str
    dates: tuple[ActivityDate, ...]
    last_updated: datetime
    period: tuple[date, date]
    email: str = ""
    scope: str = ""
    country: str = ""
    region: str = ""
    location: Location | None = None
    sectors: tuple[Sector, ...] = ()
    tag: tuple[str, str] | None = None
    markers: tuple[Marker, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)
    results_page: str = ""
    results: tuple[Result, ...] = ()
