from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class EnrolmentStatus(TextChoices):
    ACTIVE = "active", _("Taking part")
    ON_LEAVE = "on_leave", _("On leave")
    COMPLETED = "completed", _("Completed")
    PARTLY_COMPLETED = "partly_completed", _("Partly completed")
    NOT_COMPLETED = "not_completed", _("Finished without completing")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_SHOW = "no_show", _("Did not come")


_S = EnrolmentStatus
_ENDS = {_S.COMPLETED, _S.PARTLY_COMPLETED, _S.NOT_COMPLETED, _S.WITHDRAWN, _S.NO_SHOW}

#: An ended enrolment can be opened again, as a correction with a reason.
ENROLMENT_LIFECYCLE = Lifecycle(
    {
        _S.ACTIVE: {_S.ON_LEAVE, *_ENDS},
        _S.ON_LEAVE: {_S.ACTIVE, *_ENDS},
        **{status: {_S.ACTIVE} for status in _ENDS},
    }
)
#: Ends that a coordinator writes down, with a reason.
NEEDS_A_REASON = (_S.PARTLY_COMPLETED, _S.NOT_COMPLETED, _S.WITHDRAWN, _S.NO_SHOW)
#: Ends after which somebody else may have the seat.
GIVES_THE_SEAT_BACK = (_S.WITHDRAWN, _S.NO_SHOW)
#: Statuses in which a person takes part.
TAKES_PART = (_S.ACTIVE, _S.ON_LEAVE)
STATUS_TONES: dict[str, str] = {
    _S.ACTIVE: "green",
    _S.ON_LEAVE: "yellow",
    _S.COMPLETED: "",
    _S.PARTLY_COMPLETED: "purple",
}


class SupportStatus(TextChoices):
    OPEN = "open", _("To be arranged")
    MET = "met", _("Arranged")
    PARTLY = "partly", _("Partly arranged")
    NOT_POSSIBLE = "not_possible", _("Not possible")
    CANCELLED = "cancelled", _("No longer needed")


_N = SupportStatus
#: How a need ends, in the words of whoever arranges; an end can be corrected to another.
SUPPORT_ENDS = (_N.MET, _N.PARTLY, _N.NOT_POSSIBLE)
SUPPORT_LIFECYCLE = Lifecycle(
    {
        _N.OPEN: {*SUPPORT_ENDS, _N.CANCELLED},
        **{end: {*SUPPORT_ENDS, _N.CANCELLED} - {end} for end in SUPPORT_ENDS},
        _N.CANCELLED: {_N.OPEN},
    }
)
