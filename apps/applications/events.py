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
