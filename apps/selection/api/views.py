"""Offers, for those who answer them."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.rows import DeedView, ShowView
from apps.accounts.api.views import ApiView, RepeatableView
from apps.core.access import Access
from apps.core.api.serializers import StrictSerializer
from apps.selection.enums import WaitlistStatus
from apps.selection.models import Offer, OfferCondition, WaitlistEntry
from apps.selection.selectors import band_of, own_entry
from apps.selection.services import decline_offer, leave_waitlist


class ConditionSerializer(serializers.ModelSerializer):
    class Meta:
        model = OfferCondition
        fields = ["id", "text", "status", "reason", "decided_at"]


class OfferSerializer(serializers.ModelSerializer):
    application = serializers.CharField(source="application.reference", read_only=True)
    intake = serializers.UUIDField(source="intake.public_id", read_only=True)
    conditions = ConditionSerializer(many=True, read_only=True)

    class Meta:
        model = Offer
        fields = [
            *("public_id", "application", "intake", "status", "made_at", "answer_by", "answered_at"),
            "conditions",
        ]


class OfferListView(ListAPIView, ApiView):
    access = Access.SIGNED_IN
    serializer_class = OfferSerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        mine = Offer.objects.owned_by(self.viewer).select_related("application", "intake")
        return mine.prefetch_related("conditions")


class DeclineSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class DeclineView(RepeatableView):
    """Say no; the seat goes to the next person at once."""

    access = Access.SIGNED_IN
    serializer_class = DeclineSerializer

    @extend_schema(responses=OfferSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        offer = get_object_or_404(Offer.objects.owned_by(self.viewer), public_id=kwargs["public_id"])
        wanted = self.checked(request)
        answered = decline_offer(offer=offer, reason=wanted["reason"], actor=self.actor)
        return Response(OfferSerializer(answered).data)


class OwnEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = WaitlistEntry
        fields = ["status", "reason"]


class OwnPlaceSerializer(OwnEntrySerializer):
    """Between `fewest` and `most` people may get a place before this one; null when nobody waits here.

    Where they differ no number is exact: a freed seat goes first to who shares a target.
    """

    fewest = serializers.IntegerField(source="band.fewest", allow_null=True, default=None)
    most = serializers.IntegerField(source="band.most", allow_null=True, default=None)

    class Meta(OwnEntrySerializer.Meta):
        fields = [*OwnEntrySerializer.Meta.fields, "fewest", "most"]

    def to_representation(self, instance: WaitlistEntry) -> dict[str, Any]:
        instance.band = band_of(instance) if instance.status == WaitlistStatus.WAITING else None  # type: ignore[attr-defined]
        return super().to_representation(instance)


class OwnPlaceView(ShowView):
    """By the application's id."""

    access = Access.SIGNED_IN
    answer_class = OwnPlaceSerializer

    @cached_property
    def row(self) -> WaitlistEntry:
        entry = own_entry(self.viewer, self.kwargs["public_id"])
        if entry is None:
            raise Http404
        return entry


class LeaveWaitlistView(DeedView):
    """By the application's id. Leaving twice is once."""

    access = Access.SIGNED_IN
    answer_class = OwnEntrySerializer

    @cached_property
    def row(self) -> WaitlistEntry:
        return get_object_or_404(self.rows(), application__public_id=self.kwargs["public_id"])

    def rows(self) -> Any:
        return WaitlistEntry.objects.filter(application__person__user_id=self.viewer.user_id)

    def deed(self, wanted: dict[str, Any]) -> None:
        leave_waitlist(entry=self.row, actor=self.actor)
