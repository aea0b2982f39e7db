"""For reviewers: ties they want to tell of before anything is assigned."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.models import User
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.reviews.models import KnownTie
from apps.reviews.selectors import told_ties
from apps.reviews.services import take_back_tie, tell_tie
from apps.reviews.tie_forms import TieForm


class TiesView(View):
    access = Access.REVIEWER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, TieForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TieForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        reviewer = User.objects.get(pk=request.viewer.user_id)
        try:
            tell_tie(reviewer=reviewer, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, status=error.status)
        messages.success(request, _("Thank you. Applications with this tie do not come to you."))
        return redirect("reviews:ties")

    def _show(self, request: HttpRequest, form: TieForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "rows": told_ties(request.viewer)}
        return render(request, "reviews/tie_list.html", context, status=status)


class TakeBackTieView(View):
    access = Access.REVIEWER

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        mine = KnownTie.objects.filter(reviewer=request.viewer.user_id)
        take_back_tie(tie=get_object_or_404(mine, pk=number), actor=request.actor)
        messages.success(request, _("This tie counts no more."))
        return redirect("reviews:ties")
