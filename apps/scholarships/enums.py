from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class AwardStatus(TextChoices):
    DRAFTED = "drafted", _("Drafted")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    COMPLETED = "completed", _("Completed")
    TERMINATED = "terminated", _("Ended early")


_A = AwardStatus
#: An award ended early can be restored as a correction, with a reason.
AWARD_LIFECYCLE = Lifecycle(
    {
        _A.DRAFTED: {_A.AGREED, _A.TERMINATED},
        _A.AGREED: {_A.ACTIVE, _A.TERMINATED},
        _A.ACTIVE: {_A.SUSPENDED, _A.COMPLETED, _A.TERMINATED},
        _A.SUSPENDED: {_A.ACTIVE, _A.TERMINATED},
        _A.COMPLETED: (),
        _A.TERMINATED: {_A.DRAFTED, _A.AGREED},
    }
)


class DisbursementStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    DUE = "due", _("Due")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("Sent")
    CONFIRMED = "confirmed", _("Received")
    RETURNED = "returned", _("Returned by the bank")
    CANCELLED = "cancelled", _("Cancelled")


_D = DisbursementStatus
#: A returned payment becomes due again and is approved and sent anew (re-issued). A payment that an
#: early end cancelled is planned again when the award is restored.
DISBURSEMENT_LIFECYCLE = Lifecycle(
    {
        _D.PLANNED: {_D.DUE, _D.CANCELLED},
        _D.DUE: {_D.APPROVED, _D.CANCELLED},
        _D.APPROVED: {_D.SENT, _D.DUE, _D.CANCELLED},
        _D.SENT: {_D.CONFIRMED, _D.RETURNED},
        _D.RETURNED: {_D.DUE, _D.CANCELLED},
        _D.CONFIRMED: (),
        _D.CANCELLED: {_D.PLANNED},
    }
)
#: Statuses of a payment that has not left: cancelled when the award ends early.
STILL_OPEN = (_D.PLANNED, _D.DUE, _D.APPROVED, _D.RETURNED)
#: Statuses after which nothing is left to pay.
SETTLED = (_D.CONFIRMED, _D.CANCELLED)
#: Colours of the tags; those not named are grey.
AWARD_TONES: dict[str, str] = {
    _A.AGREED: "yellow",
    _A.ACTIVE: "green",
    _A.SUSPENDED: "orange",
    _A.COMPLETED: "",
}
DISBURSEMENT_TONES: dict[str, str] = {
    _D.DUE: "yellow",
    _D.APPROVED: "purple",
    _D.SENT: "",
    _D.CONFIRMED: "green",
    _D.RETURNED: "red",
}
#: What a scholar reads about the award.
AWARD_LABELS = {
    _A.DRAFTED: _("Waiting for you"),
    _A.AGREED: _("You agreed"),
    _A.ACTIVE: _("Being paid"),
    _A.SUSPENDED: _("Paused"),
    _A.COMPLETED: _("All paid"),
    _A.TERMINATED: _("Ended"),
}
#: What a scholar reads about a payment: who approves and who sends is not their concern.
APPLICANT_LABELS = {
    _D.PLANNED: _("Planned"),
    _D.DUE: _("Being prepared"),
    _D.APPROVED: _("Being prepared"),
    _D.SENT: _("Sent to you"),
    _D.CONFIRMED: _("You received it"),
    _D.RETURNED: _("Came back from the bank: we are looking into it"),
    _D.CANCELLED: _("Not paid"),
}
