"""Pages of the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

from apps.core.access import Access


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


class OfflineView(TemplateView):
    """What the service worker shows when the network is away; it must not depend on a session."""

    access = Access.PUBLIC
    template_name = "core/offline.html"


class ApiDocsView(TemplateView):
    """The API's documentation, drawn by a viewer served from our own static files."""

    access = Access.PUBLIC
    template_name = "core/api_docs.html"
