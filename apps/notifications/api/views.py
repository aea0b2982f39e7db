"""Messages to me."""

from typing import Any

from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.views import ApiView
from apps.core.access import Access
from apps.notifications.models import Message
from apps.notifications.selectors import inbox


class MessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields = ["public_id", "subject", "body", "language", "sent_at", "read_at"]


class MessageListView(ListAPIView, ApiView):
    access = Access.SIGNED_IN
    serializer_class = MessageSerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        return inbox(self.viewer)
