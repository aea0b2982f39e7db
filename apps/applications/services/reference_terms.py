"""What coordinators decide about references: the terms, paper, going on without, forgetting."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import HOLDS_ADDRESS, ReferenceStatus
from apps.applications.events import ReferenceGiven, ReferencesForgotten, ReferencesWaived
from apps.applications.models import Application, Reference, ReferenceTerms, ReferenceWaiver
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake


@transaction.atomic
def set_reference_terms(
    *,
    intake: Intake,
    values: Mapping[str, Any],
    questions: Sequence[Mapping[str, Any]],
    version: int,
    actor: Actor,
) -> ReferenceTerms:
    """For requests made from now on; who was asked before keeps what they were told.

    `version` is the one the coordinator saw, 0 for none yet. Raises Invalid when referees are wanted
    and nothing is asked of them, Conflict when someone was first.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    if values["wanted"] and not questions:
        raise Invalid(_("Enter at least one question for referees."))
    before = ReferenceTerms.objects.filter(intake=intake).first()
    if (before.version if before else 0) != version:
        raise Conflict
    terms, _is_new = ReferenceTerms.objects.update_or_create(
        intake=intake, defaults={**values, "questions": _with_keys(questions), "version": version + 1}
    )
    publish(IntakeChanged(intake_id=intake.pk, fields=["references"]), actor=actor)
    return terms


def _with_keys(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Keys that had one keep it; new ones get one from their words, unlike all others."""
    taken: set[str] = set()
    keyed = []
    for number, question in enumerate(questions, start=1):
        base = question.get("key") or slugify(question["label"].get("en", ""))[:32] or "question"
        key = base if base not in taken else f"{base}-{number}"
        taken.add(key)
        keyed.append({**question, "key": key})
    return keyed


@transaction.atomic
def receive_on_paper(*, reference: Reference, reason: str, actor: Actor) -> None:
    """A coordinator has the reference by another way and says which. Twice is once."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say how it reached you and where it is kept.")]})
    row = Reference.objects.select_for_update().get(pk=reference.pk)
    if row.status == ReferenceStatus.GIVEN:
        return
    held = Reference.objects.filter(
        application=row.application_id, email=row.email, status__in=HOLDS_ADDRESS
    ).exclude(pk=row.pk)
    if row.email and held.exists():
        raise Conflict(_("This referee was asked again. Record it there."))
    change(
        row,
        to=ReferenceStatus.GIVEN,
        given_at=Now(),
        on_paper=reason[:500],
        recorded_by_id=actor.person_id,
        answers={},
    )
    event = ReferenceGiven(application_id=row.application_id, reference_id=row.pk, reason=reason[:500])
    publish(event, actor=actor)


@transaction.atomic
def waive_references(*, application: Application, reason: str, actor: Actor) -> None:
    """Decide without the ones that are missing; nobody waits for ever for a stranger. Twice is once."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    _row, is_new = ReferenceWaiver.objects.get_or_create(
        application=application, defaults={"reason": reason[:500], "waived_by_id": actor.person_id}
    )
    if is_new:
        publish(ReferencesWaived(application_id=application.pk, reason=reason[:500]), actor=actor)


@transaction.atomic
def forget_references(*, application: Application, actor: Actor) -> None:
    """Erase who was asked and what they wrote; that someone was asked, and when, stays countable.

    Links end: what is open is taken back. References hang on the application, never on the person,
    so merging two people moves nothing here. Idempotent.
    """
    rows = list(Reference.objects.filter(application=application).order_by("pk").select_for_update())
    for row in rows:
        if Reference.STATUS_LIFECYCLE.allows(row.status, ReferenceStatus.CANCELLED):
            change(row, to=ReferenceStatus.CANCELLED, ended_at=Now())
    Reference.objects.filter(pk__in=[row.pk for row in rows]).update(
        name="", relation="", email="", answers={}, decline_reason=""
    )
    if rows:
        publish(ReferencesForgotten(application_id=application.pk), actor=actor)
