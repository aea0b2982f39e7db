from apps.events.registry import event


@event(subject="intake_id")
class IntakeMoved:
    """An intake went from one status to another; a move back carries its reason."""

    intake_id: int
    before: str
    after: str
    reason: str = ""


@event(subject="program_id")
class ProgramChanged:
    program_id: int
    fields: list[str]


@event(subject="intake_id")
class IntakeChanged:
    intake_id: int
    fields: list[str]
