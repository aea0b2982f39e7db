"""How far my referees are. What they wrote is not here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.views import ApiView
from apps.applications.enums import ReferenceStatus
from apps.applications.models import Application, Reference
from apps.applications.rules.references import next_reminder
from apps.core.access import Access


class ReferenceSerializer(serializers.ModelSerializer):
    next_reminder_at = serializers.SerializerMethodField()

    class Meta:
        model = Reference
        fields = [
            *("public_id", "name", "relation", "email", "language", "status", "asked_at", "due_at"),
            *("opened_at", "given_at", "declined_at", "bounced_at", "reminders", "next_reminder_at"),
        ]
        read_only_fields = fields

    def get_next_reminder_at(self, reference: Reference) -> datetime | None:
        if reference.status not in (ReferenceStatus.REQUESTED, ReferenceStatus.OPENED):
            return None
        return next_reminder(reference.asked_at, reference.reminded_at, reference.reminders)


class ReferenceListView(ListAPIView, ApiView):
    access = Access.SIGNED_IN
    serializer_class = ReferenceSerializer
    ordering = ("id",)

    def get_queryset(self) -> Any:
        mine = Application.objects.owned_by(self.viewer)
        application: Application = get_object_or_404(mine, public_id=self.public_id())
        return application.references.exclude(status=ReferenceStatus.CANCELLED)

    def public_id(self) -> UUID:
        return self.kwargs["public_id"]
