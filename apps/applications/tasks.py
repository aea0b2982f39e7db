from celery import shared_task
from django.utils import timezone

from apps.applications.services.information import close_overdue, remind_of_information
from apps.applications.services.withdraw import expire_drafts as expire


@shared_task(name="apps.applications.tasks.expire_drafts")
def expire_drafts() -> int:
    return expire(now=timezone.now())


@shared_task(name="apps.applications.tasks.follow_requests")
def follow_requests() -> int:
    """Remind of more information that was asked for, and close what is overdue."""
    now = timezone.now()
    return close_overdue(now=now) + remind_of_information(now=now)
