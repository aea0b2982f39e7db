"""When a payment's day has come."""

from datetime import date

from django.db import transaction

from apps.core.actors import Actor
from apps.core.lifecycle import change
from apps.events.services import publish_many
from apps.scholarships.enums import AwardStatus, DisbursementStatus
from apps.scholarships.events import DisbursementDue
from apps.scholarships.models import Award, Disbursement
from apps.scholarships.services.ledger import record

AT_ONCE = 500


@transaction.atomic
def fall_due(*, on: date, actor: Actor, award: Award | None = None, limit: int = AT_ONCE) -> int:
    """Move planned payments of active awards (or of one) whose day has come to due; return how many.

    Rows another worker holds are skipped, so two clocks at once do the work once. Called by the
    hourly task until it returns 0, and at once when an award begins to be paid.
    """
    waiting = Disbursement.objects.filter(
        status=DisbursementStatus.PLANNED, due_on__lte=on, award__status=AwardStatus.ACTIVE
    )
    if award:
        waiting = waiting.filter(award=award)
    payments = list(
        waiting.order_by("pk").select_for_update(of=("self",), skip_locked=True, no_key=True)[:limit]
    )
    for payment in payments:
        change(payment, to=DisbursementStatus.DUE)
    record(payments, step=DisbursementStatus.DUE, actor=actor)
    publish_many(
        [DisbursementDue(disbursement_id=payment.pk, award_id=payment.award_id) for payment in payments],
        actor=actor,
    )
    return len(payments)
