"""Your permissions and the support you need: tasks of an application beside its sections."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Role
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.applications.permission_forms import AskedConsentsForm, GuardianForm, PermissionsForm
from apps.applications.selectors import asked_purposes, guardianship_of, permissions_asked
from apps.applications.services.guardians import ask_guardian
from apps.applications.services.permissions import answer_permissions, set_asked_consents
from apps.applications.views.own import OwnApplicationView
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.people.enums import ConsentPurpose
from apps.people.selectors import wording_for
from apps.places.selectors import law_of
from apps.programs.models import Intake


class OwnDraftView(OwnApplicationView):
    """A task that needs an account: the answers belong to the person."""

    access = Access.SIGNED_IN

    @property
    def language(self) -> str:
        return get_language() or "en"

    def onward(self) -> HttpResponse:
        return redirect("applications:task-list", self.application.public_id)


class PermissionsView(OwnDraftView):
    """What the intake asks to allow, every box unticked; and a guardian where the age wants one."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if self.application.status != ApplicationStatus.DRAFT:
            return redirect("people:permissions")
        return self._show(PermissionsForm(permissions_asked(self.application, self.language)), GuardianForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        permissions = PermissionsForm(permissions_asked(self.application, self.language), request.POST)
        if not permissions.is_valid():
            return self._show(permissions, GuardianForm(), status=422)
        try:
            answer_permissions(
                application=self.application,
                answers=permissions.answers(),
                marks=permissions.marks(),
                language=self.language,
                actor=request.actor,
            )
        except DomainError as error:
            fresh = PermissionsForm(permissions_asked(self.application, self.language))
            messages.error(request, str(error.message))
            return self._show(fresh, GuardianForm(), status=error.status)
        if guardianship_of(self.application).blocks:
            messages.success(request, _("Saved. Now ask your parent or guardian, below."))
            return redirect("applications:permissions", public_id)
        messages.success(request, _("Saved."))
        return self.onward()

    def _show(self, permissions: PermissionsForm, guardian: GuardianForm, status: int = 200) -> HttpResponse:
        return show_permissions(self.request, self.application, permissions, guardian, self.language, status)


def show_permissions(
    request: HttpRequest,
    application: Application,
    permissions: PermissionsForm,
    guardian: GuardianForm,
    language: str,
    status: int = 200,
) -> HttpResponse:
    person = application.person
    asked = permissions_asked(application, language)
    context = {
        "application": application,
        "intake": application.intake,
        "permissions_form": permissions,
        "allowed": [each for each in asked if each.is_given],
        "application_wording": wording_for(person, ConsentPurpose.APPLICATION, language),
        "law": law_of(person.country_id if person else None),
        "guardianship": guardianship_of(application),
        "form": guardian,
    }
    answer = render(request, "applications/application_permissions.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


class GuardianAskView(OwnDraftView):
    """Name a guardian; the page of permissions shows the form and what came of it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = GuardianForm(request.POST)
        permissions = PermissionsForm(permissions_asked(self.application, self.language))
        if not form.is_valid():
            return show_permissions(request, self.application, permissions, form, self.language, 422)
        try:
            ask_guardian(application=self.application, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return show_permissions(request, self.application, permissions, form, self.language, error.status)
        messages.success(request, _("Asked. This page says when your guardian has answered."))
        return redirect("applications:permissions", public_id)


class AskedConsentsView(View):
    """Coordinators choose which permissions an intake asks for."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = self._intake(request, public_id)
        return self._show(request, intake, AskedConsentsForm(initial={"purposes": asked_purposes(intake)}))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = self._intake(request, public_id)
        form = AskedConsentsForm(request.POST)
        if not form.is_valid():
            return self._show(request, intake, form, 422)
        set_asked_consents(intake=intake, **form.cleaned_data, actor=request.actor)
        messages.success(request, _("Saved."))
        return redirect("programs:intake-setup", public_id)

    def _intake(self, request: HttpRequest, public_id: UUID) -> Intake:
        mine = Intake.objects.filter(program__organisation__in=request.viewer.at(Role.COORDINATOR))
        return get_object_or_404(mine.select_related("program"), public_id=public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: AskedConsentsForm, status: int = 200
    ) -> HttpResponse:
        context = {"intake": intake, "form": form}
        return render(request, "applications/asked_consents.html", context, status=status)
