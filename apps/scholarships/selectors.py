"""Reading awards and payments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.accounts.roles import Viewer
from apps.core.dates import day_in_words
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.programs.models import Intake, Program
from apps.scholarships.enums import SETTLED, AwardStatus, DisbursementStatus
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
        Disbursement.objects.run_by(viewer)
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
    if not unsettled:
        return [_("No payment was received.")]
    return [
        ngettext_lazy(
            "%(count)d payment is not received yet.", "%(count)d payments are not received yet.", "count"
        )
        % {"count": unsettled}
    ]


@dataclass(frozen=True, slots=True)
class Total:
    """How many payments of one status there are, and what they are worth together."""

    status: str
    label: str | Promise
    number: int
    amount: Decimal
    currency: str


def totals_of(payments: QuerySet[Disbursement]) -> list[Total]:
    """One line for each status and currency, in the order a payment goes through them."""
    rows = (
        payments.order_by()
        .values("status", "award__currency")
        .annotate(number=Count("pk"), sum=Sum("amount"))
    )
    order = list(DisbursementStatus.values)
    return [
        Total(
            status=row["status"],
            label=DisbursementStatus(row["status"]).label,
            number=row["number"],
            amount=row["sum"],
            currency=row["award__currency"],
        )
        for row in sorted(rows, key=lambda row: (order.index(row["status"]), row["award__currency"]))
    ]


def next_step(award: Award | None, payments: list[Disbursement]) -> str | Promise:
    """What happens next, in the scholar's words."""
    if award is None:
        return _("We are preparing your award. We write to you when it is ready.")
    if award.status != AwardStatus.ACTIVE:
        return NEXT_BY_AWARD[AwardStatus(award.status)]
    if any(payment.status == DisbursementStatus.SENT for payment in payments):
        return _("A payment is on its way. Tell us here when it arrives.")
    waiting = [payment for payment in payments if payment.status not in SETTLED]
    if not waiting:
        return _("Nothing is left to pay.")
    return _("Your next payment is due on %(day)s.") % {"day": day_in_words(waiting[0].due_on)}


NEXT_BY_AWARD = {
    AwardStatus.DRAFTED: _("Read the award below. If it is right, agree to it."),
    AwardStatus.AGREED: _("The people who run the scholarship check the award and start the payments."),
    AwardStatus.SUSPENDED: _("Payments are paused. Please talk to the people who run the scholarship."),
    AwardStatus.COMPLETED: _("Everything is paid. Thank you for telling us each time."),
    AwardStatus.TERMINATED: _("This award has ended. Nothing more is paid."),
}


def payments_to_do(viewer: Viewer) -> list[tuple[Intake, str, int]]:
    """Payments this coordinator can approve, send or pay out again now, counted by intake and status.

    Payments they approved themselves wait for somebody else, so they do not count.
    """
    rows = (
        Disbursement.objects.run_by(viewer)
        .filter(award__status=AwardStatus.ACTIVE)
        .filter(
            Q(status__in=[DisbursementStatus.DUE, DisbursementStatus.RETURNED])
            | Q(status=DisbursementStatus.APPROVED) & ~Q(approved_by=viewer.user_id)
        )
        .order_by()
        .values("award__enrolment__intake", "status")
        .annotate(number=Count("pk"))
    )
    counts = {(row["award__enrolment__intake"], row["status"]): row["number"] for row in rows}
    intakes = Intake.objects.filter(pk__in={pk for pk, _status in counts}).select_related("program")
    return [
        (intake, status, counts[intake.pk, status])
        for intake in intakes.order_by("pk")
        for status in (DisbursementStatus.DUE, DisbursementStatus.APPROVED, DisbursementStatus.RETURNED)
        if (intake.pk, status) in counts
    ]


def awards_to_start(viewer: Viewer) -> list[tuple[Intake, int]]:
    """Scholars who agreed and wait for somebody to start their payments, counted by intake."""
    agreed = Award.objects.run_by(viewer).filter(status=AwardStatus.AGREED)
    rows = agreed.order_by().values("enrolment__intake").annotate(number=Count("pk"))
    counts = {row["enrolment__intake"]: row["number"] for row in rows}
    intakes = Intake.objects.filter(pk__in=counts).select_related("program").order_by("pk")
    return [(intake, counts[intake.pk]) for intake in intakes]
