"""The support I need: a task of an application, beside its sections."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.applications.enums import ApplicationStatus
from apps.applications.views.permissions import OwnDraftView
from apps.people.forms import SupportForm
from apps.people.views.support import save_support, support_form


class SupportView(OwnDraftView):
    """What would help to take part fully; kept apart from the application, with a consent of its own."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = support_form(request, self.application.person)
        return self._show(form)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = support_form(request, self.application.person, request.POST)
        status = save_support(request, self.application.person, form)
        return self._show(form, status) if status else self._back()

    def _back(self) -> HttpResponse:
        if self.application.status == ApplicationStatus.DRAFT:
            return self.onward()
        return redirect("portal:my-application", self.application.public_id)

    def _show(self, form: SupportForm, status: int = 200) -> HttpResponse:
        context = {"application": self.application, "intake": self.application.intake, "form": form}
        answer = render(self.request, "applications/application_support.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer
