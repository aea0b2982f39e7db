from apps.events.registry import event


@event(subject="person_id")
class ProfileAnswered:
    """Someone answered or changed the questions about themselves; never what they answered."""

    person_id: int


@event(subject="person_id")
class ProfileRead:
    """A profile was opened, and for what."""

    person_id: int
    purpose: str


@event(subject="release_id")
class FiguresReleased:
    release_id: int
    number: int


@event(subject="release_id")
class FiguresTaken:
    """Somebody took a file of a release away; who is the event's actor."""

    release_id: int
    file: str


@event(subject="organisation_id")
class IatiOrganisationSetUp:
    organisation_id: int


@event(subject="program_id")
class IatiActivitySetUp:
    program_id: int


@event(subject="report_id")
class FairnessReportMade:
    report_id: int
    intake_id: int
    number: int


@event(subject="report_id")
class FairnessReportRead:
    """A report was opened; by whom is the event's actor."""

    report_id: int
    intake_id: int
