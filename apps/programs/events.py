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


@event(subject="program_id")
class InclusionModeChanged:
    """An administrator changed what a funding stream may do about targets; `basis` is what allows it."""

    program_id: int
    funding_id: int
    before: str
    after: str
    basis: str


@event(subject="intake_id")
class IntakeChanged:
    intake_id: int
    fields: list[str]


@event(subject="outage_id")
class OutageDeclared:
    """People of a country got back the time they were without internet."""

    outage_id: int


@event(subject="enquiry_id")
class EnquiryReceived:
    enquiry_id: int
    intake_id: int


@event(subject="enquiry_id")
class EnquiryAnswered:
    enquiry_id: int
    intake_id: int


@event(subject="enquiry_id")
class EnquiryClosed:
    enquiry_id: int
    intake_id: int
