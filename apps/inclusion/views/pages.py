"""Releasing figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.inclusion.services.releases import release_figures


class ReleaseView(View):
    """An administrator freezes the figures of today."""

    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        release = release_figures(actor=request.actor)
        messages.success(request, _("Release {number} is ready.").format(number=release.number))
        return redirect("inclusion:dashboard")
