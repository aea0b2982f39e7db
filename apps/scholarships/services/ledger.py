"""The append-only record of every step of every payment."""

from collections.abc import Iterable

from apps.core.actors import Actor
from apps.scholarships.models import Disbursement, LedgerEntry


def record(payments: Iterable[Disbursement], *, step: str, actor: Actor, note: str = "") -> None:
    """One entry for each payment, in the caller's transaction."""
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                disbursement=payment, step=step, amount=payment.amount, by_id=actor.user_id, note=note
            )
            for payment in payments
        ],
        batch_size=500,
    )
