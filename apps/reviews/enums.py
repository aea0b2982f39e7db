from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class AssignmentStatus(TextChoices):
    ASSIGNED = "assigned", _("To review")
    IN_PROGRESS = "in_progress", _("Started")
    SUBMITTED = "submitted", _("Submitted")
    REOPENED = "reopened", _("Opened again")
    CONFLICTED = "conflicted", _("Conflict of interest")
    RECUSED = "recused", _("Recused")
    CANCELLED = "cancelled", _("Cancelled")


_S = AssignmentStatus

#: Access to the application ends in the request that declares a conflict or recuses. What was cancelled
#: may be assigned again: after a run was undone, or when a reviewer is back.
ASSIGNMENT_LIFECYCLE = Lifecycle(
    {
        _S.ASSIGNED: {_S.IN_PROGRESS, _S.SUBMITTED, _S.CONFLICTED, _S.RECUSED, _S.CANCELLED},
        _S.IN_PROGRESS: {_S.SUBMITTED, _S.CONFLICTED, _S.RECUSED, _S.CANCELLED},
        _S.SUBMITTED: {_S.REOPENED, _S.CONFLICTED},
        _S.REOPENED: {_S.SUBMITTED, _S.CONFLICTED, _S.RECUSED, _S.CANCELLED},
        _S.CONFLICTED: (),
        _S.RECUSED: (),
        _S.CANCELLED: {_S.ASSIGNED},
    }
)

#: Statuses in which the reviewer may open the application.
OPEN_TO_REVIEWER = (_S.ASSIGNED, _S.IN_PROGRESS, _S.SUBMITTED, _S.REOPENED)


class ConflictKind(TextChoices):
    DECLARED = "declared", _("Declared by the reviewer")
    SAME_ORGANISATION = "same_organisation", _("Same organisation")
    SAME_EMAIL_DOMAIN = "same_email_domain", _("Same e-mail domain")
    SAME_DISTRICT = "same_district", _("Same district")
    REFEREE = "referee", _("Referee of the applicant")
    TRAINER = "trainer", _("Trained the applicant, or was trained by them")
    KNOWN_TIE = "known_tie", _("A tie the reviewer told of before")
    OWN_APPLICATION = "own_application", _("Their own application")


class Purpose(TextChoices):
    """What a reading is for. Only the first and the third kind count towards the score."""

    SELECTION = "selection", _("For the selection")
    CALIBRATION = "calibration", _("For calibration")
    THIRD = "third", _("Third reading")


#: Readings that count towards the score of an application.
COUNTED = (Purpose.SELECTION, Purpose.THIRD)


class TieKind(TextChoices):
    EMAIL = "email", _("A mail address or mail domain")
    ORGANISATION = "organisation", _("An organisation")
    SUBDIVISION = "subdivision", _("A province or district")
