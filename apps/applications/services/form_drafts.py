"""The next version of a form while coordinators work on it: a version without a day of publication."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.models import FormVersion
from apps.applications.rules.definition import BadDefinition, form_from_definition
from apps.applications.rules.editing import Stale, mark
from apps.applications.selectors import current_draft
from apps.applications.services.form_versions import form_version_of
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake

Edit = Callable[[dict[str, Any]], dict[str, Any]]


@transaction.atomic
def open_draft(*, intake: Intake, actor: Actor) -> FormVersion:
    """The draft of this intake's form; begun as a copy of the form in force. Idempotent.

    Whoever changes a draft waits here for the others: the intake's row is locked.
    """
    in_force = form_version_of(intake=intake, actor=actor)
    draft = current_draft(intake)
    if draft is not None:
        return draft
    return FormVersion.objects.create(
        intake=intake, number=_next_number(intake), definition=in_force.definition, published_at=None
    )


def _next_number(intake: Intake) -> int:
    last = FormVersion.objects.filter(intake=intake).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


@transaction.atomic
def change_draft(*, intake: Intake, edit: Edit, actor: Actor) -> FormVersion:
    """Apply one edit to the draft as it is now. Changes of others to other parts stay.

    Raises Conflict when the part is not what the editor saw, Invalid with the place of a mistake.
    """
    draft = open_draft(intake=intake, actor=actor)
    try:
        changed = edit(draft.definition)
    except Stale as stale:
        raise Conflict from stale
    return _save(draft, changed, intake, actor)


@transaction.atomic
def replace_draft(*, intake: Intake, definition: dict[str, Any], seen: str, actor: Actor) -> FormVersion:
    """A whole new draft, from a workbook. `seen` is the mark of the form it was compared with."""
    draft = open_draft(intake=intake, actor=actor)
    if mark(draft.definition) != seen:
        raise Conflict
    return _save(draft, definition, intake, actor)


def _save(draft: FormVersion, definition: dict[str, Any], intake: Intake, actor: Actor) -> FormVersion:
    _check(definition)
    if definition != draft.definition:
        draft.definition = definition
        draft.save(update_fields=["definition", "updated_at"])
        publish(IntakeChanged(intake_id=intake.pk, fields=["form draft"]), actor=actor)
    return draft


def _check(definition: dict[str, Any]) -> None:
    try:
        form_from_definition(definition)
    except BadDefinition as mistake:
        raise Invalid(_("This form cannot be used: {mistake}").format(mistake=mistake)) from None


@transaction.atomic
def publish_draft(*, intake: Intake, seen: str, actor: Actor) -> FormVersion:
    """Put the draft in force for everyone who begins from now on; others are offered it.

    `seen` is the mark of the draft whose differences the coordinator read.
    """
    form_version_of(intake=intake, actor=actor)
    draft = current_draft(intake)
    if draft is None or mark(draft.definition) != seen:
        raise Conflict
    _check(draft.definition)
    if not any(section["questions"] for section in draft.definition["sections"]):
        raise Invalid(_("A form needs at least one question."))
    last = (
        FormVersion.objects.filter(intake=intake).exclude(pk=draft.pk).aggregate(last=Max("number"))["last"]
    )
    number = max(draft.number, int(last or 0) + 1)
    FormVersion.objects.filter(pk=draft.pk).update(number=number, published_at=Now())
    publish(IntakeChanged(intake_id=intake.pk, fields=["form"]), actor=actor)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def discard_draft(*, intake: Intake, seen: str, actor: Actor) -> None:
    """Give the draft up. Raises Conflict when someone changed it since it was looked at."""
    form_version_of(intake=intake, actor=actor)
    draft = current_draft(intake)
    if draft is None:
        return
    if mark(draft.definition) != seen:
        raise Conflict
    draft.delete()
    publish(IntakeChanged(intake_id=intake.pk, fields=["form draft"]), actor=actor)
