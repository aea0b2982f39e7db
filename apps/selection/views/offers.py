"""Offers: a coordinator's list and the page of one offer, and the applicant's own pages."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.selection.enums import CONDITION_TONES, UNANSWERED, ConditionStatus, OfferStatus
from apps.selection.forms import ConditionForm, DeclineForm
from apps.selection.models import Offer, OfferCondition
from apps.selection.selectors import offers_of, standing_in_line
from apps.selection.services import decline_offer, record_offer_delivery, rescind_offer, settle_condition
from apps.selection.views.ranking import intake_or_404


class OffersView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        context = {
            "intake": intake,
            "page": keyset_page(offers_of(intake), request.GET.get("cursor"), order=("id",), size=50),
            "waiting": len(standing_in_line(intake)),
            "zone": zone_of(request, intake.time_zone),
        }
        return render(request, "selection/offer_list.html", context)


def offers_run_by(request: HttpRequest) -> QuerySet[Offer]:
    """Offers of the viewer's organisation, never one to themselves."""
    theirs = Offer.objects.visible_to(request.viewer).exclude(application__person__user_id=request.user.pk)
    return theirs.select_related("intake__program", "application__person")


class OfferManageView(View):
    """One offer as its coordinator sees it: answer, conditions, and what can be done."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, get_object_or_404(offers_run_by(request), public_id=public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """What became of one condition."""
        offer = get_object_or_404(offers_run_by(request), public_id=public_id)
        wanted = request.POST.get("condition", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 12 else 0
        condition = get_object_or_404(offer.conditions, pk=number)
        form = ConditionForm(request.POST, prefix=f"c{number}")
        if not form.is_valid():
            return self._show(request, offer, form, condition, 422)
        try:
            settle_condition(condition=condition, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            offer.refresh_from_db()
            return self._show(request, offer, form, condition, error.status)
        messages.success(request, _("Noted. The applicant is told."))
        return redirect("selection:offer-manage", public_id)

    def _show(
        self,
        request: HttpRequest,
        offer: Offer,
        form: ConditionForm | None = None,
        asked: OfferCondition | None = None,
        status: int = 200,
    ) -> HttpResponse:
        conditions = [
            (row, form if row == asked else ConditionForm(prefix=f"c{row.pk}", seen=row.status))
            for row in offer.conditions.select_related("decided_by")
        ]
        still_open = any(row.status == ConditionStatus.UNMET for row, _form in conditions)
        context = {
            "offer": offer,
            "intake": offer.intake,
            "conditions": conditions,
            "form": form,
            "tones": CONDITION_TONES,
            "takes_part": offer.status == OfferStatus.ACCEPTED and not still_open,
            "can_end": offer.status in UNANSWERED or (offer.status == OfferStatus.ACCEPTED and still_open),
            "zone": zone_of(request, offer.intake.time_zone),
        }
        return render(request, "selection/offer_manage.html", context, status=status)


class OfferActionView(View):
    """A coordinator called (the answer clock starts), or takes the offer back with a reason."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = get_object_or_404(offers_run_by(request), public_id=public_id)
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
        return redirect("selection:offer-manage", public_id)


class OfferView(View):
    """The applicant's offer. Accepting is a page of enrolments, reached by its name."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        offer = own_offer_or_404(request, public_id)
        conditions = list(offer.conditions.all())
        still_open = any(row.status == ConditionStatus.UNMET for row in conditions)
        context = {
            "offer": offer,
            "intake": offer.intake,
            "is_open": offer.status in UNANSWERED,
            "conditions": conditions,
            "is_held": offer.status == OfferStatus.ACCEPTED and still_open,
            "still_open": still_open,
            "tones": CONDITION_TONES,
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
