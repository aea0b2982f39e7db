"""Beginning an application, saving it section by section, and taking it over after signing in."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.applications.events import DraftKept, DraftStarted
from apps.applications.models import Application, SectionAnswers
from apps.applications.services.carrying import fill_from_profile
from apps.applications.services.form_versions import form_version_of
from apps.applications.services.opening import require_open
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.core.references import new_reference
from apps.events.services import publish
from apps.people.models import Person
from apps.people.services import person_for
from apps.programs.models import Intake
from apps.programs.selectors import takes_applications

#: Statuses in which a person may apply again to the same intake.
OVER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED)


@transaction.atomic
def start_draft(
    *,
    intake: Intake,
    user: User | None,
    language: str,
    time_zone: str = "",
    eligibility_answers: dict[str, Any] | None = None,
    actor: Actor,
) -> Application:
    """Begin an application, or return the one the person has begun already. Idempotent per person.

    Without an account the draft belongs to the browser that began it (its session keeps the id).
    Raises Conflict when the intake takes no applications now.
    """
    if not takes_applications(intake):
        raise Conflict(_("This program takes no applications now."))
    person = person_for(user=user, actor=actor) if user else None
    if person and (found := active_application(intake=intake, person=person)):
        return found
    values = {
        "intake": intake,
        "form_version": form_version_of(intake=intake, actor=actor),
        "person": person,
        "language": language,
        "time_zone": time_zone,
        "eligibility_answers": eligibility_answers or {},
    }
    try:
        with transaction.atomic():
            application = Application.objects.create(reference=new_reference("AP"), **values)
    except IntegrityError:  # the other of two clicks was first
        first = active_application(intake=intake, person=person) if person else None
        if first is None:
            raise
        return first
    publish(DraftStarted(application_id=application.pk), actor=actor)
    if person:
        fill_from_profile(application=application, person=person, actor=actor)
    return application


def active_application(*, intake: Intake, person: Person) -> Application | None:
    return (
        Application.objects.filter(intake=intake, person=person, source="").exclude(status__in=OVER).first()
    )


@transaction.atomic
def save_section(
    *,
    application: Application,
    section: str,
    answers: dict[str, Any],
    is_complete: bool,
    version: int,
    actor: Actor,
) -> SectionAnswers:
    """Keep the answers of one section. `version` is the one the person saw; 0 for none yet.

    Raises Conflict when another window saved other answers in between; the same answers twice are
    one save. The application's row is locked, so that nothing is saved while it is being sent.
    """
    draft = Application.objects.select_for_update().get(pk=application.pk)
    require_open(draft, section=section, actor=actor)
    row = SectionAnswers.objects.filter(application=draft, section=section).first()
    if row is not None and row.answers == answers and row.is_complete == is_complete:
        return row
    if row is not None and row.version != version:
        raise Conflict(_("This section was saved in another window in the meantime. Both are shown below."))
    row = row or SectionAnswers(application=draft, section=section, version=0)
    row.typed_by = _typed_by(row, answers, actor)
    row.answers, row.is_complete = answers, is_complete
    row.version += 1
    row.saved_by_id = actor.user_id
    row.save()
    if draft.saved_at is None and draft.person_id is not None:
        publish(DraftKept(application_id=draft.pk), actor=actor)
    Application.objects.filter(pk=draft.pk).update(saved_at=Now())
    return row


def _typed_by(row: SectionAnswers, answers: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """An answer that stays as it was stays with the person who typed it."""
    now = {"by": actor.user_id, "at": timezone.now().isoformat(timespec="seconds")}
    return {
        key: row.typed_by.get(key, now) if row.answers.get(key) == value else now
        for key, value in answers.items()
    }


@transaction.atomic
def attach_draft_to_person(*, application: Application, user: User, actor: Actor) -> Application:
    """Make a draft of this browser the draft of an account; return the one to go on with.

    When the account has an application to the same intake already, that one stays, and sections it
    does not have yet are taken over from the draft. Idempotent.
    """
    person = person_for(user=user, actor=actor)
    draft = Application.objects.select_for_update().get(pk=application.pk)
    if draft.person_id is not None:
        return draft
    found = active_application(intake=application.intake, person=person)
    if found is None:
        Application.objects.filter(pk=draft.pk, person=None).update(person=person)
        draft.person = person
        if draft.saved_at is not None:
            publish(DraftKept(application_id=draft.pk), actor=actor)
        return draft
    if found.status == ApplicationStatus.DRAFT:
        have = set(found.sections.values_list("section", flat=True))
        draft.sections.exclude(section__in=have).update(application=found)
        draft.documents.update(application=found)
    change(draft, to=ApplicationStatus.EXPIRED)
    return found
