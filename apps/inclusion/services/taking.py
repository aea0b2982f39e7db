"""Who took which file of a release away: released figures are safe to pass on, and it stays known who did."""

from django.db import transaction

from apps.core.actors import Actor
from apps.events.services import publish
from apps.inclusion.events import FiguresTaken
from apps.inclusion.models import Release


@transaction.atomic
def record_taking(*, release: Release, file: str, actor: Actor) -> None:
    """Each taking is its own event, also of the same file."""
    publish(FiguresTaken(release_id=release.pk, file=file), actor=actor)
