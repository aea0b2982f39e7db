"""Screening a program with the two policy markers of the OECD DAC."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.inclusion.enums import Marker, MarkerScore, TargetScope
from apps.inclusion.events import ProgramScreened
from apps.inclusion.models import DacMarker
from apps.inclusion.rules.markers import LEAST_JUSTIFICATION, criteria_of, missing
from apps.inclusion.services.targets import must_run_scope
from apps.programs.models import Program

is_web_address = URLValidator(schemes=["https", "http"])


@transaction.atomic
def screen_program(
    *,
    program: Program,
    marker: str,
    score: int,
    criteria: Collection[str],
    justification: str,
    evidence: str,
    version: int,
    actor: Actor,
) -> DacMarker:
    """Give a program a score; the screenings before stay readable. `version` is that of the last one seen,
    0 for none.

    A score above 0 needs its criteria, a justification and a link: claiming too much is the usual fault.
    Raises NotAllowed, Invalid, and Conflict when somebody screened it meanwhile.
    """
    must_run_scope(actor, TargetScope.PROGRAM, program.slug)
    ticked = sorted(set(criteria))
    _must_be_justified(marker, score, ticked, justification, evidence)
    Program.objects.select_for_update().get(pk=program.pk)
    last = DacMarker.objects.filter(program=program, marker=marker).order_by("-version").first()
    if (last.version if last else 0) != version:
        raise Conflict
    made = DacMarker.objects.create(
        program=program,
        marker=marker,
        version=version + 1,
        score=score,
        criteria=ticked,
        justification=justification,
        evidence=evidence,
        screened_by_id=actor.person_id,
        screened_at=Now(),
    )
    publish(
        ProgramScreened(marker_id=made.pk, program_id=program.pk, marker=marker, score=score), actor=actor
    )
    return made


def _must_be_justified(
    marker: str, score: int, ticked: Collection[str], justification: str, evidence: str
) -> None:
    if marker not in Marker.values or score not in MarkerScore.values:
        raise Invalid(fields={"score": [_("Choose one of the answers shown.")]})
    wrong: dict[str, list[str | Promise]] = {}
    if not set(ticked) <= set(criteria_of(marker)):
        wrong["criteria"] = [_("Choose among the answers shown.")]
    elif missing(marker, score, ticked):
        wrong["criteria"] = [_("This score needs more of the criteria. Tick them only where they are true.")]
    if score and len(justification.strip()) < LEAST_JUSTIFICATION:
        wrong["justification"] = [_("Write at least {least} characters.").format(least=LEAST_JUSTIFICATION)]
    if (score or evidence) and not _is_link(evidence):
        wrong["evidence"] = [_("Give the address of a document, beginning with https://.")]
    if wrong:
        raise Invalid(fields=wrong)


def _is_link(text: str) -> bool:
    try:
        is_web_address(text)
    except ValidationError:
        return False
    return True
