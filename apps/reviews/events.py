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
