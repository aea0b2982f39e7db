"""What the clock asks for exists: a misspelt task would simply never run."""

import pytest
from celery import current_app
from django.conf import settings


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_task_of_the_clock_exists(entry: str) -> None:
    current_app.loader.import_default_modules()

    assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] in current_app.tasks
