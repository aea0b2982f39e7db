"""What stages above may add to a program's public page, and what each kind says about itself to statistics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from apps.core.registries import KindRegistry
from apps.programs.models import Intake


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: the template finds its `context` as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


#: Each is asked for every showing of the page, so each costs it one statement at most. None adds nothing.
public_panels: list[Callable[[Intake], Panel | None]] = []


def panels_of(intake: Intake) -> list[Panel]:
    """The panels of an intake's public page, in the order the stages registered them."""
    return [panel for make in public_panels if (panel := make(intake)) is not None]


class ReportingPolicy(Protocol):
    #: The purpose of aid by the five-digit codes of OECD DAC's Creditor Reporting System.
    purpose: str


reporting_policies: KindRegistry[ReportingPolicy] = KindRegistry("reporting")
