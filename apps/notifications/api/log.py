"""Coordinators: what was sent to whom and how it went. The words of a message are the recipient's."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.rows import DeedView
from apps.accounts.api.views import ApiView
from apps.core.access import Access
from apps.notifications.models import Message
from apps.notifications.selectors import delivery_log
from apps.notifications.services.managing import try_again


class DeliverySerializer(serializers.ModelSerializer):
    intake = serializers.UUIDField(source="intake.public_id")

    class Meta:
        model = Message
        fields = [
            *("public_id", "intake", "address", "channel", "template", "language", "status", "attempts"),
            *("last_error", "created_at", "sent_at", "final_at"),
        ]


class DeliveryLogView(ListAPIView, ApiView):
    access = Access.COORDINATOR
    serializer_class = DeliverySerializer
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Message]:
        return delivery_log(self.viewer)


class RetryView(DeedView):
    """Send a message once more that failed, or whose fate nobody knows."""

    access = Access.COORDINATOR
    answer_class = DeliverySerializer

    def rows(self) -> QuerySet[Message]:
        return delivery_log(self.viewer)

    def deed(self, wanted: dict[str, Any]) -> None:
        try_again(message=self.row, actor=self.actor)
