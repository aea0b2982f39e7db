from apps.events.registry import event


@event(subject="run_id")
class RecordsImported:
    run_id: int
    mapping: str
    rows_new: int
