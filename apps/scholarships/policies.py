"""What scholarships answer at each stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Viewer
from apps.applications.extension import application_policies
from apps.core.actors import Actor
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.extension import Waiting, enrolment_policies
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.extension import reporting_policies
from apps.reviews.extension import review_policies
from apps.scholarships.defaults import CRITERIA, FORM
from apps.scholarships.enums import AwardStatus, DisbursementStatus
from apps.scholarships.selectors import (
    award_of,
    awards_to_start,
    first_payment_on,
    payments_to_do,
    what_is_missing,
)
from apps.scholarships.services import draft_award, restore_award, terminate_award

PAYMENT_WORK = {
    DisbursementStatus.DUE: _("Payments to approve"),
    DisbursementStatus.APPROVED: _("Payments to send"),
    DisbursementStatus.RETURNED: _("Payments the bank returned"),
}


class ScholarshipApplications:
    def default_form(self) -> dict[str, Any]:
        return FORM


class ScholarshipReviews:
    def default_criteria(self) -> list[dict[str, Any]]:
        return CRITERIA


class ScholarshipEnrolments:
    participant_page = "scholarships:award-detail"
    staff_page = "scholarships:payment-list"
    terms_page = "scholarships:terms-edit"

    def on_enrolled(self, *, enrolment: Enrolment, actor: Actor) -> None:
        draft_award(enrolment=enrolment, first_on=first_payment_on(enrolment), actor=actor)

    def is_complete(self, *, enrolment: Enrolment, on: date) -> bool:
        return not self.missing(enrolment=enrolment, on=on)

    def missing(self, *, enrolment: Enrolment, on: date) -> Sequence[str | Promise]:
        return what_is_missing(enrolment)

    def waiting(self, *, viewer: Viewer) -> Sequence[Waiting]:
        page = self.staff_page
        return [
            Waiting(str(_("Awards to start")), number, intake, reverse(page, args=[intake.public_id]))
            for intake, number in awards_to_start(viewer)
        ] + [
            Waiting(
                str(PAYMENT_WORK[DisbursementStatus(status)]),
                number,
                intake,
                f"{reverse(page, args=[intake.public_id])}?status={status}",
            )
            for intake, status, number in payments_to_do(viewer)
        ]

    def on_ended(self, *, enrolment: Enrolment, actor: Actor) -> None:
        award = award_of(enrolment)
        if award and award.status not in (AwardStatus.COMPLETED, AwardStatus.TERMINATED):
            reason = enrolment.reason or EnrolmentStatus(enrolment.status).value
            terminate_award(award=award, reason=reason, actor=actor)

    def on_reopened(self, *, enrolment: Enrolment, reason: str, actor: Actor) -> None:
        award = award_of(enrolment)
        if award and award.status == AwardStatus.TERMINATED:
            restore_award(award=award, reason=reason, actor=actor)


class ScholarshipReporting:
    purpose = "11420"  # Higher education


application_policies.register(ProgramKind.SCHOLARSHIP, ScholarshipApplications())
review_policies.register(ProgramKind.SCHOLARSHIP, ScholarshipReviews())
enrolment_policies.register(ProgramKind.SCHOLARSHIP, ScholarshipEnrolments())
reporting_policies.register(ProgramKind.SCHOLARSHIP, ScholarshipReporting())
