"""Signing in by code: one page for newcomers and old friends, with the same answer for both."""

from typing import Any

from allauth.account.stages import LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from apps.accounts.forms import ConfirmCodeForm, RequestCodeForm
from apps.accounts.services.people import open_account
from apps.core.access import Access
from apps.core.devices import Device, device_of, remember_device


class RequestCodeView(RequestLoginCodeView):
    """Also open while a code is on its way: for another address, or when the next page never arrived.

    The library would send everyone on to the code, and forget where they came from.
    """

    access = Access.PUBLIC

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None

    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        if form._user is None:
            form._user = open_account(
                email=form.cleaned_data["email"],
                language=get_language() or "en",
                actor=self.request.actor,  # type: ignore[attr-defined]
            )
        return super().form_valid(form)


class ConfirmCodeView(ConfirmLoginCodeView):
    """The code, and once for each browser whose phone it is: one page less on a slow link."""

    access = Access.PUBLIC

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        form = super().get_form(*args, **kwargs)
        if device_of(self.request):
            form.fields.pop("device", None)
        return form

    def form_valid(self, form: ConfirmCodeForm) -> HttpResponse:
        answer = super().form_valid(form)
        if said := form.cleaned_data.get("device"):
            remember_device(self.request, answer, Device(said))
        return answer
