"""What the clock asks of cohorts every day."""

from celery import shared_task
from django.utils import timezone

from apps.cohorts.services import refresh_standing
from apps.core.actors import CLOCK


@shared_task(name="apps.cohorts.tasks.trainers_lapse")
def trainers_lapse() -> int:
    return refresh_standing(on=timezone.now().date(), actor=CLOCK)
