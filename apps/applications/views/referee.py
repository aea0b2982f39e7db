"""The referee's pages: no account, one signed link, in the referee's own language.

The link's page only checks the signature, remembers the reference in this browser's session and leads
to an address without the secret, so that no log, history or Referer of a later page carries it.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from apps.applications.enums import ReferenceStatus
from apps.applications.models import Reference
from apps.applications.referee_links import public_id_from
from apps.applications.reference_forms import AnswersForm, DeclineForm
from apps.applications.references import is_open_to_referee, name_of_applicant, reference_for_referee
from apps.applications.rules.references import read_asked
from apps.applications.services.referees import (
    decline_reference,
    give_reference,
    open_reference,
    save_reference,
)
from apps.core.access import Access
from apps.core.errors import Conflict, DomainError, Invalid
from apps.core.forms import attach
from apps.core.zones import zone_of

#: Public ids of the references whose links were opened in this browser, newest last.
OPENED = "references_opened"


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """Changes nothing: mail scanners follow links. A wrong link and an old one get the same answer."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        public_id = public_id_from(token)
        if public_id is None or reference_for_referee(public_id) is None:
            return redirect("applications:referee-closed")
        others = [each for each in request.session.get(OPENED, []) if each != str(public_id)]
        request.session[OPENED] = [*others[-9:], str(public_id)]
        return redirect("applications:referee-answer", public_id)


class ClosedView(View):
    """For links that lead nowhere: what may have happened, and what to do."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "applications/referee_closed.html", status=404)


@method_decorator(never_cache, name="dispatch")
class RefereeView(View):
    """A page about one open reference, kept as `self.reference`; the browser has opened its link."""

    access = Access.PUBLIC
    reference: Reference

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        public_id = kwargs["public_id"]
        known = str(public_id) in request.session.get(OPENED, [])
        found = reference_for_referee(public_id) if known else None
        if found is None:
            return self.say_closed(request, None, status=404)
        self.reference = found
        if found.status == ReferenceStatus.GIVEN:
            return render(request, "applications/referee_thanks.html", self.about(request))
        if not is_open_to_referee(found):
            return self.say_closed(request, found, status=410)
        return super().dispatch(request, *args, **kwargs)

    def say_closed(self, request: HttpRequest, reference: Reference | None, *, status: int) -> HttpResponse:
        """What was typed into a page that closed meanwhile is shown once more, to be copied."""
        names = ("csrfmiddlewaretoken", "version", "send", "later")
        typed = [value for name, value in request.POST.items() if name not in names and value.strip()]
        context = {"reference": reference, "typed": typed}
        return render(request, "applications/referee_closed.html", context, status=status)

    def about(self, request: HttpRequest) -> dict[str, Any]:
        application = self.reference.application
        return {
            "reference": self.reference,
            "intake": application.intake,
            "applicant": name_of_applicant(application),
            "zone": zone_of(request, application.intake.time_zone),
        }


class AnswerView(RefereeView):
    """The questions. What was typed is kept by either button, whatever is wrong with it."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if request.method == "GET":
            open_reference(reference=self.reference, actor=request.actor)
        form = AnswersForm(read_asked(self.reference.questions), initial=self.reference.answers)
        return self._show(request, form, self.reference.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = AnswersForm(read_asked(self.reference.questions), request.POST)
        complete, version = form.is_valid(), _number(request.POST.get("version", ""))
        values: dict[str, Any] = {"reference": self.reference, "answers": form.answers()}
        try:
            if complete and "later" not in request.POST:
                give_reference(**values, version=version, actor=request.actor)
                return redirect("applications:referee-answer", public_id)
            kept = save_reference(**values, version=version, actor=request.actor)
        except Conflict as error:
            return self._say_both(request, form, error)
        except Invalid as error:
            attach(form, error)
            return self._show(request, form, version, status=error.status)
        if "later" in request.POST:
            blank = AnswersForm(form.questions, initial=kept.answers)
            return self._show(request, blank, kept.version, kept=True)
        return self._show(request, form, kept.version, status=422, kept=True)

    def _say_both(self, request: HttpRequest, form: AnswersForm, error: DomainError) -> HttpResponse:
        now = reference_for_referee(self.reference.public_id)
        if now is None or not is_open_to_referee(now):
            return self.say_closed(request, now, status=410)
        theirs = [
            (form[question.key].label, question.in_words(now.answers.get(question.key, "")))
            for question in form.questions
        ]
        attach(form, error)
        return self._show(request, form, now.version, status=409, theirs=theirs)

    def _show(
        self, request: HttpRequest, form: AnswersForm, version: int, status: int = 200, **extra: Any
    ) -> HttpResponse:
        context = {**self.about(request), "form": form, "version": version, **extra}
        return render(request, "applications/referee_answer.html", context, status=status)


class DeclineView(RefereeView):
    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, DeclineForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        try:
            decline_reference(
                reference=self.reference, reason=form.cleaned_data["reason"], actor=request.actor
            )
        except Conflict:
            return self.say_closed(request, reference_for_referee(public_id), status=410)
        return render(request, "applications/referee_thanks.html", {**self.about(request), "declined": True})

    def _show(self, request: HttpRequest, form: DeclineForm, status: int = 200) -> HttpResponse:
        context = {**self.about(request), "form": form, "heading": _("Decline to give a reference")}
        return render(request, "applications/referee_decline.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
