"""What reviewing asks of a program kind, and of the stages above."""

from collections.abc import Callable
from typing import Any, Protocol

from apps.core.actors import Actor
from apps.core.registries import KindRegistry
from apps.programs.models import Intake


class ReviewPolicy(Protocol):
    def default_criteria(self) -> list[dict[str, Any]]:
        """Criteria a new intake of this kind starts with: title, question, anchors, weight."""
        ...


review_policies: KindRegistry[ReviewPolicy] = KindRegistry("review")

#: Called in the transaction that assigns readers of an intake, before the first of them is assigned;
#: the intake's row is locked. Each must bear being called again.
before_reading: list[Callable[[Intake, Actor], None]] = []
