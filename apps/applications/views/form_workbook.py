"""A form in from a workbook, and out as one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.applications.diff_words import changes_in_words
from apps.applications.forms.editing import WorkbookForm
from apps.applications.rules.form_diff import form_diff
from apps.applications.rules.xlsform.keeping import export_workbook
from apps.applications.rules.xlsform.workbook import LARGEST
from apps.applications.services.form_workbooks import propose_form, proposed_form, take_proposed_form
from apps.applications.views.form_setup import FormEditorView
from apps.applications.workbook_words import line_of
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.texts import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormImportView(FormEditorView):
    """The file, its report and its differences; then, confirmed, it becomes the draft."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self.show("form_import", form=WorkbookForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if "take" in request.POST:
            return self.take(request.POST["take"])
        form = WorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show("form_import", 422, form=form)
        try:
            token = propose_form(
                intake=self.intake, content=form.cleaned_data["file"].read(LARGEST + 1), actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self.show("form_import", 422, form=form)
        return redirect("applications:form-import-report", public_id, token)

    def take(self, token: str) -> HttpResponse:
        try:
            take_proposed_form(intake=self.intake, token=token, actor=self.request.actor)
        except DomainError as error:
            messages.error(self.request, str(error.message))
            return redirect("applications:form-import", self.public_id)
        messages.success(
            self.request, _("The workbook is the draft now. It is in force when you publish it.")
        )
        return redirect("applications:form-setup", self.public_id)


class FormImportReportView(FormEditorView):
    def get(self, request: HttpRequest, public_id: UUID, token: UUID) -> HttpResponse:
        proposal = proposed_form(self.intake, str(token))
        if proposal is None:
            messages.error(request, _("This import is too old. Send the file again."))
            return redirect("applications:form-import", public_id)
        definition = proposal.imported.definition
        return self.show(
            "form_import_report",
            token=str(token),
            lines=[line_of(note) for note in proposal.imported.notes],
            warnings=proposal.imported.warnings[:40],
            changes=changes_in_words(form_diff(self.definition, definition)),
            sections=definition["sections"],
            count=sum(len(section["questions"]) for section in definition["sections"]),
        )


class FormExportView(FormEditorView):
    """The draft if there is one, else the form in force."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        title = say(self.intake.program.title, "en") or str(self.intake)
        content = export_workbook(self.definition, title=title)
        name = slugify(title)[:60] or "form"
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}-{self.version.number}.xlsx"'
        response["Cache-Control"] = "no-store"
        return response
