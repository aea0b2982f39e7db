"""Taking a release away: the page that says what each file is, and the files."""

from collections.abc import Iterator
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views import View

from apps.core.access import Access
from apps.inclusion.exports.lines import figure_lines, tidy_lines
from apps.inclusion.exports.notes import notes_of
from apps.inclusion.exports.workbook import workbook_of
from apps.inclusion.models import Release
from apps.inclusion.selectors.tidy import release_numbered
from apps.inclusion.services.taking import record_taking

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def release_or_404(number: int) -> Release:
    release = release_numbered(number)
    if release is None:
        raise Http404
    return release


class TakeAwayView(View):
    """What can be taken, and what a reader of the files must know."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        release = release_or_404(number)
        context = {"release": release, "notes": notes_of(release)}
        return render(request, "inclusion/release_take_away.html", context)


class FileView(View):
    """One file of a release. Taking it is recorded before the first byte leaves."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    file: ClassVar[str]

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        release = release_or_404(number)
        answer = self.written(request, release)
        record_taking(release=release, file=self.file, actor=request.actor)
        answer["Content-Disposition"] = f'attachment; filename="release-{number}-{self.file}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def written(self, request: HttpRequest, release: Release) -> HttpResponseBase:
        raise AssertionError("a file says in written() how it is written")


class LinesView(FileView):
    def lines(self, release: Release) -> Iterator[str]:
        raise AssertionError("a file of lines says in lines() what they are")

    def written(self, request: HttpRequest, release: Release) -> HttpResponseBase:
        return StreamingHttpResponse(self.lines(release), content_type="text/csv; charset=utf-8")


class FiguresCsvView(LinesView):
    """In words, for people."""

    file = "figures.csv"

    def lines(self, release: Release) -> Iterator[str]:
        return figure_lines(release)


class TidyCsvView(LinesView):
    """In codes, for programs."""

    file = "tidy.csv"

    def lines(self, release: Release) -> Iterator[str]:
        return tidy_lines(release)


class WorkbookView(FileView):
    file = "figures.xlsx"

    def written(self, request: HttpRequest, release: Release) -> HttpResponseBase:
        return HttpResponse(workbook_of(release), content_type=XLSX)
