"""The applicant's side of help: who helps me, take over, end it, invite."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.answers import read_answers
from apps.applications.forms.helping import InviteHelperForm, RouteForm
from apps.applications.models import Application
from apps.applications.selectors import (
    documents_of,
    form_of,
    helper_organisations,
    typists,
    waiting_for_owner,
)
from apps.applications.services import choose_route, end_assistance, invite_helper, take_over
from apps.applications.views.own import OwnApplicationView
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach


class TakeOverView(View):
    """Someone began this for the reader of this mail address: look at it, and take it over."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._find(request, public_id)
        if application.person is not None and application.person.user_id == request.user.pk:
            return redirect("applications:my-helper", public_id)
        context = {
            "application": application,
            "intake": application.intake,
            "assistance": application.assistances.select_related("organisation").order_by("-id").first(),
            "sections": read_answers(application, form_of(application), documents_of(application)),
            "typed": typists(application),
        }
        return render(request, "applications/take_over.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._find(request, public_id)
        try:
            take_over(application=application, user=request.user, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("portal:my-applications")
        messages.success(request, _("The application is in your hands. Nobody else can change it now."))
        return redirect("applications:task-list", public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> Application:
        """Told to this address and not taken yet, or the reader's own already; else it does not exist."""
        rows = Application.objects.filter(public_id=public_id).select_related(
            "intake__program__organisation", "form_version", "person"
        )
        own = rows.owned_by(request.viewer).first()
        waiting = waiting_for_owner(request.viewer).filter(public_id=public_id)
        found = own or waiting.select_related("form_version", "person").first()
        if found is None:
            raise Http404
        return found


class MyHelperView(OwnApplicationView):
    """Who helps me, what they typed, who gets the messages; end it, or invite someone."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        steps = {"invite": self._invite, "route": self._route, "end": self._end}
        step = steps.get(request.POST.get("do", ""))
        return step(request) if step else self._show(request)

    def _invite(self, request: HttpRequest) -> HttpResponse:
        form = InviteHelperForm(request.POST, organisations=helper_organisations())
        return self._try(request, form, invite_helper, _("They can help you now."))

    def _route(self, request: HttpRequest) -> HttpResponse:
        return self._try(request, RouteForm(request.POST), choose_route, _("Saved."))

    def _try(self, request: HttpRequest, form: Any, act: Any, done: str) -> HttpResponse:
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            act(application=self.application, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, error.status)
        messages.success(request, done)
        return redirect("applications:my-helper", self.application.public_id)

    def _end(self, request: HttpRequest) -> HttpResponse:
        """Taking over and ending are one thing once the application is the applicant's own."""
        end_assistance(application=self.application, actor=request.actor)
        messages.success(request, _("Nobody helps you any more. Only you can open this application."))
        return redirect("applications:my-helper", self.application.public_id)

    def _show(self, request: HttpRequest, form: Any = None, status: int = 200) -> HttpResponse:
        application = self.application
        active = application.assistances.active().select_related("organisation", "helper").first()
        if form is None:
            route = {"route": application.notice_route}
            invite = InviteHelperForm(organisations=helper_organisations(), initial=route)
            form = RouteForm(initial=route) if active else invite
        context = {
            "application": application,
            "intake": application.intake,
            "assistance": active,
            "form": form,
            "names": sorted(set(typists(application).values())),
        }
        return render(request, "applications/my_helper.html", context, status=status)
