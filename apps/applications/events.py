from apps.events.registry import event


@event(subject="application_id")
class DraftStarted:
    application_id: int


@event(subject="application_id")
class DraftKept:
    """A draft with answers has a person for the first time: they can be told where to go on."""

    application_id: int


@event(subject="application_id")
class FormVersionChanged:
    """The applicant went on with a newer version of the form; `lost` are questions, not answers."""

    application_id: int
    before: int
    after: int
    lost: list[str]


@event(subject="application_id")
class AnswersCarriedOver:
    """The applicant filled a draft from an earlier application."""

    application_id: int
    from_application_id: int


@event(subject="application_id")
class ApplicationSubmitted:
    application_id: int


@event(subject="application_id")
class ApplicationFoundEligible:
    """By the intake's rules, or by a person who gave a reason."""

    application_id: int
    reason: str = ""


@event(subject="application_id")
class ApplicationFoundIneligible:
    application_id: int
    unmet: list[str]
    reason: str = ""


@event(subject="application_id")
class ReviewingStarted:
    application_id: int


@event(subject="application_id")
class ApplicationDecided:
    """The outcome became final and visible to the applicant."""

    application_id: int
    outcome: str


@event(subject="application_id")
class ApplicationWithdrawn:
    application_id: int
    before: str


@event(subject="application_id")
class ApplicationExpired:
    application_id: int


@event(subject="application_id")
class DocumentStored:
    application_id: int
    document_id: int


@event(subject="application_id")
class DocumentRemoved:
    application_id: int
    document_id: int


@event(subject="application_id")
class DeadlineExtended:
    """One person got more time: by a coordinator with a reason, or by an outage in their country."""

    application_id: int
    because: str


@event(subject="application_id")
class ApplicationReopened:
    """A draft that had ended can be sent again, because its deadline moved."""

    application_id: int


@event(subject="application_id")
class DraftDueSoon:
    application_id: int
    reminder_id: int


@event(subject="application_id")
class ReferenceAsked:
    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferenceReminded:
    """`number` counts the applicant's reminders; 0 is the one the clock sends before the day."""

    application_id: int
    reference_id: int
    number: int


@event(subject="application_id")
class ReferenceOpened:
    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferenceGiven:
    """By the referee, or recorded by a coordinator who says how it came."""

    application_id: int
    reference_id: int
    reason: str = ""


@event(subject="application_id")
class ReferenceDeclined:
    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferenceBounced:
    """The message to the referee was returned or could not be sent."""

    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferenceExpired:
    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferenceCancelled:
    application_id: int
    reference_id: int


@event(subject="application_id")
class ReferencesWaived:
    application_id: int
    reason: str


@event(subject="application_id")
class ReferencesForgotten:
    application_id: int


@event(subject="application_id")
class GuardianAsked:
    application_id: int
    guardian_id: int
    way: str


@event(subject="application_id")
class GuardianAnswered:
    """A guardian agreed or not: on the page of their link, or on paper that a coordinator recorded."""

    application_id: int
    guardian_id: int
    status: str
    reason: str = ""


@event(subject="application_id")
class DocumentChecked:
    """The scanner found nothing in a document that had waited for it."""

    application_id: int
    document_id: int


@event(subject="application_id")
class DocumentRefused:
    """The scanner found harm in a document that had been kept until then."""

    application_id: int
    document_id: int


@event(subject="application_id")
class AssistanceStarted:
    """A helper organisation began an application for someone, or was asked to help with one."""

    application_id: int
    assistance_id: int
    organisation_id: int


@event(subject="application_id")
class AssistanceEnded:
    """The helper's access is over: taken over by the applicant, or ended by either side."""

    application_id: int
    assistance_id: int
    organisation_id: int
    after: str


@event(subject="application_id")
class ApplicationTakenOver:
    """It belongs to the person of an account now, and no more to the nameless row a helper began it under."""

    application_id: int
    before_person_id: int


@event(subject="application_id")
class NoticeRouteChanged:
    application_id: int
    route: str


@event(subject="application_id")
class ConfirmationAsked:
    """The code itself is in no event: who tells it works it out from the row."""

    application_id: int
    code_id: int


@event(subject="application_id")
class ApplicationConfirmed:
    application_id: int
    way: str


@event(subject="application_id")
class InformationAsked:
    application_id: int
    request_id: int


@event(subject="application_id")
class InformationAwaited:
    """The day nears and nothing has come."""

    application_id: int
    request_id: int


@event(subject="application_id")
class InformationExtended:
    application_id: int
    request_id: int


@event(subject="application_id")
class InformationAdded:
    application_id: int
    request_id: int


@event(subject="application_id")
class InformationClosed:
    """Nothing changed: the time was over, or a coordinator closed it early."""

    application_id: int
    request_id: int
    after: str


@event(subject="application_id")
class GroupsDeclared:
    """Someone said in which groups to be counted; which ones is nowhere but in the declaration."""

    application_id: int


@event(subject="application_id")
class DeclarationWithdrawn:
    application_id: int
