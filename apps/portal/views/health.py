"""Two addresses for probes. Live: the process answers. Ready: everything it needs answers too."""

from django.http import HttpRequest, JsonResponse
from django.views import View

from apps.core.access import Access
from apps.portal.selectors.health import what_is_wrong


class LiveView(View):
    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"status": "ok"})


class ReadyView(View):
    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> JsonResponse:
        problems = what_is_wrong()
        status = "not ready" if problems else "ok"
        return JsonResponse({"status": status, "problems": problems}, status=503 if problems else 200)
