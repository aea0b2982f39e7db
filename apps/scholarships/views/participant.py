"""The page of a scholar: the award, its payments, and what happens next."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.pages import ServiceActionView
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.views.access import ParticipantMixin
from apps.programs.enums import ProgramKind
from apps.scholarships.enums import AwardStatus
from apps.scholarships.models import Award, Disbursement
from apps.scholarships.selectors import award_of, next_step
from apps.scholarships.services import agree_award, confirm_payment


class AwardDetailView(ParticipantMixin, TemplateView):
    kind = ProgramKind.SCHOLARSHIP
    template_name = "scholarships/award_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        award = award_of(self.enrolment)
        payments = list(award.disbursements.all()) if award else []
        takes_part = self.enrolment.status in TAKES_PART
        return super().get_context_data(
            award=award,
            payments=payments,
            next_step=next_step(award, payments),
            may_agree=bool(award and award.status == AwardStatus.DRAFTED and takes_part),
            **kwargs,
        )


class AwardAgreeView(ParticipantMixin, ServiceActionView):
    kind = ProgramKind.SCHOLARSHIP
    done = _("You agreed to the award.")

    def act(self) -> None:
        award = get_object_or_404(Award, enrolment=self.enrolment)
        agree_award(award=award, actor=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("scholarships:award-detail", args=[self.enrolment.public_id])


class PaymentReceivedView(ServiceActionView):
    """The scholar says that the money arrived."""

    access = Access.SIGNED_IN
    done = _("Thank you. We know now that the money arrived.")
    request: HttpRequest

    @cached_property
    def payment(self) -> Disbursement:
        own = Disbursement.objects.owned_by(self.request.viewer).select_related("award__enrolment")
        public_id: UUID = self.kwargs["public_id"]
        return get_object_or_404(own, public_id=public_id)

    def act(self) -> None:
        confirm_payment(payment=self.payment, actor=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("scholarships:award-detail", args=[self.payment.award.enrolment.public_id])
