"""Saying whose phone this is, and leaving it."""

from allauth.account.views import LogoutView
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.devices import Device, device_of, forget_device, remember_device


class DeviceView(View):
    """The question on a page of its own, to answer it or to change the answer."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/device_edit.html", {"onward": self._onward(request.GET.get("next"))})

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = redirect(self._onward(request.POST.get("next")))
        if (said := request.POST.get("device", "")) in list(Device):
            remember_device(request, answer, Device(said))
        return answer

    def _onward(self, to: str | None) -> str:
        return to if to and url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/"


class FinishView(View):
    """Leaving a phone that others use: signed in or not, nothing stays behind on it."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/device_finish.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.success(request, _("Finished. Nothing you typed is kept on this phone."))
        return forget_device(redirect("/"), pages_too=True)


class SignOutView(LogoutView):
    access = Access.PUBLIC

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        shared = device_of(self.request) is not Device.OWN
        return forget_device(super().post(*args, **kwargs), pages_too=shared)
