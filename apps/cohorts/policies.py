"""What cohorts answer at each stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.roles import Viewer
from apps.applications.extension import application_policies
from apps.cohorts.defaults import CRITERIA, FORM
from apps.cohorts.enums import TrainerStatus
from apps.cohorts.selectors import (
    cohort_results,
    ready_to_certify,
    trained_together,
    trainer_of,
    what_is_missing,
)
from apps.cohorts.services import begin_training, leave_training, reinstate_trainer
from apps.core.actors import Actor
from apps.enrolments.extension import Waiting, enrolment_policies, program_results
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.extension import reporting_policies
from apps.reviews.enums import ConflictKind
from apps.reviews.extension import review_policies, tie_finders


class CohortApplications:
    def default_form(self) -> dict[str, Any]:
        return FORM


class CohortReviews:
    def default_criteria(self) -> list[dict[str, Any]]:
        return CRITERIA


class CohortEnrolments:
    participant_page = "cohorts:my-practice"
    staff_page = "cohorts:cohort-practice"
    terms_page = "cohorts:terms-edit"

    def on_enrolled(self, *, enrolment: Enrolment, actor: Actor) -> None:
        begin_training(enrolment=enrolment, actor=actor)

    def is_complete(self, *, enrolment: Enrolment, on: date) -> bool:
        return not what_is_missing(enrolment)

    def missing(self, *, enrolment: Enrolment, on: date) -> Sequence[str | Promise]:
        return what_is_missing(enrolment)

    def waiting(self, *, viewer: Viewer) -> Sequence[Waiting]:
        return [
            Waiting(
                words=_("People to certify"),
                number=number,
                intake=intake,
                url=reverse(self.staff_page, args=[intake.public_id]),
            )
            for intake, number in ready_to_certify(viewer)
        ]

    def on_ended(self, *, enrolment: Enrolment, actor: Actor) -> None:
        if trainer := trainer_of(enrolment):
            leave_training(trainer=trainer, reason=f"enrolment {enrolment.status}", actor=actor)

    def on_reopened(self, *, enrolment: Enrolment, reason: str, actor: Actor) -> None:
        trainer = trainer_of(enrolment)
        if trainer and trainer.status == TrainerStatus.LAPSED and not trainer.certified_on:
            reinstate_trainer(trainer=trainer, reason=reason, actor=actor)


class CohortReporting:
    purpose = "11130"  # Teacher training


application_policies.register(ProgramKind.COHORT, CohortApplications())
review_policies.register(ProgramKind.COHORT, CohortReviews())
enrolment_policies.register(ProgramKind.COHORT, CohortEnrolments())
tie_finders[ConflictKind.TRAINER] = trained_together
reporting_policies.register(ProgramKind.COHORT, CohortReporting())
program_results.append(cohort_results)
