"""Awards: the scholar agrees, a coordinator starts, pauses and ends them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView, ShowView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import NothingSerializer
from apps.enrolments.api.rows import OwnEnrolmentRows, StaffIntakeRows, StaffProgramRows
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Program
from apps.scholarships.forms import ReasonForm, TermsForm
from apps.scholarships.models import Award, Disbursement, ScholarshipTerms
from apps.scholarships.selectors import award_of, next_step
from apps.scholarships.services import activate_award, agree_award, set_terms, suspend_award, terminate_award


class OwnPaymentSerializer(serializers.ModelSerializer):
    """As the scholar sees it: who approves and who sends is not their concern."""

    status_words = serializers.CharField(source="applicant_label")

    class Meta:
        model = Disbursement
        fields = ["public_id", "number", "due_on", "amount", "status_words", "sent_at"]


class OwnAwardSerializer(serializers.ModelSerializer):
    status_words = serializers.CharField(source="applicant_label")
    payments = OwnPaymentSerializer(many=True, source="disbursements")

    class Meta:
        model = Award
        fields = [
            *("status", "status_words", "amount", "currency", "agreed_at", "ended_at"),
            "payments",
        ]


class OwnScholarshipSerializer(serializers.Serializer):
    """`award` is null while it is being prepared."""

    award = OwnAwardSerializer(allow_null=True)
    next_step = serializers.CharField()


class OwnAwardRows(OwnEnrolmentRows):
    kind = ProgramKind.SCHOLARSHIP
    answer_class: Any = OwnScholarshipSerializer

    def answer(self, shown: Enrolment, status: int = 200) -> Any:
        award = award_of(shown)
        payments = list(award.disbursements.all()) if award else []
        step = str(next_step(award, payments))
        return super().answer({"award": award, "next_step": step}, status)  # type: ignore[misc]


class OwnAwardView(OwnAwardRows, ShowView):
    """My award, by my enrolment."""


class AgreeView(OwnAwardRows, DeedView):
    """Agree to the award. A coordinator starts its payments then."""

    def deed(self, wanted: dict[str, Any]) -> None:
        agree_award(award=get_object_or_404(Award, enrolment=self.row), actor=self.actor)


class AwardSerializer(serializers.ModelSerializer):
    enrolment = serializers.UUIDField(source="enrolment.public_id")
    name = serializers.CharField(source="enrolment.person.full_name")

    class Meta:
        model = Award
        fields = [
            *("public_id", "enrolment", "name", "status", "amount", "currency", "agreed_at", "ended_at"),
        ]


class AwardRows:
    """Awards of the caller's organisation, never their own."""

    access = Access.COORDINATOR
    answer_class: Any = AwardSerializer

    def rows(self) -> QuerySet[Award]:
        run = Award.objects.run_by(self.viewer)  # type: ignore[attr-defined]
        return run.select_related("enrolment__person", "enrolment__intake__program")


class AwardListView(StaffIntakeRows, PartsView):
    """Every award of an intake."""

    access = Access.COORDINATOR
    kind = ProgramKind.SCHOLARSHIP
    answer_class = AwardSerializer

    def parts(self) -> QuerySet[Award]:
        run = Award.objects.run_by(self.viewer).filter(enrolment__intake=self.row)
        return run.select_related("enrolment__person")


class AwardView(AwardRows, ShowView):
    pass


class AwardReasonSerializer(FormSerializer):
    form_class = ReasonForm


class ActivateView(AwardRows, DeedView):
    """Start the payments of an award the scholar agreed to."""

    serializer_class: Any = NothingSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        activate_award(award=self.row, actor=self.actor, **wanted)


class ResumeView(ActivateView):
    """Go on after a pause, with a reason."""

    serializer_class = AwardReasonSerializer


class SuspendView(AwardRows, DeedView):
    serializer_class = AwardReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        suspend_award(award=self.row, **wanted, actor=self.actor)


class TerminateView(AwardRows, DeedView):
    """End it early: payments that had not left are cancelled."""

    serializer_class = AwardReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        terminate_award(award=self.row, **wanted, actor=self.actor)


class ScholarshipTermsSerializer(serializers.ModelSerializer):
    class Meta:
        model = ScholarshipTerms
        fields = ["amount", "currency", "instalments", "months_between"]


class SetScholarshipTermsSerializer(serializers.Serializer):
    """`terms` is null until somebody has set them; no award is drafted before."""

    terms = ScholarshipTermsSerializer(allow_null=True)


class ScholarshipTermsChangeSerializer(FormSerializer):
    form_class = TermsForm


class TermsView(StaffProgramRows, ChangeView):
    """What every award of a program is worth and when it is paid."""

    kind = ProgramKind.SCHOLARSHIP
    serializer_class = ScholarshipTermsChangeSerializer
    answer_class = SetScholarshipTermsSerializer

    def answer(self, shown: Program, status: int = 200) -> Any:
        return super().answer({"terms": ScholarshipTerms.objects.filter(program=shown).first()}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_terms(program=self.row, **wanted, actor=self.actor)
