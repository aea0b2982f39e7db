from celery import shared_task
from django.utils import timezone

from apps.selection.services import close_ended_waitlists, remind_of_offers
from apps.selection.services import lapse_offers as lapse


@shared_task(name="apps.selection.tasks.lapse_offers")
def lapse_offers() -> int:
    remind_of_offers(now=timezone.now())
    close_ended_waitlists()
    return lapse(now=timezone.now())
