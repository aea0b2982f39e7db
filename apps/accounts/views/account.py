"""My account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from apps.accounts.forms import AccountForm
from apps.accounts.services.people import change_account
from apps.core.access import Access


class AccountView(FormView):
    access = Access.SIGNED_IN
    template_name = "accounts/account_detail.html"
    form_class = AccountForm

    def get_initial(self) -> dict[str, Any]:
        user = self.request.user
        return {"full_name": user.full_name, "language": user.language, "time_zone": user.time_zone}

    def form_valid(self, form: AccountForm) -> HttpResponse:
        change_account(user=self.request.user, **form.cleaned_data, actor=self.request.actor)
        messages.success(self.request, _("Saved."))
        return redirect("accounts:account")
