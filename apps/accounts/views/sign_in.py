"""Signing in by code: one page for newcomers and old friends, with the same answer for both."""

from allauth.account.views import RequestLoginCodeView
from django.http import HttpResponse
from django.utils.translation import get_language

from apps.accounts.forms import RequestCodeForm
from apps.accounts.services.people import open_account
from apps.core.access import Access


class RequestCodeView(RequestLoginCodeView):
    access = Access.PUBLIC

    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        if form._user is None:
            form._user = open_account(
                email=form.cleaned_data["email"],
                language=get_language() or "en",
                actor=self.request.actor,  # type: ignore[attr-defined]
            )
        return super().form_valid(form)
