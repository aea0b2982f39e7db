"""Finding the applicant's own application, by account or by the browser that began it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from apps.applications.models import Application
from apps.applications.selectors import own_application

#: Public ids of the drafts this browser began, newest last.
DRAFTS = "drafts"
#: What was typed into a section after the session had ended: {public id: {section: {name: [values]}}}.
KEPT = "kept_answers"
MOST_KEPT = 40_000


def drafts_of(request: HttpRequest) -> list[str]:
    return list(request.session.get(DRAFTS, []))


def remember_draft(request: HttpRequest, application: Application) -> None:
    drafts = [each for each in drafts_of(request) if each != str(application.public_id)]
    request.session[DRAFTS] = [*drafts[-9:], str(application.public_id)]


def own_or_404(request: HttpRequest, public_id: UUID) -> Application:
    found = own_application(request.viewer, drafts_of(request), public_id)  # type: ignore[attr-defined]
    return get_object_or_404(found)


def is_own(request: HttpRequest, public_id: UUID) -> bool:
    return own_application(request.viewer, drafts_of(request), public_id).exists()  # type: ignore[attr-defined]


def keep_typed(request: HttpRequest, public_id: UUID, section: str) -> None:
    """Hold what was typed in the visitor's own new session until they have signed in again."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken",) and sum(map(len, values)) < MOST_KEPT
    }
    if sum(len(value) for values in typed.values() for value in values) <= MOST_KEPT:
        request.session[KEPT] = {str(public_id): {section: typed}}


def take_typed(request: HttpRequest, public_id: UUID, section: str) -> dict[str, Any] | None:
    """What `keep_typed` held for this section; it is given out once."""
    kept = request.session.get(KEPT, {}).get(str(public_id), {}).get(section)
    if kept is not None:
        del request.session[KEPT]
    return kept
