from apps.events.registry import event


@event(subject="message_id")
class MessageRetried:
    message_id: int


@event(subject="message_id")
class MessageReturned:
    """It did not reach anyone: refused, given up, or sent back after it had left (`status` says which)."""

    message_id: int
    status: str


@event(subject="pause_id")
class SendingPaused:
    pause_id: int
    channel: str


@event(subject="pause_id")
class SendingResumed:
    pause_id: int
    channel: str


@event(subject="batch_id")
class BatchPaused:
    """The notices of one release wait; the reason is in the pause."""

    batch_id: int
    reason: str


@event(subject="batch_id")
class BatchResumed:
    batch_id: int
