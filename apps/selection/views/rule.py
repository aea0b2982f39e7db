"""What decides, fixed beforehand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake
from apps.selection.forms import RuleForm
from apps.selection.selectors import rule_of
from apps.selection.services import lock_rule, set_rule
from apps.selection.views.ranking import intake_or_404


class RuleView(View):
    """What decides, fixed beforehand."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rule = rule_of(intake)
        initial = {"floor": rule.floor, "waitlist_size": rule.waitlist_size}
        return self._show(request, intake, RuleForm(initial=initial))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = RuleForm(request.POST)
        if not form.is_valid():
            return self._show(request, intake, form, status=422)
        try:
            set_rule(intake=intake, **form.cleaned_data, actor=request.actor)
            if "lock" in request.POST:
                lock_rule(intake=intake, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("selection:rule", public_id)

    def _show(self, request: HttpRequest, intake: Intake, form: RuleForm, status: int = 200) -> HttpResponse:
        context = {"intake": intake, "rule": rule_of(intake), "form": form}
        return render(request, "selection/rule_form.html", context, status=status)
