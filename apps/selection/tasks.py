from celery import shared_task
from django.utils import timezone

from apps.selection.services import close_ended_waitlists, remind_of_offers
from apps.selection.services import lapse_offers as lapse
from apps.selection.services import reveal_due_seeds as reveal
from apps.selection.services import solve_scenarios as solve


@shared_task(name="apps.selection.tasks.lapse_offers")
def lapse_offers() -> int:
    remind_of_offers(now=timezone.now())
    close_ended_waitlists()
    return lapse(now=timezone.now())


@shared_task(name="apps.selection.tasks.reveal_seeds")
def reveal_seeds() -> int:
    return reveal(now=timezone.now())


@shared_task(name="apps.selection.tasks.solve_scenarios")
def solve_scenarios() -> int:
    return solve()
