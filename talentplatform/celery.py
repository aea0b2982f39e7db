"""The task queue. It only rings bells: what has to be done is remembered in PostgreSQL."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talentplatform.settings.production")

app = Celery("talentplatform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_that_we_work(**kwargs: Any) -> None:
    """Readiness need not wait for the clock's first round."""
    app.send_task("apps.events.tasks.beat", expires=15)
