"""Reading the audit trail."""

from django.db.models import QuerySet

from apps.events.models import EventRecord


def history_of(subject_type: str, subject_id: int) -> QuerySet[EventRecord]:
    """What happened to one row, oldest first."""
    return EventRecord.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("id")


def search_events(
    *, name: str = "", subject_id: int | None = None, actor_user_id: int | None = None
) -> QuerySet[EventRecord]:
    """Every event that fits all of what is given."""
    wanted = {"name": name or None, "subject_id": subject_id, "actor_user_id": actor_user_id}
    return EventRecord.objects.filter(**{key: value for key, value in wanted.items() if value is not None})
