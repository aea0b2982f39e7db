"""Reading the audit trail."""

from django.db.models import QuerySet

from apps.events.models import EventRecord


def history_of(subject_type: str, subject_id: int) -> QuerySet[EventRecord]:
    """What happened to one row, oldest first."""
    return EventRecord.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("id")
