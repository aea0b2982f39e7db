from celery import shared_task

from apps.core.actors import CLOCK
from apps.inclusion.services.releases import release_figures as release


@shared_task(name="apps.inclusion.tasks.release_figures")
def release_figures() -> int:
    return release(actor=CLOCK).number
