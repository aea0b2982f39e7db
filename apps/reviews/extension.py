"""What reviewing asks of a program kind, and of the apps above it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from django.db.models import QuerySet

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.registries import KindRegistry
from apps.programs.models import Intake


class ReviewPolicy(Protocol):
    def default_criteria(self) -> list[dict[str, Any]]:
        """Criteria a new intake of this kind starts with: title, question, anchors, weight."""
        ...


review_policies: KindRegistry[ReviewPolicy] = KindRegistry("review")

#: Given applications and reviewers, the pairs (application id, reviewer id) that must stay apart, in a
#: fixed number of statements.
TieFinder = Callable[[QuerySet[Application], Collection[int]], Iterable[tuple[int, int]]]

#: Ties only apps above know of, by the ConflictKind they are recorded as; filled from their ready().
tie_finders: dict[str, TieFinder] = {}

#: Called in the transaction that assigns an intake's first readers, with its row locked: whatever must
#: be fixed before anyone can score. Raising a DomainError stops the assignment.
before_reading: list[Callable[[Intake, Actor], None]] = []

#: Called in the transaction that keeps the first points of a review, with the rubric's row locked.
#: Raising a DomainError says to the reviewer why nobody may score now.
before_scoring: list[Callable[[Intake], None]] = []
