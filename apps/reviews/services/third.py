"""One more reader where two are too far apart."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from apps.core.actors import Actor
from apps.events.services import publish
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.events import ThirdReadingsAsked
from apps.reviews.selectors import disagreements_of, settled
from apps.reviews.services.placing import locked
from apps.reviews.services.recheck import recheck_conflicts
from apps.reviews.services.replace import add_readers


@dataclass(frozen=True, slots=True)
class Asked:
    """`short` applications found nobody who may read them and has room."""

    asked: int
    short: int


@transaction.atomic
def ask_third_readings(
    *, intake: Intake, actor: Actor, application_ids: Collection[int] | None = None
) -> Asked:
    """A third reader for these applications, or for all that want one; never a second time.

    Wanted where exactly two readings disagree and no reading is still to come. Nobody who read it
    before or has a tie is taken. The intake's row is locked: asking twice at once is once.
    """
    intake = locked(intake)
    recheck_conflicts(intake=intake, actor=actor)
    wanted = {pk for pk, found in disagreements_of(intake).items() if found.third_wanted}
    if application_ids is not None:
        wanted &= set(application_ids)
    third, waits = settled(wanted)
    wanted -= third | waits
    placed = add_readers(
        intake=intake, counts=dict.fromkeys(sorted(wanted), 1), purpose=Purpose.THIRD, actor=actor
    )
    asked = Asked(len(placed), len(wanted) - len(placed))
    if wanted:
        publish(ThirdReadingsAsked(intake_id=intake.pk, asked=asked.asked, short=asked.short), actor=actor)
    return asked
