"""Coordinators: batches told together, offers, and who waits."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.core.access import Access
from apps.core.api.serializers import ReasonSerializer
from apps.programs.models import Intake
from apps.selection.api.deciding import DecisionSerializer, IntakeRows
from apps.selection.api.views import OfferSerializer
from apps.selection.models import Decision, Offer, ReleaseBatch, WaitlistEntry
from apps.selection.selectors import batches_of, offers_of, waitlist_of
from apps.selection.services import (
    cancel_batch,
    prepare_batch,
    record_offer_delivery,
    release_batch,
    rescind_offer,
)


class BatchSerializer(serializers.ModelSerializer):
    prepared_by = serializers.CharField()
    released_by = serializers.CharField(allow_null=True)

    class Meta:
        model = ReleaseBatch
        fields = ["public_id", "status", "size", "created_at", "prepared_by", "released_by", "released_at"]


class BatchListView(IntakeRows, PartsView, DeedView):
    """GET: the batches of an intake. POST: every held decision becomes one batch."""

    answer_class = BatchSerializer
    success = 201
    ordering = ("-id",)

    def parts(self) -> QuerySet[ReleaseBatch]:
        return batches_of(self.row)

    def deed(self, wanted: dict[str, Any]) -> ReleaseBatch:
        return prepare_batch(intake=self.row, actor=self.actor)


class BatchRows:
    access = Access.COORDINATOR
    answer_class: Any = BatchSerializer

    def rows(self) -> QuerySet[ReleaseBatch]:
        ours = Intake.objects.visible_to(self.viewer)  # type: ignore[attr-defined]
        return ReleaseBatch.objects.filter(intake__in=ours).select_related("prepared_by", "released_by")


class BatchView(BatchRows, ShowView):
    pass


class BatchDecisionsView(BatchRows, PartsView):
    """What a release would tell, or told, and about whom."""

    answer_class = DecisionSerializer

    def parts(self) -> QuerySet[Decision]:
        return self.row.decisions.select_related("application", "batch")


class BatchReleaseView(BatchRows, DeedView):
    """Make its decisions final and tell everyone. Above 50 people somebody else must release it."""

    def deed(self, wanted: dict[str, Any]) -> None:
        release_batch(batch=self.row, actor=self.actor)


class BatchCancelView(BatchRows, DeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        cancel_batch(batch=self.row, actor=self.actor)


class StaffOfferSerializer(OfferSerializer):
    name = serializers.SerializerMethodField()

    class Meta(OfferSerializer.Meta):
        fields = [*OfferSerializer.Meta.fields, "name", "delivered_at", "decline_reason"]

    def get_name(self, offer: Offer) -> str:
        return str(offer.application.person or "")


class IntakeOffersView(IntakeRows, PartsView):
    answer_class = StaffOfferSerializer

    def parts(self) -> QuerySet[Offer]:
        return offers_of(self.row).select_related("application__person__user", "intake")


class OfferRows:
    """Offers of the caller's organisation, never one to themselves."""

    access = Access.COORDINATOR
    answer_class: Any = StaffOfferSerializer

    def rows(self) -> QuerySet[Offer]:
        viewer = self.viewer  # type: ignore[attr-defined]
        others = Offer.objects.visible_to(viewer).exclude(application__person__user_id=viewer.user_id)
        return others.select_related("application__person__user", "intake")


class OfferCalledView(OfferRows, DeedView):
    """Told by phone: the time to answer runs from now."""

    def deed(self, wanted: dict[str, Any]) -> None:
        record_offer_delivery(offer_id=self.row.pk, at=timezone.now(), actor=self.actor)


class OfferRescindView(OfferRows, DeedView):
    """Take an unanswered offer back, with a reason the applicant reads."""

    serializer_class = ReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        rescind_offer(offer=self.row, **wanted, actor=self.actor)


class WaitlistEntrySerializer(serializers.ModelSerializer):
    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    name = serializers.SerializerMethodField()

    class Meta:
        model = WaitlistEntry
        fields = ["position", "application", "reference", "name", "status", "promoted_at"]

    def get_name(self, entry: WaitlistEntry) -> str:
        return str(entry.application.person or "")


class WaitlistView(IntakeRows, PartsView):
    answer_class = WaitlistEntrySerializer
    ordering = ("position",)

    def parts(self) -> QuerySet[WaitlistEntry]:
        return waitlist_of(self.row)
