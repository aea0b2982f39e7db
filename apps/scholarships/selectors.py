"""Reading awards and payments."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.accounts.roles import Viewer
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.programs.models import Intake, Program
from apps.scholarships.enums import SETTLED, AwardStatus
from apps.scholarships.models import Award, Disbursement


def enrolments_without_award(program: Program) -> QuerySet[Enrolment]:
    """Scholars who accepted before the terms were set. Imported history has no awards."""
    return Enrolment.objects.filter(
        ~Exists(Award.objects.filter(enrolment=OuterRef("pk"))),
        intake__program=program,
        source="",
        status__in=[EnrolmentStatus.ACTIVE, EnrolmentStatus.ON_LEAVE],
    ).select_related("intake")


def first_payment_on(enrolment: Enrolment) -> date:
    """The day the payment plan counts from: when the scholar's studies begin."""
    return enrolment.started_on or enrolment.intake.starts_on or today_at(enrolment.intake)


def payments_of(intake: Intake, viewer: Viewer) -> QuerySet[Disbursement]:
    """The payments of one intake that this coordinator may work on, with names, for a list."""
    return (
        Disbursement.objects.visible_to(viewer)
        .filter(award__enrolment__intake=intake)
        .select_related("award__enrolment__person", "approved_by", "sent_by")
    )


def award_of(enrolment: Enrolment) -> Award | None:
    return Award.objects.filter(enrolment=enrolment).first()


def what_is_missing(enrolment: Enrolment) -> list[str | Promise]:
    """What stands between a scholar and completion: every payment received, or cancelled with a reason."""
    award = award_of(enrolment)
    if award is None:
        return [_("The award is not drafted yet.")]
    if award.status == AwardStatus.COMPLETED:
        return []
    if award.status == AwardStatus.TERMINATED:
        return [_("The award ended early.")]
    unsettled = award.disbursements.exclude(status__in=SETTLED).count()
    return [
        ngettext_lazy(
            "%(count)d payment is not received yet.", "%(count)d payments are not received yet.", "count"
        )
        % {"count": unsettled}
    ]
