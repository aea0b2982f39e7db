"""Taking a release away: the page that says what each file is, and the files."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from apps.core.access import Access
from apps.inclusion.exports.iati.records import activities_of, known, lacking_of, programs_told
from apps.inclusion.exports.iati.xml import file_lines
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
        lacking = lacking_of(programs_told(release), known())
        context = {"release": release, "notes": notes_of(release), "lacking": lacking}
        return render(request, "inclusion/release_take_away.html", context)


class FileView(View):
    """One file of a release. Taking it is recorded before the first byte leaves."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    file: ClassVar[str]

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        release = release_or_404(number)
        answer = self.written(request, release)
        if answer.status_code != HTTPStatus.OK:
            return answer
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


class ActivitiesView(FileView):
    """Activities of the IATI Standard: all programs of the release, or `?program=` one of them.

    A program that lacks something is left out; when all do, a page says what to do, and no file is taken.
    """

    file = "activities.xml"

    def written(self, request: HttpRequest, release: Release) -> HttpResponseBase:
        programs, kept, now = programs_told(release), known(), timezone.now()
        slug = request.GET.get("program")
        if slug is not None:
            programs = {each: program for each, program in programs.items() if each == slug}
            if not programs:
                raise Http404
        lacking = lacking_of(programs, kept)
        if len(lacking) == len(programs):
            context = {"release": release, "lacking": lacking}
            return render(request, "inclusion/release_activities_lacking.html", context, status=409)
        lines = file_lines(activities_of(release, programs, kept, now), now)
        return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")
