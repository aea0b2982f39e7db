"""Offers: a coordinator's list with calls and the waitlist, and the applicant's own pages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.selection.forms import DeclineForm, ReasonForm
from apps.selection.models import Offer, WaitlistEntry
from apps.selection.selectors import offers_of, waitlist_of
from apps.selection.services import (
    decline_offer,
    leave_waitlist,
    record_offer_delivery,
    rescind_offer,
)
from apps.selection.services.answers import OPEN
from apps.selection.views.ranking import intake_or_404


class OffersView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        context = {
            "intake": intake,
            "page": keyset_page(offers_of(intake), request.GET.get("cursor"), order=("id",), size=50),
            "waitlist": waitlist_of(intake)[:200],
            "zone": zone_of(request, intake.time_zone),
            "reason_form": ReasonForm(),
        }
        return render(request, "selection/offer_list.html", context)


class OfferActionView(View):
    """A coordinator called (the answer clock starts), or takes the offer back with a reason."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = get_object_or_404(
            Offer.objects.visible_to(request.viewer).exclude(application__person__user_id=request.user.pk),
            public_id=public_id,
        )
        try:
            if "called" in request.POST:
                record_offer_delivery(offer_id=offer.pk, at=timezone.now(), actor=request.actor)
                messages.success(request, _("Noted: told by phone. The time to answer runs from now."))
            else:
                rescind_offer(offer=offer, reason=request.POST.get("reason", "")[:500], actor=request.actor)
                messages.success(request, _("The offer is taken back."))
        except DomainError as error:
            first = next(iter(error.fields.values()), [error.message])[0]
            messages.error(request, str(first))
        return redirect("selection:offer-list", offer.intake.public_id)


class OfferView(View):
    """The applicant's offer. Accepting is a page of enrolments, reached by its name."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = own_offer_or_404(request, public_id)
        context = {
            "offer": offer,
            "intake": offer.intake,
            "is_open": offer.status in OPEN,
            "form": DeclineForm(),
            "zone": zone_of(request, offer.intake.time_zone),
        }
        return render(request, "selection/offer_detail.html", context)


class DeclineView(View):
    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = own_offer_or_404(request, public_id)
        return render(
            request,
            "selection/offer_decline.html",
            {"offer": offer, "intake": offer.intake, "form": DeclineForm()},
        )

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = own_offer_or_404(request, public_id)
        form = DeclineForm(request.POST)
        if not form.is_valid():
            context = {"offer": offer, "intake": offer.intake, "form": form}
            return render(request, "selection/offer_decline.html", context, status=422)
        try:
            decline_offer(offer=offer, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("You declined the offer. Thank you for telling us."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("selection:offer-detail", public_id)


def own_offer_or_404(request: HttpRequest, public_id: UUID) -> Offer:
    mine = Offer.objects.owned_by(request.viewer).select_related(
        "intake__program__organisation", "application"
    )
    return get_object_or_404(mine, public_id=public_id)


class LeaveWaitlistView(View):
    access = Access.SIGNED_IN

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        entry = get_object_or_404(
            WaitlistEntry.objects.filter(application__person__user_id=request.user.pk),
            application__public_id=public_id,
        )
        try:
            leave_waitlist(entry=entry, actor=request.actor)
            messages.success(request, _("You have left the waitlist."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("portal:my-application", public_id)
