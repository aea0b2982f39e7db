"""Keeping who was offered the questions, so that the response rate has its denominator."""

from django.db import transaction
from django.utils import timezone

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.events.services import publish
from apps.inclusion.enums import Occasion
from apps.inclusion.events import ProfileAsked
from apps.inclusion.models import Asking


@transaction.atomic
def note_asked(*, application: Application, occasion: Occasion, actor: Actor) -> None:
    """This person sees the questions, or the page that offers them. The first time counts; again is nothing."""
    if application.person_id is None:
        return
    _asking, is_first = Asking.objects.get_or_create(
        person_id=application.person_id,
        intake_id=application.intake_id,
        occasion=occasion,
        defaults={"asked_at": timezone.now()},
    )
    if is_first:
        asked = ProfileAsked(
            person_id=application.person_id, intake_id=application.intake_id, occasion=occasion
        )
        publish(asked, actor=actor)
