"""The optional questions, and releasing figures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.core.access import Access
from apps.inclusion.forms import ProfileForm
from apps.inclusion.services.profiles import own_answers, remove_profile, store_profile
from apps.inclusion.services.releases import release_figures
from apps.people.enums import ConsentPurpose
from apps.people.selectors import wording_for


class ProfileView(View):
    """Offered after sending. The address names the application; the answers belong to the person."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._own(request, public_id)
        answers = own_answers(person=application.person, actor=request.actor)
        form = ProfileForm(initial={name: str(value) for name, value in answers.items()})
        return self._show(request, application, form, has_answers=bool(answers))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._own(request, public_id)
        if "remove" in request.POST:
            remove_profile(person=application.person, actor=request.actor)
            messages.success(request, _("Your answers are removed."))
            return redirect("portal:my-applications")
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return self._show(request, application, form, status=422)
        store_profile(
            person=application.person,
            answers=form.answers(),
            language=get_language() or "en",
            actor=request.actor,
        )
        messages.success(request, _("Thank you. Your answers are kept apart from your application."))
        return redirect("portal:my-applications")

    def _own(self, request: HttpRequest, public_id: UUID) -> Application:
        mine = Application.objects.owned_by(request.viewer).select_related("person")
        return get_object_or_404(mine, public_id=public_id)

    def _show(
        self,
        request: HttpRequest,
        application: Application,
        form: ProfileForm,
        *,
        has_answers: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        language = get_language() or "en"
        context = {
            "application": application,
            "form": form,
            "has_answers": has_answers,
            "wording": wording_for(application.person, ConsentPurpose.MONITORING, language),
        }
        answer = render(request, "inclusion/profile_form.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


class ReleaseView(View):
    """An administrator freezes the figures of today."""

    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        release = release_figures(actor=request.actor)
        messages.success(request, _("Release {number} is ready.").format(number=release.number))
        return redirect("inclusion:dashboard")
