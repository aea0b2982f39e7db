"""Coordinators edit the application form, section by section."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from apps.accounts.enums import Role
from apps.applications.rules.definition import CHOICE_KINDS
from apps.applications.services.form_versions import change_form, form_version_of
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import LineField, LongTextField, WholeNumberField
from apps.programs.models import Intake
from apps.programs.rules.rule_text import read_options, write_options

KINDS = [
    ("text", gettext_lazy("Short text")),
    ("long_text", gettext_lazy("Long text")),
    ("number", gettext_lazy("Number")),
    ("date", gettext_lazy("Date")),
    ("yes_no", gettext_lazy("Yes or no")),
    ("one_choice", gettext_lazy("One of a list")),
    ("several_choices", gettext_lazy("Several of a list")),
    ("country", gettext_lazy("Country")),
    ("document", gettext_lazy("Document")),
    ("declaration", gettext_lazy("Declaration to tick")),
]


class SectionTitleForm(forms.Form):
    title = LineField(label=gettext_lazy("Title of the section"), most=120)


class QuestionForm(forms.Form):
    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    label = LineField(label=gettext_lazy("Question"), most=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=KINDS)
    hint = LineField(label=gettext_lazy("Help"), most=300, required=False)
    options = LongTextField(
        label=gettext_lazy("Options, one on a line"),
        help_text=gettext_lazy("Only for a list: value | label"),
        most=4000,
        rows=3,
        required=False,
    )
    most = WholeNumberField(
        label=gettext_lazy("Most characters (only for text)"), most=20_000, required=False
    )
    required = forms.BooleanField(label=gettext_lazy("An answer is required"), required=False)
    hidden_from_reviewers = forms.BooleanField(label=gettext_lazy("Hide from reviewers"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in CHOICE_KINDS and not data.get("options"):
            self.add_error("options", _("Enter at least one option."))
        return data

    def as_question(self) -> dict[str, Any]:
        data = self.cleaned_data
        question: dict[str, Any] = {
            "key": data["key"] or slugify(data["label"])[:40] or "question",
            "kind": data["kind"],
            "label": {"en": data["label"]},
            "hint": {"en": data["hint"]} if data["hint"] else {},
            "required": data["required"],
            "hidden_from_reviewers": data["hidden_from_reviewers"],
        }
        if data["kind"] in CHOICE_KINDS:
            question["options"] = read_options(data["options"])
        if data["most"] and data["kind"] in ("text", "long_text"):
            question["most_characters"] = data["most"]
        return question


Questions = formset_factory(
    QuestionForm, extra=2, max_num=60, absolute_max=60, can_delete=True, can_order=True
)


def intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    mine = Intake.objects.filter(program__organisation__in=request.viewer.at(Role.COORDINATOR))
    return get_object_or_404(mine.select_related("program"), public_id=public_id)


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


class FormSetupView(View):
    """The sections in order: add, move up, remove."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, intake_or_404(request, public_id), SectionTitleForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        version = form_version_of(intake=intake, actor=request.actor)
        sections = list(version.definition["sections"])
        form = SectionTitleForm(request.POST if "add" in request.POST else None)
        keys = [section["key"] for section in sections]
        if "add" in request.POST:
            if not form.is_valid():
                return self._show(request, intake, form, status=422)
            key = slugify(form.cleaned_data["title"])[:32] or "section"
            key = key if key not in keys else f"{key}-{len(keys) + 1}"
            sections.append({"key": key, "title": {"en": form.cleaned_data["title"]}, "questions": []})
        elif (up := request.POST.get("up")) in keys and keys.index(up) > 0:
            place = keys.index(up)
            sections[place - 1], sections[place] = sections[place], sections[place - 1]
        elif (gone := request.POST.get("remove")) in keys:
            sections.pop(keys.index(gone))
        self._save(request, intake, sections)
        return redirect("applications:form-setup", public_id)

    def _save(self, request: HttpRequest, intake: Intake, sections: list[dict[str, Any]]) -> None:
        try:
            change_form(
                intake=intake,
                definition={"sections": sections},
                number=_number(request),
                actor=request.actor,
            )
            messages.success(request, _("Saved."))
        except DomainError as error:
            messages.error(request, str(error.message))

    def _show(
        self, request: HttpRequest, intake: Intake, form: SectionTitleForm, status: int = 200
    ) -> HttpResponse:
        version = form_version_of(intake=intake, actor=request.actor)
        context = {
            "intake": intake,
            "version": version,
            "sections": version.definition["sections"],
            "form": form,
        }
        return render(request, "applications/form_setup.html", context, status=status)


class FormSectionView(View):
    """The questions of one section."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        intake, number, found = self._find(request, public_id, section)
        initial = [
            {
                "key": question["key"],
                "label": question["label"].get("en", ""),
                "kind": question["kind"],
                "hint": question.get("hint", {}).get("en", ""),
                "options": write_options(question.get("options", [])),
                "most": question.get("most_characters"),
                "required": question.get("required", False),
                "hidden_from_reviewers": question.get("hidden_from_reviewers", False),
            }
            for question in found["questions"]
        ]
        title = SectionTitleForm(initial={"title": found["title"].get("en", "")})
        return self._show(request, intake, section, number, title, Questions(initial=initial))

    def post(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        intake, number, found = self._find(request, public_id, section)
        title, questions = SectionTitleForm(request.POST), Questions(request.POST)
        if not (title.is_valid() and questions.is_valid()):
            return self._show(request, intake, section, _number(request), title, questions, status=422)
        kept = [form for form in questions.ordered_forms if form.cleaned_data.get("label")]
        before = {question["key"]: question for question in found["questions"]}
        changed = {
            **found,
            "title": {**found["title"], "en": title.cleaned_data["title"]},
            "questions": [_merged(before, form.as_question()) for form in kept],
        }
        version = form_version_of(intake=intake, actor=request.actor)
        sections = [changed if each["key"] == section else each for each in version.definition["sections"]]
        try:
            change_form(
                intake=intake,
                definition={"sections": sections},
                number=_number(request),
                actor=request.actor,
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, intake, section, number, title, questions, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("applications:form-setup", public_id)

    def _find(
        self, request: HttpRequest, public_id: UUID, section: str
    ) -> tuple[Intake, int, dict[str, Any]]:
        intake = intake_or_404(request, public_id)
        version = form_version_of(intake=intake, actor=request.actor)
        for each in version.definition["sections"]:
            if each["key"] == section:
                return intake, version.number, each
        raise Http404

    def _show(
        self,
        request: HttpRequest,
        intake: Intake,
        section: str,
        number: int,
        title: SectionTitleForm,
        questions: Any,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "section": section,
            "number": number,
            "title_form": title,
            "questions": questions,
        }
        return render(request, "applications/form_section_setup.html", context, status=status)


def _merged(before: dict[str, dict[str, Any]], question: dict[str, Any]) -> dict[str, Any]:
    """Texts in other languages stay when the English ones are edited."""
    old = before.get(question["key"], {})
    for name in ("label", "hint"):
        question[name] = {**old.get(name, {}), **question[name]}
    return question
