"""Coordinators: batches told together, offers, and who waits."""

from dataclasses import asdict
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import ReasonSerializer, StrictSerializer
from apps.programs.models import Intake
from apps.selection.api.deciding import DecisionSerializer, IntakeRows
from apps.selection.api.views import ConditionSerializer, OfferSerializer
from apps.selection.forms import ConditionForm
from apps.selection.models import Decision, Offer, OfferCondition, ReleaseBatch, WaitlistEntry
from apps.selection.selectors import (
    batches_of,
    has_withdrawn,
    in_force,
    offers_of,
    outcome_counts,
    seats_after,
    waitlist_of,
)
from apps.selection.services import (
    cancel_batch,
    close_waitlist,
    fill_free_seats,
    prepare_batch,
    put_back_entry,
    record_offer_delivery,
    release_batch,
    rescind_offer,
    set_conditions,
    settle_condition,
    skip_entry,
)
from apps.selection.services.conditions import BINDABLE


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


class BatchDecisionSerializer(DecisionSerializer):
    withdrawn = serializers.SerializerMethodField()

    class Meta(DecisionSerializer.Meta):
        fields = [*DecisionSerializer.Meta.fields, "conditions", "withdrawn"]

    def get_withdrawn(self, decision: Decision) -> bool:
        return decision.application.status == ApplicationStatus.WITHDRAWN


class BatchDecisionsView(BatchRows, PartsView):
    """What a release would tell, or told, and about whom."""

    answer_class = BatchDecisionSerializer

    def parts(self) -> QuerySet[Decision]:
        return self.row.decisions.select_related("application", "batch")


class BatchPreviewSerializer(serializers.Serializer):
    """Seats as a release would leave them; `short` are offers without a seat, which refuse it."""

    outcomes = serializers.DictField(child=serializers.IntegerField())
    free_now = serializers.IntegerField()
    offered = serializers.IntegerField()
    given_back = serializers.IntegerField()
    free_after = serializers.IntegerField()
    short = serializers.IntegerField()
    withdrawn = serializers.BooleanField()

    def to_representation(self, instance: ReleaseBatch) -> dict[str, Any]:
        counts = dict(outcome_counts(instance.decisions.all()))
        shown = {**asdict(seats_after(instance)), "outcomes": counts, "withdrawn": has_withdrawn(instance)}
        return super().to_representation(shown)


class BatchPreviewView(BatchRows, ShowView):
    answer_class = BatchPreviewSerializer


class ConditionTextsSerializer(StrictSerializer):
    """In the place of the conditions there were; an empty list frees everybody of them."""

    texts = serializers.ListField(child=serializers.CharField(max_length=500), max_length=20)


class BatchConditionsView(BatchRows, DeedView):
    """Conditions for every offer and place on the waitlist of a batch that is not released."""

    serializer_class = ConditionTextsSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        bound = self.row.decisions.filter(outcome__in=BINDABLE).select_related("application")
        set_conditions(decisions=list(bound), **wanted, actor=self.actor)


class DecisionConditionsView(DeedView):
    """Conditions of one held decision, by its application."""

    access = Access.COORDINATOR
    serializer_class = ConditionTextsSerializer
    answer_class = BatchDecisionSerializer

    def rows(self) -> QuerySet[Application]:
        return Application.objects.run_by(self.viewer)

    def deed(self, wanted: dict[str, Any]) -> Decision:
        decisions = list(in_force([self.row.pk]).select_related("application", "batch"))
        set_conditions(decisions=decisions, **wanted, actor=self.actor)
        decisions[0].refresh_from_db(fields=["conditions"])
        return decisions[0]


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
        rows = offers_of(self.row).select_related("application__person__user", "intake")
        return rows.prefetch_related("conditions")


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


class SettleSerializer(FormSerializer):
    form_class = ConditionForm


class ConditionSettleView(DeedView):
    """Met, waived, not met (which takes the offer back), or open again."""

    access = Access.COORDINATOR
    serializer_class = SettleSerializer
    answer_class = ConditionSerializer

    @cached_property
    def row(self) -> OfferCondition:
        named = {"offer__public_id": self.kwargs["public_id"], "pk": self.kwargs["condition"]}
        return get_object_or_404(self.rows(), **named)

    def rows(self) -> QuerySet[OfferCondition]:
        theirs = Offer.objects.visible_to(self.viewer).exclude(
            application__person__user_id=self.viewer.user_id
        )
        return OfferCondition.objects.filter(offer__in=theirs).select_related("offer")

    def deed(self, wanted: dict[str, Any]) -> None:
        settle_condition(condition=self.row, **wanted, actor=self.actor)


class WaitlistEntrySerializer(serializers.ModelSerializer):
    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    name = serializers.SerializerMethodField()

    class Meta:
        model = WaitlistEntry
        fields = ["position", "application", "reference", "name", "status", "promoted_at", "reason"]

    def get_name(self, entry: WaitlistEntry) -> str:
        return str(entry.application.person or "")


class WaitlistView(IntakeRows, PartsView):
    answer_class = WaitlistEntrySerializer
    ordering = ("position",)

    def parts(self) -> QuerySet[WaitlistEntry]:
        return waitlist_of(self.row)


class EntryRows:
    access = Access.COORDINATOR
    answer_class: Any = WaitlistEntrySerializer

    def rows(self) -> QuerySet[WaitlistEntry]:
        ours = Intake.objects.visible_to(self.viewer)  # type: ignore[attr-defined]
        return WaitlistEntry.objects.filter(intake__in=ours).select_related("application__person")


class EntrySkipView(EntryRows, DeedView):
    """Pass over somebody for now; they read the reason and keep their position."""

    serializer_class = ReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        skip_entry(entry=self.row, **wanted, actor=self.actor)


class EntryBackView(EntryRows, DeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        put_back_entry(entry=self.row, actor=self.actor)


class NumberSerializer(serializers.Serializer):
    number = serializers.IntegerField()


class WaitlistCloseView(IntakeRows, DeedView):
    """Everybody who waits is told that no place became free; `number` is how many."""

    answer_class = NumberSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, int]:
        return {"number": close_waitlist(intake=self.row, actor=self.actor)}


class WaitlistFillView(IntakeRows, DeedView):
    """Offer the seats that are free to who waits; `number` is how many offers were made."""

    answer_class = NumberSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, int]:
        return {"number": fill_free_seats(intake=self.row, actor=self.actor)}
