"""Going on with answers given before: in a newer version of the form, or in another application."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.applications.selectors import applications_of
from apps.applications.services import copy_answers, start_draft, use_newest_form
from apps.applications.views.own import OwnApplicationView
from apps.core.access import Access
from apps.core.errors import Conflict
from apps.core.zones import zone_of
from apps.programs.models import Intake
from apps.programs.selectors import catalogue, takes_applications


class NewestFormView(OwnApplicationView):
    """Take the newest version of the form, with every answer that fits."""

    open_to_helpers = True

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        text = request.POST.get("number", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
        try:
            carried = use_newest_form(application=self.application, number=number, actor=request.actor)
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("applications:task-list", public_id)
        messages.success(request, _("You go on with the new form. Look at the sections again."))
        if count := len(carried.lost):
            words = ngettext(
                "{count} answer has no place in it. It is kept below.",
                "{count} answers have no place in it. They are kept below.",
                count,
            )
            messages.info(request, words.format(count=count))
        return redirect("applications:task-list", public_id)


class ApplyAgainView(View):
    """Begin another application with the answers of an earlier one."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        earlier = self._earlier(request, public_id)
        open_now = [intake for intake in catalogue() if takes_applications(intake)]
        first = [intake for intake in open_now if intake.program_id == earlier.intake.program_id]
        others = [intake for intake in open_now if intake.program_id != earlier.intake.program_id]
        context = {"application": earlier, "intakes": [*first, *others], "zone": zone_of(request)}
        return render(request, "applications/apply_again.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        earlier = self._earlier(request, public_id)
        intake = get_object_or_404(Intake.objects.listed(), public_id=_uuid(request.POST.get("intake")))
        try:
            draft = start_draft(
                intake=intake,
                user=request.user,
                language=get_language() or "en",
                time_zone=zone_of(request, intake.time_zone).key,
                actor=request.actor,
            )
            copy_answers(application=draft, earlier=earlier, actor=request.actor)
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("applications:apply-again", public_id)
        messages.success(
            request, _("Your earlier answers are filled in. Look at each section before you send.")
        )
        return redirect("applications:task-list", draft.public_id)

    def _earlier(self, request: HttpRequest, public_id: UUID) -> Application:
        return get_object_or_404(
            applications_of(request.viewer).filter(source="").select_related("form_version"),
            public_id=public_id,
        )


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
