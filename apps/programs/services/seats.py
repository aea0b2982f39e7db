"""How many people an intake can take."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake


@transaction.atomic
def set_seats(*, intake: Intake, seats: int, actor: Actor) -> None:
    """Change the seats alone, by one conditional UPDATE. Raises Invalid for fewer than are held."""
    enough = Intake.objects.filter(pk=intake.pk, seats_taken__lte=seats)
    if not enough.update(seats=seats, version=F("version") + 1):
        held = Intake.objects.values_list("seats_taken", flat=True).get(pk=intake.pk)
        raise Invalid(fields={"seats": [_("{n} seats are held already.").format(n=held)]})
    publish(IntakeChanged(intake_id=intake.pk, fields=["seats"]), actor=actor)
