"""What `manage.py check --deploy` refuses about signing in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def staff_need_their_second_step(**kwargs: Any) -> list[CheckMessage]:
    """The demo lets sample staff in without; a real service never does."""
    if settings.STAFF_NEED_SECOND_STEP and not settings.DEMO:
        return []
    return [
        Error(
            "staff could sign in without a second step",
            hint="Use talentplatform.settings.production, which leaves DEMO off.",
            id="accounts.E001",
        )
    ]
