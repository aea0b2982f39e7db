"""One question of the draft, in full; and the texts of a section in one language."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.applications.diff_words import in_words
from apps.applications.forms.condition import ConditionForm
from apps.applications.forms.editing import QuestionForm, TextsForm
from apps.applications.rules import editing
from apps.applications.rules.form_diff import parts_changed
from apps.applications.rules.form_texts import save_texts, texts_mark, texts_of
from apps.applications.selectors import questions_before
from apps.applications.services.form_drafts import change_draft
from apps.applications.views.form_setup import FormEditorView
from apps.core.errors import Conflict, DomainError
from apps.core.forms import attach

NEW: dict[str, Any] = {"kind": "text", "label": {}}


class FormQuestionView(FormEditorView):
    """The question `key` of a section; a new one when there is no key in the address."""

    def get(self, request: HttpRequest, public_id: UUID, section: str, key: str = "") -> HttpResponse:
        question = self.find(section, key)
        seen = editing.mark(question) if key else ""
        return self.page(section, key, question, self.forms(section, key, question), seen)

    def find(self, section: str, key: str) -> dict[str, Any]:
        self.section(section)
        question = editing.find_question(self.definition, section, key) if key else NEW
        if question is None:
            raise Http404
        return question

    def forms(self, section: str, key: str, question: dict[str, Any], data: Any = None) -> list[Any]:
        known = questions_before(self.definition, section, key)
        return [
            QuestionForm(question, known, data),
            ConditionForm(known, question.get("when"), data, prefix="when"),
            ConditionForm(known, question.get("required_when"), data, prefix="needed"),
        ]

    def page(
        self,
        section: str,
        key: str,
        question: dict[str, Any],
        forms: list[Any],
        seen: str,
        status: int = 200,
        theirs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        form, when, needed = forms
        context = {"section": self.section(section), "key": key, "question": question, "seen": seen}
        return self.show(
            "form_question_setup", status, form=form, when=when, needed=needed, theirs=theirs, **context
        )

    def post(self, request: HttpRequest, public_id: UUID, section: str, key: str = "") -> HttpResponse:
        question = self.find(section, key)
        seen = request.POST.get("seen", "")
        forms = self.forms(section, key, question, request.POST)
        checked = [form.is_valid() for form in forms]
        if not all(checked):
            return self.page(section, key, question, forms, seen, 422)
        form, when, needed = forms
        typed = form.as_question(when.condition(), needed.condition())
        edit = partial(editing.save_question, section=section, key=key, seen=seen, question=typed)
        try:
            change_draft(intake=self.intake, edit=edit, actor=request.actor)
        except Conflict as error:
            attach(form, error)
            now = editing.mark(question) if key else ""
            parts = in_words(parts_changed(question, {"key": key, **typed}))
            theirs = {**question, "parts": parts}
            return self.page(section, key, question, forms, now, error.status, theirs=theirs)
        except DomainError as error:
            attach(form, error)
            return self.page(section, key, question, forms, seen, error.status)
        messages.success(request, _("Saved in the draft. It is in force when you publish it."))
        return redirect("applications:form-section-setup", public_id, section)


class FormTextsView(FormEditorView):
    """All texts of a section in one language, under those in English."""

    def get(self, request: HttpRequest, public_id: UUID, section: str, language: str) -> HttpResponse:
        found = self.section(section)
        return self.page(found, language, TextsForm(texts_of(found), language), texts_mark(found, language))

    def page(
        self, section: dict[str, Any], language: str, form: TextsForm, seen: str, status: int = 200
    ) -> HttpResponse:
        texts = texts_of(section)
        return self.show(
            "form_texts",
            status,
            section=section,
            form=form,
            seen=seen,
            language=language,
            language_name=self.name_of(language),
            done=sum(bool(text.texts.get(language)) for text in texts),
            all=len(texts),
        )

    def name_of(self, language: str) -> str:
        """One of ours, or one that the form has texts in already."""
        names = dict(settings.LANGUAGES)
        used = {
            code for part in self.definition["sections"] for text in texts_of(part) for code in text.texts
        }
        if language not in names and language not in used:
            raise Http404
        return str(names.get(language, language))

    def post(self, request: HttpRequest, public_id: UUID, section: str, language: str) -> HttpResponse:
        found, seen = self.section(section), request.POST.get("seen", "")
        form = TextsForm(texts_of(found), language, request.POST)
        if not form.is_valid():
            return self.page(found, language, form, seen, 422)
        edit = partial(save_texts, section=section, language=language, seen=seen, words=form.words())
        try:
            self.name_of(language)
            change_draft(intake=self.intake, edit=edit, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            form.show_theirs(texts_of(found))
            return self.page(found, language, form, texts_mark(found, language), error.status)
        messages.success(request, _("Saved in the draft. It is in force when you publish it."))
        return redirect("applications:form-texts", public_id, section, language)
