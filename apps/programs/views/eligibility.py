"""Whether somebody can apply: anonymous questions, a result with an address, a question to a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.limits import place_of
from apps.core.zones import zone_of
from apps.programs.forms import EligibilityForm, EnquiryForm
from apps.programs.models import EligibilityRule, Intake
from apps.programs.rules.eligibility import Finding
from apps.programs.selectors import check_eligibility, rules_of, takes_applications
from apps.programs.selectors.eligibility import open_to, still_open
from apps.programs.services.enquiries import ask
from apps.programs.views.public import intake_or_404

#: Eligibility answers of a visitor, by intake, until a draft is started with them.
SESSION_KEY = "eligibility"
SALT = "apps.programs.eligibility-result"


@dataclass(frozen=True, slots=True)
class SharedResult:
    """What a result's address carries: which rules, never what was answered. Signed, so that nobody
    can make one up; `others` are intakes that the answers did not speak against.
    """

    day: date
    not_met: list[str]
    not_answered: list[str]
    others: list[int]

    def write(self, intake: Intake) -> str:
        content = [intake.pk, self.day.isoformat(), self.not_met, self.not_answered, self.others]
        return signing.dumps(content, salt=SALT, compress=True)


def read_result(intake: Intake, rules: list[EligibilityRule], text: str) -> SharedResult | None:
    """None for one that is not ours, is of another intake, or speaks of rules that are gone."""
    try:
        pk, day, not_met, not_answered, others = signing.loads(text, salt=SALT)
        result = SharedResult(date.fromisoformat(day), not_met, not_answered, others)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    known = {rule.key for rule in rules}
    return result if pk == intake.pk and {*not_met, *not_answered} <= known else None


class EligibilityView(View):
    """Answers stay in the visitor's own session; nothing is stored about anyone yet."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        form = EligibilityForm(found)
        form.initial = form.as_typed(request.session.get(SESSION_KEY, {}).get(str(found.pk), {}))
        return self.show(request, found, form)

    def post(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        form = EligibilityForm(found, request.POST)
        if not form.is_valid():
            return self.show(request, found, form, status=422)
        answers = form.answers()
        request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), str(found.pk): answers}
        result, rules = check_eligibility(found, answers)
        shared = SharedResult(
            day=timezone.localdate(),
            not_met=result.not_met,
            not_answered=[key for key, each in result.findings.items() if each == Finding.NOT_ANSWERED],
            others=[each.intake.pk for each in open_to(found, rules, answers)] if result.not_met else [],
        )
        return redirect("programs:eligibility-result", program, intake, shared.write(found))

    def show(
        self, request: HttpRequest, intake: Intake, form: EligibilityForm, status: int = 200
    ) -> HttpResponse:
        context = {"intake": intake, "form": form, "is_open": takes_applications(intake)}
        return render(request, "programs/eligibility_form.html", context, status=status)


class EligibilityResultView(View):
    """Which rule, why, what else is open, and how to ask a person. Made for printing and for sharing:
    whoever opens the address sees the findings, and starts only after answering for themselves.
    """

    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str, result: str) -> HttpResponse:
        return self._show(request, program, intake, result, EnquiryForm())

    def post(self, request: HttpRequest, program: str, intake: str, result: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        shared = read_result(found, rules_of(found), result)
        form = EnquiryForm(request.POST)
        if shared is None:
            return redirect("programs:eligibility", program, intake)
        if not form.is_valid():
            return self._show(request, program, intake, result, form, status=422)
        try:
            ask(
                intake=found,
                **form.cleaned_data,
                not_met=shared.not_met,
                language=get_language() or "en",
                place=place_of(request),
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, program, intake, result, form, status=error.status)
        messages.success(request, _("We have your question. A person answers you by e-mail."))
        return redirect(request.path)

    def _show(
        self,
        request: HttpRequest,
        program: str,
        intake: str,
        result: str,
        form: EnquiryForm,
        status: int = 200,
    ) -> HttpResponse:
        found = intake_or_404(program, intake)
        rules = rules_of(found)
        shared = read_result(found, rules, result)
        if shared is None:
            messages.info(request, _("This result is no longer valid. Answer the questions again."))
            return redirect("programs:eligibility", program, intake)
        context: dict[str, Any] = {
            "intake": found,
            "form": form,
            "shared": shared,
            "unmet": [rule for rule in rules if rule.key in shared.not_met],
            "unanswered": [rule for rule in rules if rule.key in shared.not_answered],
            "others": still_open(shared.others),
            "is_open": takes_applications(found),
            "is_own": str(found.pk) in request.session.get(SESSION_KEY, {}),
            "address": request.build_absolute_uri(request.path),
            "zone": zone_of(request, found.time_zone),
        }
        return render(request, "programs/eligibility_result.html", context, status=status)
