"""The form of an intake. People keep the version they began with."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.extension import application_policies
from apps.applications.models import Application, FormVersion
from apps.applications.rules.definition import BadDefinition, form_from_definition
from apps.applications.selectors import current_form
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake


@transaction.atomic
def form_version_of(*, intake: Intake, actor: Actor) -> FormVersion:
    """The form in force; the kind's usual form is taken when there is none yet. Idempotent.

    Locks the intake until the caller's transaction ends. Whoever edits its form starts here, so that two
    of them write one after the other; and so does whoever begins an application, because a definition
    that nobody began with may still be changed in place.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    found = current_form(intake)
    if found is not None:
        return found
    usual = application_policies[intake.program.kind].default_form()
    return FormVersion.objects.create(intake=intake, number=1, definition=usual, published_at=Now())


@transaction.atomic
def change_form(*, intake: Intake, definition: dict[str, Any], number: int, actor: Actor) -> FormVersion:
    """Put a new definition in force. A version someone applied with stays as it is for them.

    `number` is the version the coordinator saw. Raises Invalid with the place of a mistake.
    """
    current = form_version_of(intake=intake, actor=actor)
    if current.number != number:
        raise Conflict
    try:
        form_from_definition(definition)
    except BadDefinition as mistake:
        raise Invalid(_("This form cannot be used: {mistake}").format(mistake=mistake)) from None
    if Application.objects.filter(form_version=current).exists():
        last = FormVersion.objects.filter(intake=intake).aggregate(last=Max("number"))["last"] or 0
        current = FormVersion.objects.create(
            intake=intake, number=last + 1, definition=definition, published_at=Now()
        )
    else:
        FormVersion.objects.filter(pk=current.pk).update(definition=definition)
        current.definition = definition
    publish(IntakeChanged(intake_id=intake.pk, fields=["form"]), actor=actor)
    return current
