"""Coordinators: how far the notices of a release are, and pausing them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, ShowView
from apps.core.access import Access
from apps.core.api.serializers import ReasonSerializer
from apps.notifications.selectors import batches_run_by, notice_counts, pause_of
from apps.notifications.services.managing import pause_batch, resume_batch
from apps.selection.models import ReleaseBatch


class NoticesSerializer(serializers.Serializer):
    """`counts` are e-mails by status; the last three are null unless the notices are paused."""

    counts = serializers.DictField(child=serializers.IntegerField())
    paused_at = serializers.DateTimeField(allow_null=True)
    paused_by = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)

    def to_representation(self, instance: ReleaseBatch) -> dict[str, Any]:
        pause = pause_of(instance)
        return super().to_representation(
            {
                "counts": notice_counts(instance),
                "paused_at": pause.paused_at if pause else None,
                "paused_by": pause.paused_by if pause else None,
                "reason": pause.reason if pause else None,
            }
        )


class BatchNotices:
    access = Access.COORDINATOR
    answer_class: Any = NoticesSerializer

    def rows(self) -> QuerySet[ReleaseBatch]:
        return batches_run_by(self.viewer)  # type: ignore[attr-defined]


class NoticesView(BatchNotices, ShowView):
    pass


class PauseView(BatchNotices, DeedView):
    """Hold back what has not left. Bites within seconds; twice is once."""

    serializer_class = ReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        pause_batch(batch=self.row, **wanted, actor=self.actor)


class ResumeView(BatchNotices, DeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        resume_batch(batch=self.row, actor=self.actor)
