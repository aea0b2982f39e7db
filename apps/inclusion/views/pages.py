"""Releasing figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.inclusion.services import ask_for_release


class ReleaseView(View):
    """An administrator asks for the figures of today; a worker counts them and makes them safe."""

    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        release = ask_for_release(actor=request.actor)
        words = _("Release {number} is being made. It takes about a minute; then it stands here.")
        messages.success(request, words.format(number=release.number))
        return redirect("inclusion:dashboard")
