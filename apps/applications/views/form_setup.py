"""Coordinators edit the next version of an application form: its sections in order, and one section."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.forms.condition import ConditionForm
from apps.applications.forms.editing import AddSectionForm, SectionTextForm
from apps.applications.models import FormVersion
from apps.applications.rules import editing
from apps.applications.rules.form_texts import coverage
from apps.applications.selectors import current_draft, intakes_to_set_up, questions_before
from apps.applications.services.form_drafts import Edit, change_draft
from apps.applications.services.form_versions import form_version_of
from apps.core.access import Access
from apps.core.errors import Conflict, DomainError
from apps.core.forms import attach
from apps.programs.models import Intake


class FormEditorView(View):
    """What the pages of the editor have in common: the intake, and the version to look at."""

    access = Access.COORDINATOR
    intake: Intake
    version: FormVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.public_id: UUID = kwargs["public_id"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.intake = get_object_or_404(intakes_to_set_up(request.viewer), public_id=self.public_id)
        in_force = form_version_of(intake=self.intake, actor=request.actor)
        self.draft = current_draft(self.intake)
        self.version = self.draft or in_force
        return super().dispatch(request, *args, **kwargs)

    @property
    def definition(self) -> dict[str, Any]:
        return self.version.definition

    def section(self, key: str) -> dict[str, Any]:
        found = editing.find_section(self.definition, key)
        if found is None:
            raise Http404
        return found

    def change(self, edit: Edit) -> bool:
        """Change the draft; a refusal becomes a message."""
        try:
            change_draft(intake=self.intake, edit=edit, actor=self.request.actor)
        except DomainError as error:
            messages.error(self.request, str(error.message))
            return False
        messages.success(self.request, _("Saved in the draft. It is in force when you publish it."))
        return True

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        context = {"intake": self.intake, "version": self.version, "draft": self.draft, **context}
        return render(self.request, f"applications/{template}.html", context, status=status)


class FormSetupView(FormEditorView):
    """The sections and questions in order: add, move, remove."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self.page(AddSectionForm())

    def page(self, form: AddSectionForm, status: int = 200) -> HttpResponse:
        names = dict(settings.LANGUAGES)
        languages = coverage(self.definition, list(names))
        sections = [(section, editing.mark(section)) for section in self.definition["sections"]]
        return self.show(
            "form_setup",
            status,
            form=form,
            sections=sections,
            languages=[(each, names.get(each.code, each.code)) for each in languages],
            draft_mark=editing.mark(self.definition),
        )

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        data = request.POST
        if "add" in data:
            form = AddSectionForm(data)
            if not form.is_valid():
                return self.page(form, 422)
            self.change(partial(editing.add_section, title={"en": form.cleaned_data["title"]}))
        elif "up" in data or "down" in data:
            key, step = (data["up"], -1) if "up" in data else (data["down"], 1)
            self.change(partial(editing.move_section, key=key, step=step))
        elif "remove" in data:
            seen = data.get("seen", "")
            self.change(partial(editing.remove_section, key=data["remove"], seen=seen))
        return redirect("applications:form-setup", public_id)


class FormSectionView(FormEditorView):
    """The words of one section, when it is shown, and its questions in order."""

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        found = self.section(section)
        title, intro = ((found.get(name) or {}).get("en", "") for name in ("title", "intro"))
        form = SectionTextForm(initial={"title": title, "intro": intro})
        return self.page(found, form, self.when(found), editing.section_mark(found))

    def when(self, section: dict[str, Any], data: Any = None) -> ConditionForm:
        known = questions_before(self.definition, section["key"], None)
        return ConditionForm(known, section.get("when"), data, prefix="when")

    def page(
        self,
        section: dict[str, Any],
        form: Any,
        when: ConditionForm,
        seen: str,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        questions = [(question, editing.mark(question)) for question in section["questions"]]
        return self.show(
            "form_section_setup",
            status,
            section=section,
            questions=questions,
            form=form,
            when=when,
            seen=seen,
            **more,
        )

    def post(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        data = request.POST
        found = self.section(section)
        if "up" in data or "down" in data:
            key, step = (data["up"], -1) if "up" in data else (data["down"], 1)
            self.change(partial(editing.move_question, section=section, key=key, step=step))
        elif "remove" in data:
            seen = data.get("seen", "")
            self.change(partial(editing.remove_question, section=section, key=data["remove"], seen=seen))
        else:
            return self.save(found)
        return redirect("applications:form-section-setup", public_id, section)

    def save(self, found: dict[str, Any]) -> HttpResponse:
        data, seen = self.request.POST, self.request.POST.get("seen", "")
        form, when = SectionTextForm(data), self.when(found, data)
        if not all([form.is_valid(), when.is_valid()]):
            return self.page(found, form, when, seen, 422)
        parts = {**form.parts(found), "when": when.condition()}
        try:
            edit = partial(editing.save_section, key=found["key"], seen=seen, parts=parts)
            change_draft(intake=self.intake, edit=edit, actor=self.request.actor)
        except Conflict as error:
            attach(form, error)
            return self.page(found, form, when, editing.section_mark(found), error.status, theirs=found)
        except DomainError as error:
            attach(form, error)
            return self.page(found, form, when, seen, error.status)
        messages.success(self.request, _("Saved in the draft. It is in force when you publish it."))
        return redirect("applications:form-section-setup", self.public_id, found["key"])
