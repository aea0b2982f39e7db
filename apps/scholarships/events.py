from apps.events.registry import event


@event(subject="award_id")
class AwardDrafted:
    """The award waits for the scholar to agree."""

    award_id: int
    enrolment_id: int


@event(subject="award_id")
class AwardAgreed:
    award_id: int
    enrolment_id: int


@event(subject="award_id")
class AwardMoved:
    award_id: int
    before: str
    after: str
    reason: str = ""


@event(subject="disbursement_id")
class DisbursementDue:
    disbursement_id: int
    award_id: int


@event(subject="disbursement_id")
class DisbursementApproved:
    disbursement_id: int
    award_id: int


@event(subject="disbursement_id")
class DisbursementSent:
    disbursement_id: int
    award_id: int


@event(subject="disbursement_id")
class DisbursementReturned:
    disbursement_id: int
    award_id: int
    reason: str


@event(subject="disbursement_id")
class DisbursementConfirmed:
    disbursement_id: int
    award_id: int


@event(subject="disbursement_id")
class DisbursementCancelled:
    disbursement_id: int
    award_id: int
    reason: str


@event(subject="disbursement_id")
class DisbursementRescheduled:
    """`due_on` is the new day, as 2027-01-31."""

    disbursement_id: int
    award_id: int
    due_on: str
    reason: str
