from apps.events.registry import event


@event(subject="assignment_id")
class ReviewAssigned:
    assignment_id: int
    application_id: int
    reviewer_id: int


@event(subject="assignment_id")
class ReviewSubmitted:
    assignment_id: int
    application_id: int


@event(subject="assignment_id")
class ReviewReopened:
    assignment_id: int
    application_id: int
    reason: str


@event(subject="assignment_id")
class ConflictDeclared:
    """The reviewer lost access in the same transaction."""

    assignment_id: int
    application_id: int
    reviewer_id: int


@event(subject="assignment_id")
class ReviewerRecused:
    assignment_id: int
    application_id: int
    reviewer_id: int


@event(subject="assignment_id")
class ReviewCancelled:
    """Not submitted when the application was withdrawn, refused or decided, or when the reviewer left."""

    assignment_id: int
    application_id: int


@event(subject="application_id")
class ReviewCopyPrepared:
    """Words were marked to be hidden or translations changed; how many there are now, never which."""

    application_id: int
    marks: int
    translations: int


@event(subject="assignment_id")
class ConflictFound:
    """A tie became known after the reading was assigned; access ended in the same transaction."""

    assignment_id: int
    application_id: int
    reviewer_id: int
    kind: str


@event(subject="intake_id")
class ReadersAssigned:
    """A run of the matching placed so many readings."""

    intake_id: int
    run_id: int
    placed: int


@event(subject="intake_id")
class AssignmentUndone:
    """The last run was taken back, as far as nobody had opened what it assigned."""

    intake_id: int
    run_id: int
    cancelled: int
    kept: int


@event(subject="assignment_id")
class ReaderAdded:
    """By hand, with a reason."""

    assignment_id: int
    application_id: int
    reviewer_id: int
    reason: str


@event(subject="assignment_id")
class ReaderRemoved:
    """By hand, with a reason; no later run gives the pair back."""

    assignment_id: int
    application_id: int
    reviewer_id: int
    reason: str


@event(subject="intake_id")
class ThirdReadingsAsked:
    intake_id: int
    asked: int
    short: int


@event(subject="intake_id")
class CalibrationChanged:
    """Which applications everyone scores first, or the points people agreed on."""

    intake_id: int
    papers: int


@event(subject="tie_id")
class TieTold:
    """A reviewer told of a tie before anything was assigned. What it is stays out of the trail."""

    tie_id: int
    reviewer_id: int
    kind: str


@event(subject="tie_id")
class TieTakenBack:
    tie_id: int
    reviewer_id: int
    kind: str
