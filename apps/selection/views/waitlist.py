"""The waitlist: a coordinator's list with what can be done about it, and the applicant's own place."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.paging import keyset_page
from apps.programs.models import Intake
from apps.selection.enums import ON_THE_LIST, WaitlistStatus
from apps.selection.models import WaitlistEntry
from apps.selection.selectors import (
    band_of,
    own_entry,
    standing_in_line,
    still_listed,
    waitlist_of,
    waitlist_rule_of,
)
from apps.selection.services import (
    close_waitlist,
    fill_free_seats,
    leave_waitlist,
    put_back_entry,
    skip_entry,
)
from apps.selection.views.ranking import intake_or_404


class WaitlistView(View):
    """Who waits; and the two deeds that concern the whole list."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        context = {
            "intake": intake,
            "page": keyset_page(waitlist_of(intake), request.GET.get("cursor"), order=("position",), size=50),
            "rule": waitlist_rule_of(intake),
            "waiting": len(standing_in_line(intake)),
            "listed": still_listed(intake).exists(),
        }
        return render(request, "selection/waitlist_list.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        if "close" in request.POST:
            told = close_waitlist(intake=intake, actor=request.actor)
            words = ngettext(
                "The waitlist is closed. {n} person is told.",
                "The waitlist is closed. {n} people are told.",
                told,
            )
            messages.success(request, words.format(n=told))
        else:
            made = fill_free_seats(intake=intake, actor=request.actor)
            words = ngettext("{n} offer was made.", "{n} offers were made.", made)
            messages.success(request, words.format(n=made))
        return redirect("selection:waitlist", public_id)


class EntryActionView(View):
    """Pass over somebody for now, or let them wait again."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        theirs = WaitlistEntry.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
        entry = get_object_or_404(theirs.select_related("intake"), application__public_id=public_id)
        try:
            if "back" in request.POST:
                put_back_entry(entry=entry, actor=request.actor)
                messages.success(request, _("They wait again, at the position they had."))
            else:
                skip_entry(entry=entry, reason=request.POST.get("reason", "")[:500], actor=request.actor)
                messages.success(request, _("Passed over for now. They are told why."))
        except DomainError as error:
            first = next(iter(error.fields.values()), [error.message])[0]
            messages.error(request, str(first))
        return redirect("selection:waitlist", entry.intake.public_id)


class WaitlistPlaceView(View):
    """How many may get a place before me, said as exactly as the rule allows and no more."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        entry = own_entry(request.viewer, public_id)
        if entry is None:
            raise Http404
        context = {
            "entry": entry,
            "intake": entry.intake,
            "application": entry.application,
            "is_listed": entry.status in ON_THE_LIST,
            "band": band_of(entry) if entry.status == WaitlistStatus.WAITING else None,
        }
        return render(request, "selection/waitlist_place.html", context)


class LeaveWaitlistView(View):
    access = Access.SIGNED_IN

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        entry = own_entry(request.viewer, public_id)
        if entry is None:
            raise Http404
        try:
            leave_waitlist(entry=entry, actor=request.actor)
            messages.success(request, _("You have left the waitlist."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("portal:my-application", public_id)
