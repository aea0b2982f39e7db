"""What the clock asks of scholarships every day."""

from celery import shared_task
from django.utils import timezone

from apps.core.actors import CLOCK
from apps.scholarships.services import fall_due


@shared_task(name="apps.scholarships.tasks.payments_fall_due")
def payments_fall_due() -> int:
    """Batch by batch until nothing is left, so that a large program never holds many locks at once."""
    moved = 0
    while batch := fall_due(on=timezone.now().date(), actor=CLOCK):
        moved += batch
    return moved
