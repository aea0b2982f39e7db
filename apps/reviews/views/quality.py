"""For coordinators: whether readers agree, who is severe, and where a third reading is wanted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from apps.applications.models import Application
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.reviews.rules.agreement import Unknown, Verdict
from apps.reviews.rules.severity import Method
from apps.reviews.selectors import MOST_SHOWN, quality_of
from apps.reviews.services import ask_third_readings
from apps.reviews.views.finding import intake_or_404

#: Krippendorff's own limits, in words a coordinator can act on; with the colour of the tag.
VERDICTS: dict[str, tuple[str | Promise, str]] = {
    Verdict.GOOD: (gettext_lazy("Good"), "green"),
    Verdict.TENTATIVE: (gettext_lazy("Tentative conclusions only"), "yellow"),
    Verdict.RECALIBRATE: (gettext_lazy("Talk and calibrate again"), "red"),
}
UNKNOWN: dict[str, str | Promise] = {
    Unknown.TOO_FEW: gettext_lazy("Nothing has been read twice yet"),
    Unknown.NO_VARIATION: gettext_lazy("Everyone gave the same points"),
}
METHODS: dict[str, str | Promise] = {
    Method.NONE: gettext_lazy("none yet"),
    Method.ADDITIVE: gettext_lazy("the difference"),
    Method.Z_SCORE: gettext_lazy("the difference, and the spread"),
}


class QualityView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        quality = quality_of(intake)
        context = {
            "intake": intake,
            "quality": quality,
            "disputed": quality.disputed[:MOST_SHOWN],
            "verdicts": VERDICTS,
            "unknown": UNKNOWN,
            "methods": METHODS,
        }
        return render(request, "reviews/quality.html", context)


class ThirdReadingsView(View):
    """Ask for a third reading of one application, or of all that want one."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        only = None
        if "all" not in request.POST:
            wanted = request.POST.get("application", "")
            rows = Application.objects.filter(intake=intake, reference=wanted[:20].replace("\x00", ""))
            only = list(rows.values_list("pk", flat=True))
        try:
            asked = ask_third_readings(intake=intake, application_ids=only, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("reviews:quality", public_id)
        words = ngettext("{n} third reading asked for.", "{n} third readings asked for.", asked.asked)
        messages.success(request, words.format(n=asked.asked))
        if asked.short:
            words = ngettext(
                "For {n} application nobody is left who may read it and has room.",
                "For {n} applications nobody is left who may read them and has room.",
                asked.short,
            )
            messages.error(request, words.format(n=asked.short))
        return redirect("reviews:quality", public_id)
