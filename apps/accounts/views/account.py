"""My account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from apps.accounts.forms import AccountForm
from apps.accounts.selectors import has_api_token
from apps.accounts.services.people import change_account
from apps.accounts.services.tokens import end_token, make_token
from apps.core.access import Access


class AccountView(FormView):
    access = Access.SIGNED_IN
    template_name = "accounts/account_detail.html"
    form_class = AccountForm

    def get_initial(self) -> dict[str, Any]:
        user = self.request.user
        return {"full_name": user.full_name, "language": user.language, "time_zone": user.time_zone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_token=has_api_token(self.request.user), **kwargs)

    def form_valid(self, form: AccountForm) -> HttpResponse:
        change_account(user=self.request.user, **form.cleaned_data, actor=self.request.actor)
        messages.success(self.request, _("Saved."))
        return redirect("accounts:account")


class ApiTokenView(View):
    """A new key is shown once, on the page that answers; it is never stored in a session or a mail."""

    access = Access.SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        if "end" in request.POST:
            end_token(user=request.user, actor=request.actor)
            messages.success(request, _("The key no longer works."))
            return redirect("accounts:account")
        key = make_token(user=request.user, actor=request.actor)
        answer = render(request, "accounts/token_made.html", {"key": key})
        answer["Cache-Control"] = "no-store"
        return answer
