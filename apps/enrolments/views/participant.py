"""Pages of the person who takes part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from apps.core.access import Access
from apps.core.pages import ServiceFormView
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.forms import WithdrawForm
from apps.enrolments.models import Enrolment
from apps.enrolments.services import take_up, withdraw_enrolment
from apps.enrolments.views.access import ParticipantMixin
from apps.people.enums import ConsentPurpose
from apps.people.selectors import has_consent
from apps.selection.models import Offer


class OfferAcceptView(View):
    """Yes to an offer. What refuses it (too late, taken back) is told on a page of its own."""

    access = Access.SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = get_object_or_404(Offer.objects.owned_by(request.viewer), public_id=public_id)
        enrolment = take_up(offer=offer, actor=request.actor)
        if enrolment is None:
            messages.success(
                request, _("You accepted the offer. The place is held for you until everything is settled.")
            )
            return redirect("selection:offer-detail", public_id)
        messages.success(request, _("You accepted the offer. Your place is yours."))
        if not has_consent(enrolment.person, ConsentPurpose.SUPPORT):
            messages.info(
                request, _("If you need support to take part fully, say so at the end of this page.")
            )
        return redirect("enrolments:enrolment-detail", enrolment.public_id)


class EnrolmentDetailView(View):
    """One address for every kind: leads participants to the page of theirs, staff to their own page."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        enrolment = get_object_or_404(
            Enrolment.objects.visible_to(request.viewer).select_related("intake__program", "person"),
            public_id=public_id,
        )
        if enrolment.person.user_id != request.viewer.user_id:
            return redirect("enrolments:enrolment-manage", public_id)
        return redirect(enrolment_policies[enrolment.intake.program.kind].participant_page, public_id)


class EnrolmentWithdrawView(ParticipantMixin, ServiceFormView):
    """Leaving asks once, plainly, and says what follows."""

    template_name = "enrolments/enrolment_withdraw.html"
    form_class = WithdrawForm
    done = gettext_lazy("You have left this program.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(takes_part=self.enrolment.status in TAKES_PART, **kwargs)

    def act(self, form: WithdrawForm) -> None:
        withdraw_enrolment(
            enrolment=self.enrolment, reason=form.cleaned_data["reason"], actor=self.request.actor
        )

    def get_success_url(self) -> str:
        return reverse("enrolments:enrolment-detail", args=[self.enrolment.public_id])
