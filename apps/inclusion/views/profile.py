"""The optional questions: offered after sending, and once more when a place is accepted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.core.access import Access
from apps.inclusion.enums import Occasion
from apps.inclusion.forms import ProfileForm
from apps.inclusion.selectors import occasion_of, questions_for
from apps.inclusion.services import note_asked, own_answers, remove_profile, store_profile
from apps.people.enums import ConsentPurpose
from apps.people.selectors import wording_for


class ProfileView(View):
    """The address names the application; the answers belong to the person."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._own(request, public_id)
        occasion = occasion_of(application)
        note_asked(application=application, occasion=occasion, actor=request.actor)
        answers = own_answers(person=application.person, actor=request.actor)
        initial = {name: str(value) for name, value in answers.items()}
        form = ProfileForm(initial=initial, questions=questions_for(application.person))
        return self._show(request, application, form, occasion, has_answers=bool(answers))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._own(request, public_id)
        if "remove" in request.POST:
            remove_profile(person=application.person, actor=request.actor)
            messages.success(request, _("Your answers are removed."))
            return redirect("portal:my-applications")
        occasion = occasion_of(application)
        form = ProfileForm(request.POST, questions=questions_for(application.person))
        if not form.is_valid():
            return self._show(request, application, form, occasion, status=422)
        mode, answered_by = form.how
        store_profile(
            person=application.person,
            answers=form.answers(),
            language=get_language() or "en",
            occasion=occasion,
            mode=mode,
            answered_by=answered_by,
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
        occasion: Occasion,
        *,
        has_answers: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        language = get_language() or "en"
        context: dict[str, Any] = {
            "form": form,
            "has_answers": has_answers,
            "is_once_more": occasion == Occasion.AT_ACCEPTANCE,
            "wording": wording_for(application.person, ConsentPurpose.MONITORING, language),
        }
        answer = render(request, "inclusion/profile_form.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer
