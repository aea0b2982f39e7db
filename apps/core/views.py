"""Pages of the site itself."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that outlived its token, as a second tab does after signing in, gets its words back.

    They are offered again only when the browser says that our own page sent them; a click on "Send it
    again" then goes with a new token.
    """
    ours = request.headers.get("origin") == f"{request.scheme}://{request.get_host()}"
    typed = [(name, value) for name, values in request.POST.lists() for value in values] if ours else []
    typed = [(name, value) for name, value in typed if name != "csrfmiddlewaretoken"]
    context = {"typed": typed, "has_files": bool(request.FILES)}
    return render(request, "403_csrf.html", context, status=403)


class OfflineView(TemplateView):
    """What the service worker shows when the network is away; it must not depend on a session."""

    access = Access.PUBLIC
    template_name = "core/offline.html"


class ServiceWorkerView(View):
    """The worker that shows the offline page. It lives at the root: a worker serves only what is below it."""

    access = Access.PUBLIC
    parts = ("kit/kit.css", "kit/icon.svg", "kit/zone.js", "kit/writing.js")

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("language", "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            offline_url = reverse("core:offline")
        parts = [static(part) for part in self.parts]
        version = hashlib.sha256(" ".join([offline_url, *parts]).encode()).hexdigest()[:12]
        context = {"offline_url": offline_url, "parts": parts, "version": version}
        answer = render(request, "core/service_worker.js", context, content_type="text/javascript")
        answer["Cache-Control"] = "no-cache"
        return answer


class ApiDocsView(TemplateView):
    """The API's documentation, drawn by a viewer served from our own static files."""

    access = Access.PUBLIC
    template_name = "core/api_docs.html"
