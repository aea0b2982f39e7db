"""Guards that every request passes."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.core.errors import DomainError

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RefuseBadTextMiddleware:
    """Refuse NUL and lone surrogates in addresses before anything reads them (PostgreSQL cannot).

    Form fields refuse them one by one with a message; an address has no field to show it at.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return HttpResponseBadRequest(_("This address contains a character we cannot read."))
        return self.get_response(request)


class DomainErrorMiddleware:
    """A DomainError that a view did not translate itself becomes a plain page with its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        logger.info("refused %s: %s", error.code, type(error).__name__)
        return render(request, "core/refused.html", {"error": error}, status=error.status)
