"""The life of an application. Its outcome is another field, held until the batch is released."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Sent")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    MORE_INFORMATION = "more_information", _("More information asked")
    IN_REVIEW = "in_review", _("In review")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Not sent in time")


_S = ApplicationStatus

#: Rules move to eligible or ineligible with reasons; a person can reverse both, with a reason.
APPLICATION_LIFECYCLE = Lifecycle(
    {
        _S.DRAFT: {_S.SUBMITTED, _S.EXPIRED, _S.WITHDRAWN},
        _S.SUBMITTED: {_S.ELIGIBLE, _S.INELIGIBLE, _S.WITHDRAWN},
        _S.ELIGIBLE: {_S.IN_REVIEW, _S.INELIGIBLE, _S.MORE_INFORMATION, _S.DECIDED, _S.WITHDRAWN},
        _S.INELIGIBLE: {_S.ELIGIBLE, _S.WITHDRAWN},
        _S.MORE_INFORMATION: {_S.ELIGIBLE, _S.IN_REVIEW, _S.INELIGIBLE, _S.WITHDRAWN},
        _S.IN_REVIEW: {_S.DECIDED, _S.ELIGIBLE, _S.INELIGIBLE, _S.MORE_INFORMATION, _S.WITHDRAWN},
        _S.DECIDED: {_S.IN_REVIEW, _S.WITHDRAWN},
        _S.WITHDRAWN: (),
        _S.EXPIRED: {_S.DRAFT},
    }
)


class Outcome(TextChoices):
    """What was decided, in staff words. Applicants read the words of portal.selectors."""

    OFFER = "offer", _("Offer")
    WAITLIST = "waitlist", _("Waitlist")
    NOT_SELECTED = "not_selected", _("Not selected")


class Origin(TextChoices):
    ONLINE = "online", _("Applied here")
    IMPORTED = "imported", _("Imported record")


class DocumentStatus(TextChoices):
    RECEIVED = "received", _("Being checked")
    CLEAN = "clean", _("Checked")
    REJECTED = "rejected", _("Refused")


DOCUMENT_LIFECYCLE = Lifecycle(
    {
        DocumentStatus.RECEIVED: {DocumentStatus.CLEAN, DocumentStatus.REJECTED},
        DocumentStatus.CLEAN: (),
        DocumentStatus.REJECTED: (),
    }
)


class ReferenceStatus(TextChoices):
    DRAFTED = "drafted", _("Not asked yet")
    REQUESTED = "requested", _("Asked")
    OPENED = "opened", _("Opened")
    GIVEN = "given", _("Answered")
    DECLINED = "declined", _("Declined")
    BOUNCED = "bounced", _("Not delivered")
    EXPIRED = "expired", _("Not answered in time")
    CANCELLED = "cancelled", _("Taken back")


_R = ReferenceStatus

#: A message can be returned although an earlier one arrived: a bounced request can still be answered.
#: What came too late may still be recorded on paper.
REFERENCE_LIFECYCLE = Lifecycle(
    {
        _R.DRAFTED: {_R.REQUESTED, _R.GIVEN, _R.CANCELLED},
        _R.REQUESTED: {_R.OPENED, _R.GIVEN, _R.DECLINED, _R.BOUNCED, _R.EXPIRED, _R.CANCELLED},
        _R.OPENED: {_R.GIVEN, _R.DECLINED, _R.EXPIRED, _R.CANCELLED},
        _R.BOUNCED: {_R.OPENED, _R.GIVEN, _R.DECLINED, _R.EXPIRED, _R.CANCELLED},
        _R.EXPIRED: {_R.GIVEN},
        _R.GIVEN: (),
        _R.DECLINED: (),
        _R.CANCELLED: (),
    }
)

#: The referee can still answer.
OPEN_TO_REFEREE = (_R.REQUESTED, _R.OPENED, _R.BOUNCED)
#: Takes one of the places an intake asks for.
COUNTS_AS_NAMED = (_R.DRAFTED, _R.REQUESTED, _R.OPENED, _R.GIVEN)
#: While one of these stands, its address is not asked a second time for the same application.
HOLDS_ADDRESS = (*COUNTS_AS_NAMED, _R.BOUNCED)


class GuardianWay(TextChoices):
    LINK = "link", _("By a link in an e-mail")
    PAPER = "paper", _("On signed paper")


class GuardianStatus(TextChoices):
    ASKED = "asked", _("Asked, no answer yet")
    CONFIRMED = "confirmed", _("Agreed")
    DECLINED = "declined", _("Did not agree")
    REPLACED = "replaced", _("Another guardian was asked")


GUARDIAN_LIFECYCLE = Lifecycle(
    {
        GuardianStatus.ASKED: {
            GuardianStatus.CONFIRMED,
            GuardianStatus.DECLINED,
            GuardianStatus.REPLACED,
        },
        GuardianStatus.CONFIRMED: (),
        GuardianStatus.DECLINED: (),
        GuardianStatus.REPLACED: (),
    }
)


class UploadStatus(TextChoices):
    RECEIVING = "receiving", _("On its way")
    KEPT = "kept", _("Arrived")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Given up")


UPLOAD_LIFECYCLE = Lifecycle(
    {
        UploadStatus.RECEIVING: {UploadStatus.KEPT, UploadStatus.REFUSED, UploadStatus.ENDED},
        UploadStatus.KEPT: (),
        UploadStatus.REFUSED: (),
        UploadStatus.ENDED: (),
    }
)
