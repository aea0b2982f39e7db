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
