"""The coordinators' desk of programs: outages, questions people asked, examples of the rules."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.pages import ServiceFormView
from apps.core.paging import keyset_page
from apps.core.texts import say
from apps.core.zones import zone_of
from apps.places.selectors import country_names
from apps.programs.enums import EnquiryStatus, IntakeStatus, RuleAnswer
from apps.programs.models import EligibilityRule, Enquiry, Intake, Outage
from apps.programs.rules.examples import Shown
from apps.programs.rules.rule_text import write_value
from apps.programs.selectors.eligibility import coverage_of
from apps.programs.services.enquiries import answer_enquiry, close_enquiry
from apps.programs.services.outages import declare_outage
from apps.programs.services.setup import set_examples
from apps.programs.setup_forms import AnswerForm, ExamplesForm, OutageForm
from apps.programs.views.setup import intake_or_404


class OutageView(ServiceFormView):
    """Declare that a country was without internet; people there get the time back."""

    access = Access.COORDINATOR
    template_name = "programs/outage_list.html"
    form_class = OutageForm
    success_url = reverse_lazy("programs:outages")
    done = gettext_lazy("Declared. People of this country have the time back, and are told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        ours = self.request.viewer.at(Role.COORDINATOR)
        intakes = Intake.objects.filter(
            program__organisation__in=ours, source="", status__in=[IntakeStatus.OPEN, IntakeStatus.CLOSED]
        )
        return {
            "organisations": Organisation.objects.filter(pk__in=ours).order_by("name"),
            "intakes": intakes.select_related("program").order_by("-closes_at"),
            "initial": {"organisation": min(ours), "intake": self._chosen(intakes)},
            **{name: value for name, value in super().get_form_kwargs().items() if name != "initial"},
        }

    def _chosen(self, intakes: QuerySet[Intake]) -> Intake | None:
        text = self.request.GET.get("intake", "")
        return intakes.filter(slug=text).first() if text else None

    def act(self, form: OutageForm) -> None:
        declare_outage(**form.cleaned_data, actor=self.request.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ours = Outage.objects.filter(organisation__in=self.request.viewer.at(Role.COORDINATOR))
        declared = ours.select_related("country", "intake__program")
        return super().get_context_data(outages=declared[:50], zone=zone_of(self.request), **kwargs)


class EnquiryListView(TemplateView):
    """What people ask before they apply; waiting ones, or with ?all=1 every one."""

    access = Access.COORDINATOR
    template_name = "programs/enquiry_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Enquiry.objects.run_by(self.request.viewer).select_related("intake__program")
        if not self.request.GET.get("all"):
            found = found.filter(status=EnquiryStatus.WAITING)
        page = keyset_page(found, self.request.GET.get("cursor"), order=("-id",), size=50)
        return super().get_context_data(page=page, zone=zone_of(self.request), **kwargs)


class EnquiryView(ServiceFormView):
    access = Access.COORDINATOR
    template_name = "programs/enquiry_answer.html"
    form_class = AnswerForm
    success_url = reverse_lazy("programs:enquiries")
    done = gettext_lazy("The answer is on its way.")

    @property
    def enquiry(self) -> Enquiry:
        ours = Enquiry.objects.run_by(self.request.viewer).select_related("intake__program", "answered_by")
        return get_object_or_404(ours, public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enquiry = self.enquiry
        rules = enquiry.intake.eligibility_rules.filter(key__in=enquiry.not_met)
        zone = zone_of(self.request, enquiry.intake.time_zone)
        return super().get_context_data(enquiry=enquiry, rules=rules, zone=zone, **kwargs)

    def act(self, form: AnswerForm) -> None:
        answer_enquiry(enquiry=self.enquiry, **form.cleaned_data, actor=self.request.actor)


class EnquiryCloseView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        enquiry = get_object_or_404(Enquiry.objects.run_by(request.viewer), public_id=public_id)
        try:
            close_enquiry(enquiry=enquiry, actor=request.actor)
            messages.success(request, _("Closed without an answer."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("programs:enquiries")


YES_NO = {True: "yes", False: "no"}


def _in_words(rule: EligibilityRule, shown: Shown) -> str:
    answer = shown.answer
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if rule.answer == RuleAnswer.COUNTRY:
        return country_names([answer]).get(answer, str(answer))
    if rule.answer == RuleAnswer.BIRTH_DATE:
        return date_format(date.fromisoformat(answer), "DATE_FORMAT")
    labels = {each["value"]: say(each["label"], get_language() or "en") for each in rule.options}
    return labels.get(answer, write_value(answer))


def _value_in_words(rule: EligibilityRule) -> str:
    if rule.answer != RuleAnswer.COUNTRY:
        return write_value(rule.value)
    codes = rule.value if isinstance(rule.value, list) else [rule.value]
    names = country_names(codes)
    return ", ".join(names.get(code, code) for code in codes)


class CoverageView(View):
    """Every rule with an answer it lets pass and one it stops, tried as the page is made."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        initial = {
            f"{rule.key}.{wanted}": YES_NO.get(answer, answer) if isinstance(answer, bool) else answer
            for rule in intake.eligibility_rules.all()
            for wanted, answer in rule.examples.items()
        }
        form = ExamplesForm(intake.eligibility_rules.all(), initial=initial)
        return self._show(request, intake, form)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = ExamplesForm(intake.eligibility_rules.all(), request.POST)
        if not form.is_valid():
            return self._show(request, intake, form, status=422)
        set_examples(intake=intake, examples=form.examples(), actor=request.actor)
        messages.success(request, _("Saved."))
        return redirect("programs:eligibility-coverage", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: ExamplesForm, status: int = 200
    ) -> HttpResponse:
        rules = coverage_of(intake)
        context = {
            "intake": intake,
            "form": form,
            "lines": [
                {
                    "rule": each.row,
                    "value": _value_in_words(each.row),
                    "is_good": each.is_good,
                    "examples": [
                        (shown, _in_words(each.row, shown), form[f"{each.row.key}.{shown.wanted}"])
                        for shown in (each.passing, each.failing)
                    ],
                }
                for each in rules
            ],
            "red": sum(not each.is_good for each in rules),
        }
        return render(request, "programs/eligibility_coverage.html", context, status=status)
