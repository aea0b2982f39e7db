"""A person decides against the rule: in, or out, and says why."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import Wanted
from apps.selection.events import OverrideEnded, OverrideMade
from apps.selection.models import Override
from apps.selection.selectors.statuses import RANKED


@transaction.atomic
def make_override(
    *, intake: Intake, application: Application, wanted: str, reason: str, actor: Actor
) -> Override:
    """Say that somebody is in, or out, in every later choice. One at a time for each application.

    The intake's row is locked, so that of two people who override the same application one is told of
    the other. The floor, the seats and the budget hold for overrides too: a choice that cannot keep them
    fails and says why.
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why: everyone who reviews this choice reads it.")]})
    if wanted not in Wanted.values:
        raise Invalid(fields={"wanted": [_("Choose one.")]})
    Intake.objects.select_for_update().get(pk=intake.pk)
    if not Application.objects.filter(pk=application.pk, intake=intake, status__in=RANKED).exists():
        raise Conflict(_("This application can no longer be chosen."))
    if Override.objects.filter(application=application, ended_at=None).exists():
        raise Conflict(_("Somebody has decided about this application already. End that first."))
    override = Override.objects.create(
        intake=intake,
        application=application,
        wanted=wanted,
        reason=reason.strip()[:1000],
        made_by_id=actor.person_id,
    )
    publish(OverrideMade(application_id=application.pk, override_id=override.pk, wanted=wanted), actor=actor)
    return override


@transaction.atomic
def end_override(*, override: Override, actor: Actor) -> None:
    """The rule decides about this application again. Twice is once."""
    rows = Override.objects.filter(pk=override.pk, ended_at=None)
    if rows.update(ended_at=Now(), ended_by_id=actor.person_id):
        publish(OverrideEnded(application_id=override.application_id, override_id=override.pk), actor=actor)
