from celery import shared_task
from django.utils import timezone

from apps.applications.services import checking, uploads
from apps.applications.services.reference_clock import expire_references, remind_before_due
from apps.applications.services.reminders import remind_of_deadlines as remind
from apps.applications.services.withdraw import expire_drafts as expire


@shared_task(name="apps.applications.tasks.expire_drafts")
def expire_drafts() -> int:
    return expire(now=timezone.now())


@shared_task(name="apps.applications.tasks.remind_of_deadlines")
def remind_of_deadlines() -> int:
    return remind(now=timezone.now())


@shared_task(name="apps.applications.tasks.follow_references")
def follow_references() -> int:
    now = timezone.now()
    return remind_before_due(now=now) + expire_references(now=now)


@shared_task(name="apps.applications.tasks.check_waiting_documents")
def check_waiting_documents() -> int:
    return checking.check_waiting_documents()


@shared_task(name="apps.applications.tasks.sweep_uploads")
def sweep_uploads() -> int:
    return uploads.sweep_uploads(now=timezone.now())
