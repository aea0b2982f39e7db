"""One enrolment: what is missing, leaving it, and what staff write down about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, ShowView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer, as_json
from apps.core.api.serializers import StrictSerializer
from apps.enrolments.api.rows import OwnEnrolmentRows, StaffEnrolmentRows, StaffIntakeRows
from apps.enrolments.api.views import EnrolmentSerializer
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.forms import EndForm, ReasonForm, WithdrawForm
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import enrolment_history, today_at
from apps.enrolments.services import (
    complete_all_ready,
    complete_enrolment,
    end_enrolment,
    end_leave,
    may_end_as,
    reopen_enrolment,
    start_leave,
    withdraw_enrolment,
)


class EnrolmentDetailSerializer(EnrolmentSerializer):
    """`missing` says in words what stands between the person and completion."""

    kind = serializers.CharField(source="intake.program.kind")
    missing = serializers.SerializerMethodField()

    class Meta(EnrolmentSerializer.Meta):
        fields = [*EnrolmentSerializer.Meta.fields, "kind", "missing"]

    def get_missing(self, enrolment: Enrolment) -> list[str]:
        policy = enrolment_policies[enrolment.intake.program.kind]
        return [str(each) for each in policy.missing(enrolment=enrolment, on=today_at(enrolment.intake))]


class HistoryLineSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    words = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)


class StaffEnrolmentSerializer(EnrolmentDetailSerializer):
    name = serializers.CharField(source="person.full_name")
    history = HistoryLineSerializer(many=True, source="as_lines")

    class Meta(EnrolmentDetailSerializer.Meta):
        fields = [*EnrolmentDetailSerializer.Meta.fields, "name", "reason", "history"]

    def to_representation(self, instance: Enrolment) -> dict[str, Any]:
        instance.as_lines = enrolment_history(instance)
        return super().to_representation(instance)


class LeaveReasonSerializer(FormSerializer):
    form_class = ReasonForm


class WithdrawalSerializer(FormSerializer):
    form_class = WithdrawForm


class EndSerializer(StrictSerializer):
    """Ends that need a reason; "completed" only corrects an imported record."""

    status = serializers.ChoiceField(EnrolmentStatus.choices)
    reason = as_json(EndForm.base_fields["reason"])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        ends = may_end_as(self.context["view"].row)
        if attrs["status"] not in ends:
            raise serializers.ValidationError({"status": [_("Choose how taking part ended.")]})
        return {**attrs, "reason": LeaveReasonSerializer().validate({"reason": attrs["reason"]})["reason"]}


class EnrolmentView(OwnEnrolmentRows, ShowView):
    answer_class = EnrolmentDetailSerializer


class WithdrawView(OwnEnrolmentRows, DeedView):
    """Leave the program. The seat goes to the next person at once; nobody owes a reason."""

    serializer_class = WithdrawalSerializer
    answer_class = EnrolmentSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        withdraw_enrolment(enrolment=self.row, **wanted, actor=self.actor)


class StaffEnrolmentView(StaffEnrolmentRows, ShowView):
    answer_class = StaffEnrolmentSerializer


class StaffDeedView(StaffEnrolmentRows, DeedView):
    answer_class = StaffEnrolmentSerializer


class CompleteView(StaffDeedView):
    """Refused with what is missing while an obligation is open."""

    def deed(self, wanted: dict[str, Any]) -> None:
        complete_enrolment(enrolment=self.row, actor=self.actor)


class EndView(StaffDeedView):
    serializer_class = EndSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        end_enrolment(enrolment=self.row, **wanted, actor=self.actor)


class LeaveStartView(StaffDeedView):
    serializer_class = LeaveReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        start_leave(enrolment=self.row, **wanted, actor=self.actor)


class LeaveEndView(StaffDeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        end_leave(enrolment=self.row, actor=self.actor)


class ReopenView(StaffDeedView):
    """Undo an end. Needs a free seat when theirs was given away."""

    access = Access.COORDINATOR
    serializer_class = LeaveReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        reopen_enrolment(enrolment=self.row, **wanted, actor=self.actor)


class CompletedSerializer(serializers.Serializer):
    completed = serializers.IntegerField()


class CompleteReadyView(StaffIntakeRows, DeedView):
    """Complete everybody of an intake who has met every obligation."""

    answer_class = CompletedSerializer

    def deed(self, wanted: dict[str, Any]) -> dict[str, int]:
        return {"completed": complete_all_ready(intake=self.row, actor=self.actor)}
