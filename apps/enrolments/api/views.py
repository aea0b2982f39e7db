"""Taking part: accepting an offer, my enrolments, the roster."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView, RepeatableView
from apps.accounts.enums import Role
from apps.core.access import Access
from apps.core.api.serializers import NothingSerializer
from apps.enrolments.models import Enrolment
from apps.enrolments.services import take_up
from apps.selection.api.views import OfferSerializer
from apps.selection.models import Offer


class EnrolmentSerializer(serializers.ModelSerializer):
    intake = serializers.UUIDField(source="intake.public_id", read_only=True)

    class Meta:
        model = Enrolment
        fields = ["public_id", "intake", "status", "started_on", "ended_on"]


class AcceptView(RepeatableView):
    """Say yes and take part, in one step. A second call returns the same enrolment.

    202 with the offer while one of its conditions is open: the seat is held, taking part begins later.
    """

    access = Access.SIGNED_IN
    serializer_class = NothingSerializer

    @extend_schema(request=None, responses={200: EnrolmentSerializer, 202: OfferSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        self.checked(request)
        offer = get_object_or_404(Offer.objects.owned_by(self.viewer), public_id=kwargs["public_id"])
        enrolment = take_up(offer=offer, actor=self.actor)
        if enrolment is None:
            offer.refresh_from_db()
            return Response(OfferSerializer(offer).data, status=202)
        return Response(EnrolmentSerializer(enrolment).data)


class EnrolmentListView(ListAPIView, ApiView):
    access = Access.SIGNED_IN
    serializer_class = EnrolmentSerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        return Enrolment.objects.owned_by(self.viewer).select_related("intake")


class RosterEntrySerializer(EnrolmentSerializer):
    name = serializers.CharField(source="person.full_name", read_only=True)

    class Meta(EnrolmentSerializer.Meta):
        fields = [*EnrolmentSerializer.Meta.fields, "name"]


class RosterView(ListAPIView, ApiView):
    """For coordinators and trainers: who takes part in the programs of their organisation."""

    access = (Access.COORDINATOR, Access.TRAINER)
    serializer_class = RosterEntrySerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        run = self.viewer.at(Role.COORDINATOR) | self.viewer.at(Role.TRAINER)
        return Enrolment.objects.filter(intake__program__organisation__in=run).select_related(
            "intake", "person"
        )
