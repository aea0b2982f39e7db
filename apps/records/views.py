"""Coordinators check a file, read the report, and import it. Rows are those of their organisations."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.errors import Conflict, DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.records.enums import ImportStatus
from apps.records.forms import ImportForm
from apps.records.models import ImportRun
from apps.records.rules.records import guide
from apps.records.selectors import shipped_mappings
from apps.records.services.checking import check_records, discard_check, import_checked

PAGE = 25


class ImportListView(TemplateView):
    access = Access.COORDINATOR
    template_name = "records/import_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.visible_to(self.request.viewer).select_related("organisation", "asked_by")
        page = keyset_page(runs, self.request.GET.get("cursor"), order=("-id",), size=PAGE)
        titles = {name: mapping.title for name, mapping in shipped_mappings().items()}
        rows = [(run, titles.get(run.mapping, run.mapping)) for run in page.rows]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class ImportNewView(View):
    """The form. A file that can be read leads to its report, good or bad."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, ImportForm(viewer=request.viewer))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, viewer=request.viewer)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            run = check_records(
                mapping_name=form.cleaned_data["mapping"],
                upload=form.cleaned_data["file"],
                organisation=form.cleaned_data["organisation"],
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self.show(request, form, status=422)
        return redirect("records:import-detail", run.public_id)

    def show(self, request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
        known = [shipped_mappings()[name] for name, _title in form.fields["mapping"].choices]
        guides = [(mapping, guide(mapping)) for mapping in known]
        return render(request, "records/import_new.html", {"form": form, "guides": guides}, status=status)


class ImportDetailView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        run = _run(request, public_id)
        mapping = shipped_mappings().get(run.mapping)
        return render(request, "records/import_detail.html", {"run": run, "mapping": mapping})


class ImportConfirmView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        run = _run(request, public_id)
        try:
            run = import_checked(run=run, actor=request.actor)
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("records:import-detail", public_id)
        if run.status == ImportStatus.IMPORTED:
            words = ngettext("%(count)s record imported.", "%(count)s records imported.", run.rows_new)
            messages.success(request, words % {"count": run.rows_new})
        else:
            messages.error(request, _("Something changed since the check. Nothing was imported."))
        return redirect("records:import-detail", public_id)


class ImportDiscardView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            discard_check(run=_run(request, public_id), actor=request.actor)
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("records:import-detail", public_id)
        messages.success(request, _("File discarded."))
        return redirect("records:import-list")


class EmptyFileView(View):
    """The header row a kind of file needs, to fill in."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        mapping = shipped_mappings().get(name)
        if mapping is None:
            raise Http404
        disposition = f'attachment; filename="{mapping.name}.csv"'
        response = HttpResponse(
            content_type="text/csv; charset=utf-8", headers={"content-disposition": disposition}
        )
        response.write("\ufeff")
        csv.writer(response).writerow(mapping.columns)
        return response


def _run(request: HttpRequest, public_id: UUID) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.viewer).select_related("organisation", "asked_by")
    return get_object_or_404(runs, public_id=public_id)
