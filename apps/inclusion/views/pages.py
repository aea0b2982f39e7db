"""Releasing figures."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.pages import ServiceFormView
from apps.inclusion.enums import Cadence
from apps.inclusion.models import Release
from apps.inclusion.release_forms import RestateForm
from apps.inclusion.selectors import latest_quarter
from apps.inclusion.selectors.tidy import release_numbered
from apps.inclusion.services import ask_for_release


class ReleaseView(View):
    """An administrator asks for the figures of today; a worker counts them and makes them safe."""

    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        release = ask_for_release(actor=request.actor)
        words = _("Release {number} is being made. It takes about a minute; then it stands here.")
        messages.success(request, words.format(number=release.number))
        return redirect("inclusion:dashboard")


class RestateView(ServiceFormView):
    """An administrator has the latest quarter counted again, and says why. Both releases stay readable."""

    access = Access.ADMINISTRATOR
    template_name = "inclusion/release_restate.html"
    form_class = RestateForm
    success_url = reverse_lazy("inclusion:dashboard")

    @cached_property
    def quarter(self) -> Release:
        release = release_numbered(self.kwargs["number"])
        if release is None or release.cadence != Cadence.QUARTER:
            raise Http404
        return release

    def act(self, form: RestateForm) -> None:
        asked = ask_for_release(
            cadence=Cadence.QUARTER,
            as_of=self.quarter.as_of,
            restates=self.quarter,
            reason=form.cleaned_data["reason"],
            actor=self.request.actor,
        )
        words = _("Release {number} counts {period} again. It takes about a minute; then it stands here.")
        self.done = words.format(number=asked.number, period=asked.period)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(quarter=self.quarter, latest=latest_quarter(), **kwargs)
