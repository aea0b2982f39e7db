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


@event(subject="intake_id")
class ProfilesRead:
    """The profiles of the people of an intake were opened together, and for what."""

    intake_id: int
    purpose: str


@event(subject="person_id")
class ProfileAsked:
    """Someone was offered the questions for the first time on this occasion of this intake."""

    person_id: int
    intake_id: int
    occasion: str


@event(subject="release_id")
class ReleaseAsked:
    """Somebody asked for a release, or the clock; `restates` is the release whose quarter it counts again."""

    release_id: int
    number: int
    restates: int | None


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


@event(subject="shared_id")
class ViewShared:
    """A link to a frozen dashboard was made; by whom is the event's actor."""

    shared_id: int
    release_id: int


@event(subject="shared_id")
class SharedViewRevoked:
    shared_id: int


@event(subject="shared_id")
class SharedViewOpened:
    """The first opening in an hour with one family of browsers."""

    shared_id: int
    family: str


@event(subject="definition_id")
class IndicatorDefined:
    """A definition came into force: the first of its code, or the next version."""

    definition_id: int
    code: str
    version: int


@event(subject="target_id")
class TargetSet:
    """A target was set, changed or taken back; `before` is the row it takes the place of."""

    target_id: int
    before: int | None


@event(subject="period_id")
class TargetPeriodLocked:
    period_id: int
    reason: str


@event(subject="period_id")
class TargetPeriodUnlocked:
    period_id: int
    reason: str


@event(subject="marker_id")
class ProgramScreened:
    """A program got a score of a policy marker."""

    marker_id: int
    program_id: int
    marker: str
    score: int
