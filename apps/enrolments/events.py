from apps.events.registry import event


@event(subject="enrolment_id")
class ParticipantEnrolled:
    enrolment_id: int
    application_id: int | None = None


@event(subject="enrolment_id")
class EnrolmentEnded:
    """Completed, partly completed, not completed, withdrawn or did not come."""

    enrolment_id: int
    status: str


@event(subject="enrolment_id")
class LeaveStarted:
    enrolment_id: int


@event(subject="enrolment_id")
class LeaveEnded:
    enrolment_id: int


@event(subject="enrolment_id")
class EnrolmentReopened:
    enrolment_id: int
    before: str
    reason: str


@event(subject="enrolment_id")
class SupportPlanned:
    """Tasks were made of what a participant needs; never what that is."""

    enrolment_id: int
    number: int


@event(subject="enrolment_id")
class SupportTaskEnded:
    """Arranged, partly or not possible. The reason is sealed with the task."""

    enrolment_id: int
    task_id: int
    status: str
