"""What the coordinators of an intake see of it: live totals, and groups only as a release tells them."""

from django.db.models import Count

from apps.inclusion.enums import Stage
from apps.inclusion.models import ParticipationFact
from apps.programs.models import Intake


def live_totals(intake: Intake) -> dict[str, int]:
    """How many have come to each stage until now, for those who know them by name anyway.

    By the dates of the facts, so that a stage means what it means in a release; no class is ever read here.
    """
    counts = {stage: Count(f"{stage}_on") for stage in Stage.values}
    found: dict[str, int] = ParticipationFact.objects.filter(intake=intake).aggregate(**counts)
    return found
