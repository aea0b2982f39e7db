"""Payments: one coordinator approves, another sends, the scholar says that the money arrived."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.enrolments.api.rows import StaffIntakeRows
from apps.programs.enums import ProgramKind
from apps.scholarships.api.awards import AwardReasonSerializer, OwnPaymentSerializer
from apps.scholarships.forms import RescheduleForm, SendForm
from apps.scholarships.models import Disbursement, LedgerEntry
from apps.scholarships.selectors import payments_of
from apps.scholarships.services import (
    approve_payment,
    cancel_payment,
    confirm_payment,
    reissue_payment,
    reschedule_payment,
    return_payment,
    send_payment,
)

PEOPLE = ("award__enrolment__intake__program", "award__enrolment__person", "approved_by", "sent_by")


class PaymentSerializer(serializers.ModelSerializer):
    award = serializers.UUIDField(source="award.public_id")
    name = serializers.CharField(source="award.enrolment.person.full_name")
    currency = serializers.CharField(source="award.currency")
    approved_by = serializers.CharField(allow_null=True)
    sent_by = serializers.CharField(allow_null=True)

    class Meta:
        model = Disbursement
        fields = [
            *("public_id", "award", "name", "number", "due_on", "amount", "currency", "status"),
            *("approved_by", "approved_at", "sent_by", "sent_at", "payment_reference"),
        ]


class PaymentListView(StaffIntakeRows, PartsView):
    """Every payment of an intake by the day it is due."""

    access = Access.COORDINATOR
    kind = ProgramKind.SCHOLARSHIP
    answer_class = PaymentSerializer
    ordering = ("due_on", "id")

    def parts(self) -> QuerySet[Disbursement]:
        return payments_of(self.row, self.viewer).select_related(*PEOPLE)


class LedgerEntrySerializer(serializers.ModelSerializer):
    by = serializers.CharField(allow_null=True)

    class Meta:
        model = LedgerEntry
        fields = ["step", "amount", "at", "by", "note"]


class PaymentDetailSerializer(PaymentSerializer):
    """With its ledger, to which rows are only ever added."""

    entries = serializers.SerializerMethodField()

    class Meta(PaymentSerializer.Meta):
        fields = [*PaymentSerializer.Meta.fields, "entries"]

    @extend_schema_field(LedgerEntrySerializer(many=True))
    def get_entries(self, payment: Disbursement) -> Any:
        rows = payment.entries.select_related("by").order_by("id")
        return LedgerEntrySerializer(rows, many=True).data


class PaymentRows:
    """Payments of the caller's organisation, never to themselves."""

    access = Access.COORDINATOR
    answer_class: Any = PaymentDetailSerializer

    def rows(self) -> QuerySet[Disbursement]:
        return Disbursement.objects.run_by(self.viewer).select_related(*PEOPLE)  # type: ignore[attr-defined]


class PaymentView(PaymentRows, ShowView):
    pass


class ApproveView(PaymentRows, DeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        approve_payment(payment=self.row, actor=self.actor)


class SendSerializer(FormSerializer):
    form_class = SendForm


class SendView(PaymentRows, DeedView):
    """Mark as sent. Whoever approved the payment is refused: it takes two people."""

    serializer_class = SendSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        send_payment(payment=self.row, **wanted, actor=self.actor)


class ConfirmView(PaymentRows, DeedView):
    """Mark as received, for a scholar who told us another way."""

    def deed(self, wanted: dict[str, Any]) -> None:
        confirm_payment(payment=self.row, actor=self.actor)


class ReturnView(PaymentRows, DeedView):
    """The bank sent it back."""

    serializer_class = AwardReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        return_payment(payment=self.row, **wanted, actor=self.actor)


class ReissueView(PaymentRows, DeedView):
    """Due again after it came back; approved and sent anew."""

    def deed(self, wanted: dict[str, Any]) -> None:
        reissue_payment(payment=self.row, actor=self.actor)


class RescheduleSerializer(FormSerializer):
    form_class = RescheduleForm


class RescheduleView(PaymentRows, DeedView):
    serializer_class = RescheduleSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        reschedule_payment(payment=self.row, **wanted, actor=self.actor)


class CancelView(PaymentRows, DeedView):
    serializer_class = AwardReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        cancel_payment(payment=self.row, **wanted, actor=self.actor)


class ReceivedView(DeedView):
    """The scholar says that the money arrived."""

    access = Access.SIGNED_IN
    answer_class = OwnPaymentSerializer

    def rows(self) -> QuerySet[Disbursement]:
        return Disbursement.objects.owned_by(self.viewer).select_related("award__enrolment")

    def deed(self, wanted: dict[str, Any]) -> None:
        confirm_payment(payment=self.row, actor=self.actor)
