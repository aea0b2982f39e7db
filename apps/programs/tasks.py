from celery import shared_task
from django.utils import timezone

from apps.programs.services.clock import follow_the_clock as follow


@shared_task(name="apps.programs.tasks.follow_the_clock")
def follow_the_clock() -> int:
    return follow(now=timezone.now())
