"""What an intake asks its applicants to allow, and their answers."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, AskedConsent
from apps.applications.selectors import asked_purposes, guardianship_of
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.events.services import publish
from apps.people.enums import ASKABLE
from apps.people.services import answer_consent
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake


@transaction.atomic
def set_asked_consents(*, intake: Intake, purposes: Iterable[str], actor: Actor) -> None:
    """Replace what the intake asks. What people answered before stays as it is. Idempotent."""
    Intake.objects.select_for_update().get(pk=intake.pk)
    wanted = {purpose for purpose in purposes if purpose in ASKABLE}
    if wanted == set(asked_purposes(intake)):
        return
    AskedConsent.objects.filter(intake=intake).exclude(purpose__in=wanted).delete()
    AskedConsent.objects.bulk_create(
        [AskedConsent(intake=intake, purpose=purpose) for purpose in sorted(wanted)], ignore_conflicts=True
    )
    publish(IntakeChanged(intake_id=intake.pk, fields=["consents"]), actor=actor)


@transaction.atomic
def answer_permissions(
    *,
    application: Application,
    answers: Mapping[str, bool],
    marks: Mapping[str, str],
    language: str,
    actor: Actor,
) -> None:
    """Keep a yes or no for each purpose, all or none. Only what the intake asks is taken.

    After a guardian agreed nothing new can be allowed here: they agreed to what was there to read.
    """
    draft = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "intake")
        .get(pk=application.pk)
    )
    if draft.person is None or draft.status != ApplicationStatus.DRAFT:
        raise Conflict(_("This application has been sent. Change what you allow under “My permissions”."))
    if guardianship_of(draft).is_confirmed:
        raise Conflict(
            _("Your guardian agreed to what you allowed. Under “My permissions” you can take it back.")
        )
    for purpose in asked_purposes(draft.intake):
        if purpose in answers:
            answer_consent(
                person=draft.person,
                purpose=purpose,
                is_given=answers[purpose],
                language=language,
                mark=marks.get(purpose, ""),
                actor=actor,
            )
