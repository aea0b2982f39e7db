from apps.events.registry import event


@event(subject="person_id")
class ConsentGiven:
    person_id: int
    consent_id: int
    purpose: str


@event(subject="person_id")
class ConsentDeclined:
    person_id: int
    consent_id: int
    purpose: str


@event(subject="person_id")
class ConsentWithdrawn:
    """From this moment what was allowed is not; listeners delete what it covered."""

    person_id: int
    consent_id: int
    purpose: str


@event(subject="person_id")
class ConsentSuperseded:
    """A new wording was published; the person is asked again."""

    person_id: int
    consent_id: int
    purpose: str


@event(subject="text_id")
class ConsentTextPublished:
    text_id: int
    purpose: str
    version: int


@event(subject="person_id")
class SupportNeedsTold:
    """Someone told or changed what support they need; never what."""

    person_id: int


@event(subject="person_id")
class SupportNeedRead:
    """A need was opened, and for what."""

    person_id: int
    need_id: int
    purpose: str
