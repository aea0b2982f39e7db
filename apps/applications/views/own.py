"""Finding the applicant's own application, by account or by the browser that began it."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from apps.applications.models import Application
from apps.applications.selectors import assistance_for, own_application, read_sections, waiting_for_owner
from apps.core.access import Access
from apps.core.actors import on_behalf

#: Public ids of the drafts this browser began, newest last.
DRAFTS = "drafts"
#: What was typed into a section after the session had ended: {public id: {section: {name: [values]}}}.
KEPT = "kept_answers"
MOST_KEPT = 40_000
#: Where the page's script writes the id of the field that was left last; no question has a dot in its key.
LAST_EDITED = "last.edited"
OURS = {"csrfmiddlewaretoken", "version", "later", "more", LAST_EDITED}
FIELD_ID = re.compile(r"[A-Za-z0-9_-]{1,150}", re.ASCII)
#: Of a date or a place: its parts have no id by their own name.
PART = re.compile(r"_(day|month|year|country|subdivision|settlement)$")


def drafts_of(request: HttpRequest) -> list[str]:
    return list(request.session.get(DRAFTS, []))


def remember_draft(request: HttpRequest, application: Application) -> None:
    drafts = [each for each in drafts_of(request) if each != str(application.public_id)]
    request.session[DRAFTS] = [*drafts[-9:], str(application.public_id)]


def sign_in_url(application: Application, to: str) -> str:
    """Sign in, take the draft over, and come back to `to`."""
    claim = reverse("applications:claim", args=[application.public_id])
    return f"{claim}?{urlencode({'to': to})}"


def application_is_helped(request: HttpRequest) -> bool:
    """Whether the reader of this page is a helper and not the applicant."""
    return getattr(request, "assistance", None) is not None


def onward_url(request: HttpRequest, application: Application) -> str:
    """Where a sent application stands: on the applicant's page, or on their helper's."""
    page = "applications:helped" if application_is_helped(request) else "portal:my-application"
    return reverse(page, args=[application.public_id])


class OwnApplicationView(View):
    """A page about the visitor's own application, found once and kept as `self.application`.

    A visitor who does not own it is asked to sign in and comes back to this page; a person who signed
    in by another way than this page's link first takes over the draft this browser began; someone
    who is signed in and does not own it learns nothing: 404.
    """

    access: Access = Access.PUBLIC
    #: Whether who helps with this application may open the page too, while they do.
    open_to_helpers = False
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        application = own_application(request.viewer, drafts_of(request), kwargs["public_id"])
        signed_in = request.user.is_authenticated
        if application is None and signed_in:
            application = helped_application(request, kwargs["public_id"]) if self.open_to_helpers else None
        if application is None:
            return self.not_theirs(request, **kwargs)
        if application.person_id is None and signed_in:
            self.set_aside(request, **kwargs)
            return redirect(sign_in_url(application, request.get_full_path() + last_edited(request)))
        self.application = application
        if request.method == "GET":
            read_sections(application)
        return super().dispatch(request, *args, **kwargs)

    def not_theirs(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Someone began it for this person, or they have to say first who they are, or it is not theirs."""
        if waiting_for_owner(request.viewer).filter(public_id=kwargs["public_id"]).exists():
            return redirect("applications:take-over", kwargs["public_id"])
        if request.user.is_authenticated:
            raise Http404
        self.set_aside(request, **kwargs)
        return redirect_to_login(request.get_full_path() + last_edited(request))

    def set_aside(self, request: HttpRequest, **kwargs: Any) -> None:
        """Before leaving this page: keep what must not be lost."""


def helped_application(request: HttpRequest, public_id: UUID) -> Application | None:
    """From here on whatever is done is done on behalf of the applicant, and says so."""
    assistance = assistance_for(request.viewer, public_id)
    if assistance is None:
        return None
    application = assistance.application
    request.assistance = assistance
    request.actor = on_behalf(request.actor, application.person_id)
    return application


def last_edited(request: HttpRequest) -> str:
    """Where on the page to go on after signing in: "#id_why", or "" when nothing was typed.

    The script tells the field that was left last; without it, that is the last one with an answer.
    """
    told = request.POST.get(LAST_EDITED, "")
    if FIELD_ID.fullmatch(told):
        return f"#{told}"
    typed = [name for name, values in request.POST.lists() if name not in OURS and any(values)]
    typed = [name for name in typed if not name.endswith("_rows") and FIELD_ID.fullmatch(name)]
    return f"#id_{PART.sub('', typed[-1])}" if typed else ""


def keep_typed(request: HttpRequest, public_id: UUID, section: str) -> None:
    """Hold what was typed in the visitor's own new session until they have signed in again."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", LAST_EDITED) and sum(map(len, values)) < MOST_KEPT
    }
    if sum(len(value) for values in typed.values() for value in values) <= MOST_KEPT:
        request.session[KEPT] = {str(public_id): {section: typed}}


def take_typed(request: HttpRequest, public_id: UUID, section: str) -> dict[str, Any] | None:
    """What `keep_typed` held for this section; it is given out once."""
    kept = request.session.get(KEPT, {}).get(str(public_id), {}).get(section)
    if kept is not None:
        del request.session[KEPT]
    return kept
