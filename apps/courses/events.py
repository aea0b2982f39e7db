from apps.events.registry import event


@event(subject="session_id")
class SessionPlanned:
    session_id: int
    intake_id: int


@event(subject="session_id")
class SessionMoved:
    session_id: int
    intake_id: int


@event(subject="session_id")
class SessionRemoved:
    """The row is gone, so the event keeps what people have to be told."""

    session_id: int
    intake_id: int
    title: dict[str, str]
    starts_at: str


@event(subject="session_id")
class AttendanceTaken:
    session_id: int
    intake_id: int


@event(subject="enrolment_id")
class UnitAssessed:
    enrolment_id: int
    unit_id: int
    result: str
