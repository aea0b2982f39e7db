from apps.events.registry import event


@event(subject="application_id")
class DraftStarted:
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
