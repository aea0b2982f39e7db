"""Looking at the draft as applicants will, putting it in force, giving it up."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from apps.applications.diff_words import changes_in_words
from apps.applications.forms import SectionForm
from apps.applications.rules import editing
from apps.applications.rules.definition import form_from_definition
from apps.applications.rules.form_diff import form_diff
from apps.applications.selectors import current_form, drafts_begun
from apps.applications.services.form_drafts import discard_draft, publish_draft
from apps.applications.views.form_setup import FormEditorView
from apps.core.errors import DomainError


class FormPreviewView(FormEditorView):
    """A section at the width of a phone, in any language. Nothing is sent: it is the real form, unbound."""

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        self.section(section)
        names = dict(settings.LANGUAGES)
        language = request.GET.get("language", "en")
        language = language if language in names else "en"
        found = form_from_definition(self.definition).section(section)
        with translation.override(language):
            form = SectionForm(found, {})
            inside = render_to_string(
                "applications/_preview.html", {"form": form, "section": found, "language": language}, request
            )
        keys = [each["key"] for each in self.definition["sections"]]
        place = keys.index(section)
        return self.show(
            "form_preview",
            section=self.section(section),
            inside=inside,
            language=language,
            languages=names.items(),
            has_conditions=form.has_conditions,
            before=keys[place - 1] if place else "",
            after=keys[place + 1] if place + 1 < len(keys) else "",
        )


class FormPublishView(FormEditorView):
    """The differences, then the draft in force."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        in_force = current_form(self.intake)
        changes = form_diff(in_force.definition if in_force else {"sections": []}, self.definition)
        return self.show(
            "form_publish",
            changes=changes_in_words(changes),
            seen=editing.mark(self.definition),
            begun=drafts_begun(self.intake),
        )

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            version = publish_draft(
                intake=self.intake, seen=request.POST.get("seen", ""), actor=request.actor
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("applications:form-publish", public_id)
        messages.success(request, _("Version {number} is in force.").format(number=version.number))
        return redirect("applications:form-setup", public_id)


class FormDiscardView(FormEditorView):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            discard_draft(intake=self.intake, seen=request.POST.get("seen", ""), actor=request.actor)
            messages.success(request, _("Draft discarded."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:form-setup", public_id)
