"""The groups I want to be counted in: a task of an application, apart from its answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.applications.enums import ApplicationStatus
from apps.applications.forms.declaring import DeclarationForm
from apps.applications.selectors import Declaring, declaring_of
from apps.applications.services import declare_groups, withdraw_declaration
from apps.applications.views.own import OwnApplicationView, application_is_helped, onward_url
from apps.core.errors import DomainError


class DeclarationView(OwnApplicationView):
    """Asked only where targets have a part in choosing people. A helper sees it until it is sent."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        declaring = self._declaring(request)
        said = declaring.said
        return self._show(DeclarationForm(declaring.groups, initial={"groups": said.groups if said else []}))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = DeclarationForm(self._declaring(request).groups, request.POST)
        try:
            if "withdraw" in request.POST:
                withdraw_declaration(application=self.application, actor=request.actor)
            elif form.is_valid():
                groups = form.cleaned_data["groups"]
                declare_groups(application=self.application, groups=groups, actor=request.actor)
            else:
                return self._show(form, status=422)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("applications:declaration", public_id)
        messages.success(request, _("Saved."))
        if self.application.status == ApplicationStatus.DRAFT:
            return redirect("applications:task-list", public_id)
        return redirect(onward_url(request, self.application))

    def _declaring(self, request: HttpRequest) -> Declaring:
        """What is asked here; 404 where nothing is, and for a helper once it is sent."""
        found = declaring_of(self.application)
        is_sent = self.application.status != ApplicationStatus.DRAFT
        if found is None or (is_sent and application_is_helped(request)):
            raise Http404
        return found

    def _show(self, form: DeclarationForm, status: int = 200) -> HttpResponse:
        context = {
            "application": self.application,
            "intake": self.application.intake,
            "declaring": declaring_of(self.application),
            "form": form,
        }
        answer = render(self.request, "applications/application_declaration.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer
