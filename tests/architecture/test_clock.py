"""What the clock asks for exists: a misspelt task would simply never run."""

import pytest
from django.conf import settings

from talentplatform import celery_app


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_task_of_the_clock_exists(entry: str) -> None:
    celery_app.loader.import_default_modules()

    assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] in celery_app.tasks
