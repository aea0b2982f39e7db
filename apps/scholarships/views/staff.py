"""Pages of coordinators who pay scholars: one approves, another sends."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.pages import ServiceActionView, ServiceFormView
from apps.core.paging import keyset_page
from apps.enrolments.views.access import StaffIntakeMixin, StaffProgramMixin
from apps.programs.enums import ProgramKind
from apps.scholarships.enums import AwardStatus, DisbursementStatus
from apps.scholarships.forms import PaymentFilterForm, ReasonForm, RescheduleForm, SendForm, TermsForm
from apps.scholarships.models import Award, Disbursement, ScholarshipTerms
from apps.scholarships.selectors import payments_of, totals_of
from apps.scholarships.services import (
    activate_award,
    approve_payment,
    cancel_payment,
    confirm_payment,
    reissue_payment,
    reschedule_payment,
    return_payment,
    send_payment,
    set_terms,
    suspend_award,
    terminate_award,
)

#: How many payments one click can approve: one screen of them.
AT_ONCE = 50


class TermsView(StaffProgramMixin, ServiceFormView):
    kind = ProgramKind.SCHOLARSHIP
    template_name = "scholarships/terms_edit.html"
    form_class = TermsForm
    done = _("Terms saved.")

    def get_initial(self) -> dict[str, Any]:
        return TermsForm.initial_of(ScholarshipTerms.objects.filter(program=self.program).first())

    def act(self, form: TermsForm) -> None:
        set_terms(program=self.program, actor=self.request.actor, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("scholarships:terms-edit", args=[self.program.public_id])


class PaymentListView(StaffIntakeMixin, TemplateView):
    """Every payment of an intake by the day it is due, with the total of each status."""

    access = Access.COORDINATOR
    kind = ProgramKind.SCHOLARSHIP
    template_name = "scholarships/payment_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PaymentFilterForm(self.request.GET)
        status = form.cleaned_data["status"] if form.is_valid() else ""
        payments = payments_of(self.intake, self.request.viewer)
        shown = payments.filter(status=status) if status else payments
        page = keyset_page(shown, self.request.GET.get("cursor"), order=("due_on", "id"), size=AT_ONCE)
        return super().get_context_data(
            page=page,
            form=form,
            totals=totals_of(payments),
            has_due=any(payment.status == DisbursementStatus.DUE for payment in page),
            terms=ScholarshipTerms.objects.filter(program=self.intake.program_id).first(),
            **kwargs,
        )


class PaymentsApproveView(StaffIntakeMixin, View):
    """Approve the payments ticked on the list, each on its own: one refusal does not stop the rest."""

    access = Access.COORDINATOR
    kind = ProgramKind.SCHOLARSHIP
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = [each for each in request.POST.getlist("payment") if len(each) <= 20 and each.isdecimal()]
        run = Disbursement.objects.run_by(request.viewer).filter(award__enrolment__intake=self.intake)
        approved = 0
        for payment in run.filter(pk__in=chosen[:AT_ONCE]).order_by("pk"):
            try:
                approve_payment(payment=payment, actor=request.actor)
                approved += 1
            except DomainError as error:
                messages.error(request, f"{payment}: {error.message}")
        words = ngettext("%(count)d payment approved.", "%(count)d payments approved.", approved)
        messages.success(request, words % {"count": approved})
        return redirect("scholarships:payment-list", self.intake.public_id)


class PaymentMixin:
    """A payment of the coordinator's organisation, never to themselves."""

    access = Access.COORDINATOR
    request: HttpRequest

    @cached_property
    def payment(self) -> Disbursement:
        run = Disbursement.objects.run_by(self.request.viewer)  # type: ignore[attr-defined]
        return get_object_or_404(
            run.select_related(
                "award__enrolment__intake__program",
                "award__enrolment__person__user",
                "approved_by",
                "sent_by",
            ),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_success_url(self) -> str:
        return reverse("scholarships:payment-detail", args=[self.payment.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            payment=self.payment, award=self.payment.award, enrolment=self.payment.award.enrolment, **kwargs
        )


class PaymentDetailView(PaymentMixin, TemplateView):
    """One payment: what can be done with it now, by whom, and its ledger."""

    template_name = "scholarships/payment_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.payment.entries.select_related("by").order_by("id")
        approved_it = self.payment.approved_by_id == self.request.viewer.user_id
        return super().get_context_data(entries=entries, approved_it=approved_it, **kwargs)


class PaymentApproveView(PaymentMixin, ServiceActionView):
    done = _("Approved. Another coordinator sends it.")

    def act(self) -> None:
        approve_payment(payment=self.payment, actor=self.request.actor)


class PaymentConfirmView(PaymentMixin, ServiceActionView):
    done = _("Marked as received.")

    def act(self) -> None:
        confirm_payment(payment=self.payment, actor=self.request.actor)


class PaymentReissueView(PaymentMixin, ServiceActionView):
    done = _("Due again. It needs approval and sending anew.")

    def act(self) -> None:
        reissue_payment(payment=self.payment, actor=self.request.actor)


class PaymentStepView(PaymentMixin, ServiceFormView):
    template_name = "scholarships/payment_step.html"
    form_class: Any = ReasonForm
    heading: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)


class PaymentSendView(PaymentStepView):
    form_class = SendForm
    heading = _("Mark as sent")
    done = _("Marked as sent. The scholar is told.")

    def act(self, form: SendForm) -> None:
        send_payment(payment=self.payment, actor=self.request.actor, **form.cleaned_data)


class PaymentRescheduleView(PaymentStepView):
    form_class = RescheduleForm
    heading = _("Change the day")
    done = _("The day is changed.")

    def get_initial(self) -> dict[str, Any]:
        return {"due_on": self.payment.due_on}

    def act(self, form: RescheduleForm) -> None:
        reschedule_payment(payment=self.payment, actor=self.request.actor, **form.cleaned_data)


class PaymentReturnView(PaymentStepView):
    heading = _("Mark as returned by the bank")
    done = _("Marked as returned.")

    def act(self, form: ReasonForm) -> None:
        return_payment(payment=self.payment, actor=self.request.actor, **form.cleaned_data)


class PaymentCancelView(PaymentStepView):
    heading = _("Cancel this payment")
    done = _("Cancelled.")

    def act(self, form: ReasonForm) -> None:
        cancel_payment(payment=self.payment, actor=self.request.actor, **form.cleaned_data)


class AwardMixin:
    access = Access.COORDINATOR
    request: HttpRequest

    @cached_property
    def award(self) -> Award:
        run = Award.objects.run_by(self.request.viewer)  # type: ignore[attr-defined]
        return get_object_or_404(
            run.select_related("enrolment__intake__program", "enrolment__person__user"),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_success_url(self) -> str:
        return reverse("scholarships:award-manage", args=[self.award.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(award=self.award, enrolment=self.award.enrolment, **kwargs)  # type: ignore[misc]


class AwardManageView(AwardMixin, TemplateView):
    """One award: its payments and what a coordinator may decide."""

    template_name = "scholarships/award_manage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = self.award.status
        return super().get_context_data(
            payments=self.award.disbursements.all(),
            may_activate=status == AwardStatus.AGREED,
            may_suspend=status == AwardStatus.ACTIVE,
            may_resume=status == AwardStatus.SUSPENDED,
            may_terminate=status not in (AwardStatus.COMPLETED, AwardStatus.TERMINATED),
            **kwargs,
        )


class AwardActivateView(AwardMixin, ServiceActionView):
    done = _("Active. Payments fall due on their days.")

    def act(self) -> None:
        activate_award(award=self.award, actor=self.request.actor)


class AwardStepView(AwardMixin, ServiceFormView):
    template_name = "scholarships/award_step.html"
    form_class = ReasonForm
    heading: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)


class AwardSuspendView(AwardStepView):
    heading = _("Suspend the award")
    done = _("Suspended. Nothing is paid until it resumes.")

    def act(self, form: ReasonForm) -> None:
        suspend_award(award=self.award, actor=self.request.actor, **form.cleaned_data)


class AwardResumeView(AwardStepView):
    heading = _("Resume the award")
    done = _("Active again.")

    def act(self, form: ReasonForm) -> None:
        activate_award(award=self.award, actor=self.request.actor, **form.cleaned_data)


class AwardTerminateView(AwardStepView):
    heading = _("End the award early")
    done = _("Ended. Payments that had not left are cancelled.")

    def act(self, form: ReasonForm) -> None:
        terminate_award(award=self.award, actor=self.request.actor, **form.cleaned_data)
