from celery import shared_task
from django.utils import timezone

from apps.accounts.services.tokens import forget_answers as forget


@shared_task(name="apps.accounts.tasks.forget_answers")
def forget_answers() -> int:
    return forget(now=timezone.now())
