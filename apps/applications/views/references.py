"""The applicant's page of referees: who is asked, how far it is, and what can be done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from apps.applications.enums import ReferenceStatus
from apps.applications.models import Reference
from apps.applications.reference_forms import RefereeForm
from apps.applications.references import ASKING, reference_task, references_for_applicant, terms_of
from apps.applications.services.references import ask_referee, name_referee, remind_referee, take_back
from apps.applications.views.own import OwnApplicationView, sign_in_url
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of


class RefereesView(OwnApplicationView):
    """All referees of one application, and the form that names another while a place is free.

    A visitor whose draft has no account reads it, but signs in before naming anyone: a referee must
    know who asks, and nobody sends mail to strangers through us without an account.
    """

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, RefereeForm(initial={"language": self.application.language}))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(sign_in_url(self.application, request.path))
        form = RefereeForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        ask_now = "later" not in request.POST
        try:
            named = name_referee(
                application=self.application, details=form.details(), ask_now=ask_now, actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, status=error.status)
        _say_named(request, named)
        return redirect("applications:references", public_id)

    def _show(self, request: HttpRequest, form: RefereeForm, status: int = 200) -> HttpResponse:
        task = reference_task(self.application)
        lines = references_for_applicant(self.application)
        if task is None and not lines:
            raise Http404
        is_open = self.application.status in ASKING
        context = {
            **_about(request, self),
            "lines": lines,
            "task": task,
            "is_open": is_open,
            "form": form if is_open and task and task.named < task.wanted else None,
        }
        return render(request, "applications/references.html", context, status=status)


class OwnReferenceView(OwnApplicationView):
    """One reference of the visitor's own application, kept as `self.reference`."""

    access = Access.SIGNED_IN
    reference: Reference

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Reference.objects.owned_by(request.viewer).filter(application__public_id=kwargs["public_id"])
        rows = found.select_related("application")
        self.reference = get_object_or_404(rows, public_id=kwargs["reference_id"])
        if self.reference.status == ReferenceStatus.CANCELLED:  # the second of two clicks
            return redirect("applications:references", kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)


class ReferenceActView(OwnReferenceView):
    """Ask, remind or take back, with one button each."""

    def post(self, request: HttpRequest, public_id: UUID, reference_id: UUID) -> HttpResponse:
        done = {
            "ask": (ask_referee, _("We have sent {name} a message.")),
            "remind": (remind_referee, _("We have reminded {name}.")),
            "take-back": (take_back, _("We no longer ask {name}.")),
        }
        act, words = done.get(request.POST.get("act", ""), (None, ""))
        if act is None:
            messages.error(request, _("Choose what to do."))
            return redirect("applications:references", public_id)
        try:
            act(reference=self.reference, actor=request.actor)
            messages.success(request, words.format(name=self.reference.name))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:references", public_id)


class ReferenceReplaceView(OwnReferenceView):
    """Somebody else, or the same person at another address, in the place of one."""

    def get(self, request: HttpRequest, public_id: UUID, reference_id: UUID) -> HttpResponse:
        initial = {"language": self.reference.language}
        if self.reference.status == ReferenceStatus.BOUNCED:
            initial |= {name: getattr(self.reference, name) for name in ("name", "relation", "email")}
        return self._show(request, RefereeForm(initial=initial))

    def post(self, request: HttpRequest, public_id: UUID, reference_id: UUID) -> HttpResponse:
        form = RefereeForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        try:
            named = name_referee(
                application=self.application,
                details=form.details(),
                ask_now="later" not in request.POST,
                replaces=self.reference,
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, status=error.status)
        _say_named(request, named)
        return redirect("applications:references", public_id)

    def _show(self, request: HttpRequest, form: RefereeForm, status: int = 200) -> HttpResponse:
        context = {**_about(request, self), "reference": self.reference, "form": form}
        return render(request, "applications/reference_replace.html", context, status=status)


def _about(request: HttpRequest, view: OwnApplicationView) -> dict[str, Any]:
    application = view.application
    return {
        "application": application,
        "intake": application.intake,
        "terms": terms_of(application.intake),
        "zone": zone_of(request, application.intake.time_zone),
        "sign_in_url": sign_in_url(application, request.path),
    }


def _say_named(request: HttpRequest, named: Reference) -> None:
    asked = named.status != ReferenceStatus.DRAFTED
    words = (
        _("We have sent {name} a message.") if asked else _("{name} is noted. We have not asked them yet.")
    )
    messages.success(request, words.format(name=named.name))
