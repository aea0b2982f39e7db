from celery import shared_task
from django.utils import timezone

from apps.core.actors import CLOCK
from apps.inclusion.services import build_asked_releases, release_what_is_due


@shared_task(name="apps.inclusion.tasks.build_releases")
def build_releases() -> int:
    return build_asked_releases(actor=CLOCK)


@shared_task(name="apps.inclusion.tasks.release_figures")
def release_figures() -> int:
    """Once a night."""
    return release_what_is_due(actor=CLOCK, today=timezone.now().date()).number
