"""What reviewing asks of a program kind."""

from typing import Any, Protocol

from apps.core.registries import KindRegistry


class ReviewPolicy(Protocol):
    def default_criteria(self) -> list[dict[str, Any]]:
        """Criteria a new intake of this kind starts with: title, question, anchors, weight."""
        ...


review_policies: KindRegistry[ReviewPolicy] = KindRegistry("review")
