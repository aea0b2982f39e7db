"""The page of a guardian's link, and papers that coordinators record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.enums import ApplicationStatus, GuardianStatus
from apps.applications.models import GuardianConfirmation
from apps.applications.permission_forms import PaperForm
from apps.applications.selectors import guardianship_of, permissions_asked
from apps.applications.services.guardians import answer_as_guardian, hash_of, record_paper
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.limits import is_within
from apps.people.enums import ConsentPurpose
from apps.people.selectors import wording_for

#: A guess would need 2 to the power of 256; this stops whoever tries anyway, and mail scanners in a loop.
MOST, SECONDS = 30, 600


class GuardianView(View):
    """Looking decides nothing, so that a mail scanner that follows links cannot; a button does."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not self._may_try(request):
            return self._refuse(request, 429)
        row = self._find(token)
        return self._show(request, row) if row else self._refuse(request, 404)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if not self._may_try(request):
            return self._refuse(request, 429)
        row = self._find(token)
        if row is None:
            return self._refuse(request, 404)
        answer = request.POST.get("answer")
        if answer not in ("agree", "disagree"):
            return self._show(request, row, error=_("Choose one of the two buttons."), status=422)
        try:
            answer_as_guardian(
                guardian=row,
                agrees=answer == "agree",
                mark=request.POST.get("mark", ""),
                language=get_language() or "en",
                actor=request.actor,
            )
        except DomainError as error:
            return self._show(request, row, error=str(error.message), status=error.status)
        return redirect("applications:guardian", token)

    def _may_try(self, request: HttpRequest) -> bool:
        return is_within("guardian", request.META.get("REMOTE_ADDR", ""), most=MOST, seconds=SECONDS)

    def _find(self, token: str) -> GuardianConfirmation | None:
        """By the hash; a link of an application that was given up or sent says that it is over."""
        found = GuardianConfirmation.objects.filter(token_hash=hash_of(token)).exclude(
            status=GuardianStatus.REPLACED
        )
        row = found.select_related(
            "application__person", "application__intake__program__organisation"
        ).first()
        if row is None or (row.status == GuardianStatus.ASKED and not self._is_open(row)):
            return None
        return row

    @staticmethod
    def _is_open(row: GuardianConfirmation) -> bool:
        in_time = row.link_ends_at is not None and row.link_ends_at > timezone.now()
        return in_time and row.application.status == ApplicationStatus.DRAFT

    def _show(
        self, request: HttpRequest, row: GuardianConfirmation, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        application, language = row.application, get_language() or "en"
        said = {key: value for part in application.sections.all() for key, value in part.answers.items()}
        context = {
            "guardian": row,
            "applicant": said.get("full-name") or application.person,
            "intake": application.intake,
            "allowed": [each for each in permissions_asked(application, language) if each.is_given],
            "wording": wording_for(application.person, ConsentPurpose.GUARDIAN, language),
            "error": error,
        }
        answer = render(request, "applications/guardian_page.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer

    def _refuse(self, request: HttpRequest, status: int) -> HttpResponse:
        return render(request, "applications/guardian_over.html", {"too_often": status == 429}, status=status)


class GuardianPapersView(View):
    """Applicants below the age of consent whose guardian signs on paper."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = GuardianConfirmation.objects.on_paper_for(request.viewer).select_related(
            "application__person", "application__intake__program"
        )
        context = {"waiting": waiting.order_by("id")[:200]}
        return render(request, "applications/guardian_papers.html", context)


class GuardianPaperView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id), PaperForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = self._find(request, public_id)
        form = PaperForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, row, form, 422)
        try:
            record_paper(
                guardian=row,
                agrees=form.cleaned_data["agrees"] == "yes",
                reason=form.cleaned_data["reason"],
                paper=form.cleaned_data["paper"],
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, row, form, error.status)
        messages.success(request, _("Saved. The applicant can send now, if the guardian agreed."))
        return redirect("applications:guardian-papers")

    def _find(self, request: HttpRequest, public_id: UUID) -> GuardianConfirmation:
        waiting = GuardianConfirmation.objects.on_paper_for(request.viewer)
        return get_object_or_404(
            waiting.select_related("application__person", "application__intake__program"), public_id=public_id
        )

    def _show(
        self, request: HttpRequest, row: GuardianConfirmation, form: PaperForm, status: int = 200
    ) -> HttpResponse:
        guardianship = guardianship_of(row.application)
        context = {"guardian": row, "guardianship": guardianship, "form": form}
        return render(request, "applications/guardian_paper.html", context, status=status)
