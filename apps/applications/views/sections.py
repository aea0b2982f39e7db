"""Filling in: start, task list, one section after the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.answers import set_aside
from apps.applications.enums import ApplicationStatus
from apps.applications.forms import SectionForm
from apps.applications.models import Application, Document
from apps.applications.references import reference_task
from apps.applications.rules.counting import count
from apps.applications.rules.definition import Form, Section
from apps.applications.selectors import (
    all_answers,
    declaring_of,
    documents_of,
    form_of,
    own_application,
    read_sections,
    saved_sections,
    task_list,
    tasks_beside,
)
from apps.applications.services import (
    add_document,
    add_pages,
    attach_draft_to_person,
    newer_form,
    save_section,
    start_draft,
)
from apps.applications.services.opening import Locked
from apps.applications.views.own import (
    OwnApplicationView,
    drafts_of,
    keep_typed,
    onward_url,
    remember_draft,
    sign_in_url,
    take_typed,
)
from apps.core.access import Access
from apps.core.actors import Actor
from apps.core.errors import Conflict, DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of
from apps.programs.models import Intake

#: Where the eligibility page left a visitor's answers (apps.programs.views.public).
ELIGIBILITY = "eligibility"


class StartView(View):
    """Begin, or go on with what this person or this browser began before: two clicks are one draft."""

    access = Access.PUBLIC

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = get_object_or_404(Intake.objects.listed(), public_id=public_id)
        application = self._begun_here(request, intake) or start_draft(
            intake=intake,
            user=request.user if request.user.is_authenticated else None,
            language=get_language() or "en",
            time_zone=zone_of(request, intake.time_zone).key,
            eligibility_answers=request.session.get(ELIGIBILITY, {}).get(str(intake.pk)),
            actor=request.actor,
        )
        remember_draft(request, application)
        return redirect("applications:task-list", application.public_id)

    def _begun_here(self, request: HttpRequest, intake: Intake) -> Application | None:
        if request.user.is_authenticated:
            return None
        begun = Application.objects.filter(
            public_id__in=drafts_of(request), intake=intake, person=None, status=ApplicationStatus.DRAFT
        )
        return begun.first()


class ClaimView(View):
    """After signing in: the draft of this browser becomes the draft of the account."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        found = own_application(request.viewer, drafts_of(request), public_id)
        if found is None:
            raise Http404
        application = attach_draft_to_person(application=found, user=request.user, actor=request.actor)
        if application.pk != found.pk:
            messages.info(request, _("You had begun this application before. We go on with that one."))
        to = request.GET.get("to", "")
        if application.pk == found.pk and url_has_allowed_host_and_scheme(to, allowed_hosts=None):
            return redirect(to)
        return redirect("applications:task-list", application.public_id)


class TaskListView(OwnApplicationView):
    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        if application.status == ApplicationStatus.MORE_INFORMATION:
            return redirect("applications:information", public_id)
        if application.status != ApplicationStatus.DRAFT:
            return redirect(onward_url(request, application))
        tasks = task_list(application, form_of(application))
        context = {
            "application": application,
            "intake": application.intake,
            "tasks": tasks,
            "references": reference_task(application),
            "done": sum(task.state == "completed" for task in tasks),
            "zone": zone_of(request, application.intake.time_zone),
            "sign_in_url": sign_in_url(application, request.path),
            "newer_form": newer_form(application),
            "set_aside": set_aside(application),
            "declaring": declaring_of(application),
            **tasks_beside(application),
        }
        return render(request, "applications/application_tasks.html", context)


def _keep_files(application: Application, question: str, sent: Any, actor: Actor) -> None:
    """A question that takes several photos sends a list; they become one document."""
    if isinstance(sent, list):
        add_pages(application=application, question=question, uploads=sent, actor=actor)
    else:
        add_document(application=application, question=question, upload=sent, actor=actor)


class SectionView(OwnApplicationView):
    """One section. What was typed is saved whatever is wrong with it, and shown again."""

    open_to_helpers = True

    def set_aside(self, request: HttpRequest, **kwargs: Any) -> None:
        if request.method == "POST":
            keep_typed(request, kwargs["public_id"], kwargs["section"])

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        application, part, documents, known = self._find(section)
        row = saved_sections(application).get(section)
        if typed := take_typed(request, public_id, section):
            data = QueryDict(mutable=True)
            for name, values in typed.items():
                data.setlist(name, values)
            messages.info(request, _("You were signed out. What you typed is here: save it now."))
            form = SectionForm(part, documents, data, known=known)
            return self._show(request, application, part, form, row.version if row else 0)
        form = SectionForm(part, documents, initial=row.answers if row else {}, known=known)
        return self._show(request, application, part, form, row.version if row else 0)

    def post(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        read_sections(self.application)
        application, part, documents, known = self._find(section)
        before = saved_sections(application).get(section)
        form = SectionForm(
            part,
            documents,
            request.POST,
            request.FILES,
            initial=before.answers if before else {},
            known=known,
        )
        complete = form.is_valid()
        try:
            for question, upload in form.uploads().items():
                _keep_files(application, question, upload, request.actor)
        except DomainError as error:
            attach(form, error)
            complete = False
        version = request.POST.get("version", "")
        try:
            save_section(
                application=application,
                section=section,
                answers=form.answers(),
                is_complete=complete,
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
                actor=request.actor,
            )
        except Conflict as error:
            read_sections(application)
            return self._show_both(request, application, part, form, error)
        read_sections(application)
        if "later" in request.POST or (complete and "more" not in request.POST):
            return self._onward(request, application, part)
        row = saved_sections(application)[section]
        return self._show(request, application, part, form, row.version, status=422, kept=True)

    def _find(self, section: str) -> tuple[Application, Section, dict[str, Document], dict[str, Any]]:
        """The section, its files, and the answers that count from the sections before it."""
        application = self.application
        form = form_of(application)
        part = form.section(section)
        if part is None:
            raise Http404
        files = documents_of(application) if any(each.documents for each in form.sections) else []
        before = Form(form.sections[: form.sections.index(part)])
        known = dict(count(before, all_answers(application, form, files)).answers)
        return application, part, {row.question: row for row in files}, known

    def _onward(self, request: HttpRequest, application: Application, part: Section) -> HttpResponse:
        """To the next section that waits, so that a form reads like one walk; else to the list."""
        if application.status != ApplicationStatus.DRAFT:
            return redirect("applications:task-list", application.public_id)
        tasks = task_list(application, form_of(application))
        keys = [task.section.key for task in tasks]
        after = tasks[keys.index(part.key) + 1 :]
        waiting = [task.section.key for task in after if task.state != "completed"]
        if "later" in request.POST or not waiting:
            return redirect("applications:task-list", application.public_id)
        return redirect("applications:section", application.public_id, waiting[0])

    def _show_both(
        self,
        request: HttpRequest,
        application: Application,
        part: Section,
        form: SectionForm,
        error: DomainError,
    ) -> HttpResponse:
        row = saved_sections(application).get(part.key)
        if row is None or isinstance(error, Locked):
            messages.error(request, str(error.message))
            return redirect("applications:task-list", application.public_id)
        attach(form, error)
        return self._show(request, application, part, form, row.version, theirs=row.answers, status=409)

    def _show(
        self,
        request: HttpRequest,
        application: Application,
        part: Section,
        form: SectionForm,
        version: int,
        *,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        theirs = extra.pop("theirs", {})
        context = {
            "application": application,
            "intake": application.intake,
            "section": part,
            "form": form,
            "version": version,
            "theirs": [(question.label, theirs.get(question.key, "")) for question in part.questions]
            if theirs
            else [],
            "sign_in_url": sign_in_url(application, request.path),
            "saved": saved_sections(application).get(part.key),
            "zone": zone_of(request, application.intake.time_zone),
            **extra,
        }
        return render(request, "applications/application_section.html", context, status=status)
