"""Before reviewers read: words to hide and translations, answer by answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.applications.selectors import with_answers
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.reviews.desk_forms import PrepareForm, TranslationLanguageForm
from apps.reviews.selectors import copy_for, state_of_copy, written_answers
from apps.reviews.services import prepare_copy


class PrepareView(View):
    """One language at a time; each save replaces the marks and the translations into that language."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._application(request, public_id)
        language = TranslationLanguageForm(request.GET).wanted()
        answers = written_answers(application, language)
        form = PrepareForm(answers, language, initial=PrepareForm.initial_of(answers))
        return self._show(request, application, form, language)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._application(request, public_id)
        language = TranslationLanguageForm(request.GET).wanted()
        form = PrepareForm(written_answers(application, language), language, request.POST)
        if not form.is_valid():
            return self._show(request, application, form, language, status=422)
        try:
            prepare_copy(
                application=application,
                marks=form.marks(),
                translations=form.translations(),
                language=language,
                seen=request.POST.get("seen", ""),
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, application, form, language, status=error.status)
        messages.success(request, _("Saved. Reviewers see it from now on."))
        return redirect(f"{reverse('reviews:prepare', args=[public_id])}?language={language}")

    def _application(self, request: HttpRequest, public_id: UUID) -> Application:
        mine = Application.objects.run_by(request.viewer).select_related("intake__program")
        return get_object_or_404(with_answers(mine), public_id=public_id)

    def _show(
        self,
        request: HttpRequest,
        application: Application,
        form: PrepareForm,
        language: str,
        status: int = 200,
    ) -> HttpResponse:
        copy = copy_for(application, language)
        context = {
            "application": application,
            "intake": application.intake,
            "form": form,
            "lines": form.lines(),
            "language": language,
            "language_form": TranslationLanguageForm(initial={"language": language}),
            "copied": {answer.key: answer for section in copy.sections for answer in section.answers},
            "references": copy.references,
            "seen": request.POST.get("seen") if status == 422 else state_of_copy(application),
        }
        return render(request, "reviews/application_prepare.html", context, status=status)
