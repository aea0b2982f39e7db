"""Coordinators set up programs and intakes."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.core.zones import zone_or
from apps.programs.enums import INTAKE_LIFECYCLE, INTAKE_MOVES, TARGETS_CHOOSE, IntakeStatus
from apps.programs.models import Intake, Program
from apps.programs.rules.rule_text import write_options, write_value
from apps.programs.selectors import inclusion_mode_of
from apps.programs.selectors.eligibility import uncovered
from apps.programs.services.funding import add_funder
from apps.programs.services.setup import (
    RULES_MAY_CHANGE,
    change_intake,
    change_program,
    create_intake,
    create_program,
    is_back,
    move_intake,
    set_eligibility,
    set_targets,
)
from apps.programs.setup_forms import (
    TEXTS,
    FundingForm,
    IntakeForm,
    MoveForm,
    ProgramForm,
    RuleForm,
    TargetsForm,
)

Rules = formset_factory(RuleForm, extra=2, max_num=20, absolute_max=20, can_delete=True)


def version_of(request: HttpRequest) -> int:
    """What the page was made from; nonsense counts as an old version."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def key_of(request: HttpRequest) -> UUID:
    """What a form that makes something was given: sent twice it is the same. Nonsense is a new one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def program_or_404(request: HttpRequest, public_id: UUID) -> Program:
    mine = Program.objects.filter(organisation__in=request.viewer.at(Role.COORDINATOR))
    return get_object_or_404(mine.select_related("organisation"), public_id=public_id)


def intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    mine = Intake.objects.filter(program__organisation__in=request.viewer.at(Role.COORDINATOR))
    return get_object_or_404(mine.select_related("program"), public_id=public_id)


class ProgramListView(TemplateView):
    access = Access.COORDINATOR
    template_name = "programs/program_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Program.objects.filter(organisation__in=self.request.viewer.at(Role.COORDINATOR))
        page = keyset_page(mine.prefetch_related("intakes"), self.request.GET.get("cursor"), order=("slug",))
        return super().get_context_data(page=page, **kwargs)


class ProgramCreateView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ProgramForm(is_new=True))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProgramForm(request.POST, is_new=True)
        if not form.is_valid():
            return self._show(request, form, status=422)
        organisation = Organisation.objects.get(pk=min(request.viewer.at(Role.COORDINATOR)))
        try:
            program = create_program(
                organisation=organisation, values=form.values(), key=key_of(request), actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, status=error.status)
        messages.success(request, _("Program created. Now add its first intake."))
        return redirect("programs:intake-create", program.public_id)

    def _show(self, request: HttpRequest, form: ProgramForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "key": key_of(request)}
        return render(request, "programs/program_form.html", context, status=status)


class ProgramEditView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        program = program_or_404(request, public_id)
        initial = {"mode": program.mode, "country": program.country_id}
        for name in TEXTS:
            for code, _name in settings.LANGUAGES:
                initial[f"{name}_{code}"] = getattr(program, name).get(code, "")
        return self._show(request, program, ProgramForm(initial=initial), program.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        program = program_or_404(request, public_id)
        form = ProgramForm(request.POST)
        version = version_of(request)
        if not form.is_valid():
            return self._show(request, program, form, version, status=422)
        try:
            change_program(program=program, values=form.values(), version=version, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, program, form, program.version, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("programs:program-edit", public_id)

    def _show(
        self, request: HttpRequest, program: Program, form: ProgramForm, version: int, status: int = 200
    ) -> HttpResponse:
        context = {
            "program": program,
            "form": form,
            "version": version,
            "fundings": program.fundings.select_related("funder"),
            "funding_form": FundingForm(),
        }
        return render(request, "programs/program_form.html", context, status=status)


class FundingView(View):
    """Coordinators name who pays. What the money may do about targets is for administrators."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        program = program_or_404(request, public_id)
        form = FundingForm(request.POST)
        if form.is_valid():
            add_funder(program=program, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("Choose a funder."))
        return redirect("programs:program-edit", public_id)


class IntakeCreateView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, program_or_404(request, public_id), IntakeForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        program = program_or_404(request, public_id)
        form = IntakeForm(request.POST)
        if not form.is_valid():
            return self._show(request, program, form, status=422)
        try:
            intake = create_intake(
                program=program, values=form.values(), key=key_of(request), actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, program, form, status=error.status)
        return redirect("programs:intake-setup", intake.public_id)

    def _show(
        self, request: HttpRequest, program: Program, form: IntakeForm, status: int = 200
    ) -> HttpResponse:
        context = {"program": program, "form": form, "key": key_of(request)}
        return render(request, "programs/intake_form.html", context, status=status)


class IntakeSetupView(View):
    """One page for an intake: its dates and seats, and links to everything else it needs."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        zone = zone_or(intake.time_zone, "UTC")
        names = [name for name in IntakeForm.base_fields if name != "name"]
        initial = {name: getattr(intake, name) for name in names}
        for name in ("opens_at", "closes_at"):
            if initial[name]:
                initial[name] = timezone.localtime(initial[name], zone).replace(tzinfo=None)
        initial["name"] = intake.name.get("en", "")
        return self._show(request, intake, IntakeForm(initial=initial), intake.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = IntakeForm(request.POST)
        version = version_of(request)
        if not form.is_valid():
            return self._show(request, intake, form, version, status=422)
        try:
            change_intake(intake=intake, values=form.values(), version=version, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, intake.version, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("programs:intake-setup", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: IntakeForm, version: int, status: int = 200
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "program": intake.program,
            "form": form,
            "version": version,
            "uncovered": uncovered(intake),
            "moves": [
                (
                    each,
                    _("Back to “{state}”").format(state=each.label)
                    if is_back(intake.status, each)
                    else INTAKE_MOVES[each],
                )
                for each in IntakeStatus
                if each in INTAKE_LIFECYCLE.moves[intake.status]
            ],
        }
        return render(request, "programs/intake_form.html", context, status=status)


def _warn_of_rules(request: HttpRequest, intake: Intake) -> None:
    """Publishing is not stopped: a person may know better than an example. But they are told."""
    number = uncovered(intake) if intake.status == IntakeStatus.PUBLISHED else 0
    if number:
        words = ngettext(
            "{n} rule has no examples that show it works. Look at it before people can apply.",
            "{n} rules have no examples that show they work. Look at them before people can apply.",
            number,
        )
        messages.warning(request, words.format(n=number))


class IntakeMoveView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = MoveForm(request.POST)
        if form.is_valid() and form.cleaned_data["to"] in IntakeStatus.values:
            try:
                move_intake(intake=intake, **form.cleaned_data, actor=request.actor)
                messages.success(request, _("The intake has moved on."))
                _warn_of_rules(request, intake)
            except DomainError as error:
                messages.error(request, str(next(iter(error.fields.values()), [error.message])[0]))
        else:
            messages.error(request, _("Choose what the intake becomes."))
        return redirect("programs:intake-setup", public_id)


class EligibilitySetupView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        initial = [
            {
                "question": rule.question.get("en", ""),
                "answer": rule.answer,
                "options": write_options(rule.options),
                "test": rule.test,
                "value": write_value(rule.value),
                "unmet": rule.unmet.get("en", ""),
            }
            for rule in intake.eligibility_rules.all()
        ]
        return self._show(request, intake, Rules(initial=initial), intake.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rules, version = Rules(request.POST), version_of(request)
        if not rules.is_valid():
            return self._show(request, intake, rules, version, status=422)
        kept = [
            form
            for form in rules
            if form.cleaned_data.get("question") and not form.cleaned_data.get("DELETE")
        ]
        try:
            set_eligibility(
                intake=intake,
                rules=[form.as_values() for form in kept],
                version=version,
                actor=request.actor,
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, intake, rules, intake.version, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("programs:eligibility-setup", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, rules: Any, version: int, status: int = 200
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "rules": rules,
            "version": version,
            "is_fixed": intake.status not in RULES_MAY_CHANGE,
        }
        return render(request, "programs/eligibility_setup.html", context, status=status)


class TargetsView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        initial = {row.group: row.percent for row in intake.inclusion_targets.all()}
        return self._show(request, intake, TargetsForm(initial=initial), intake.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form, version = TargetsForm(request.POST), version_of(request)
        if not form.is_valid():
            return self._show(request, intake, form, version, status=422)
        try:
            set_targets(intake=intake, percents=form.cleaned_data, version=version, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, intake.version, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("programs:intake-setup", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: TargetsForm, version: int, status: int = 200
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "form": form,
            "version": version,
            "targets_choose": inclusion_mode_of(intake.program) in TARGETS_CHOOSE,
        }
        return render(request, "programs/targets_form.html", context, status=status)
