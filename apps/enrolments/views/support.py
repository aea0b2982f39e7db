"""Support: the desk of those who arrange it, and the participant's own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.actors import Actor
from apps.core.pages import ServiceFormView
from apps.core.paging import keyset_page
from apps.enrolments.forms import SupportEndForm
from apps.enrolments.models import SupportTask
from apps.enrolments.selectors import support_desk, support_tasks_of, today_at
from apps.enrolments.services import end_support, reasons_of
from apps.enrolments.views.access import ParticipantMixin
from apps.people.enums import NeedKind
from apps.people.forms import SupportForm
from apps.people.services import read_needs
from apps.people.services.support import Need
from apps.people.views.support import save_support, support_form


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task with its need in the clear; made where the reading has just been recorded."""

    task: SupportTask
    need: Need
    reason: str

    @property
    def what(self) -> str:
        return str(NeedKind(self.need.kind).label)

    @property
    def is_late(self) -> bool:
        return self.task.status == "open" and self.task.due_on < today_at(self.task.enrolment.intake)


def opened(tasks: Iterable[SupportTask], *, purpose: str, actor: Actor) -> list[OpenedTask]:
    rows = list(tasks)
    needs = read_needs(needs=[task.need for task in rows], purpose=purpose, actor=actor)
    reasons = reasons_of(rows)
    return [OpenedTask(task, needs[task.need_id], reasons.get(task.pk, "")) for task in rows]


class NotStored:
    """Pages that show needs stay in no cache."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        answer["Cache-Control"] = "no-store"
        return answer


class SupportListView(NotStored, TemplateView):
    """Needs as tasks by their day, those to be arranged first. Every need shown is recorded as read."""

    access = Access.LOGISTICS
    template_name = "enrolments/support_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = support_desk(self.request.viewer)
        page = keyset_page(tasks, self.request.GET.get("cursor"), order=("is_done", "due_on", "id"))
        rows = opened(page.rows, purpose="support desk", actor=self.request.actor)
        return super().get_context_data(page=page, rows=rows, **kwargs)


class SupportEndView(NotStored, ServiceFormView):
    access = Access.LOGISTICS
    template_name = "enrolments/support_end.html"
    form_class = SupportEndForm
    done = gettext_lazy("Saved. We have written to the person that there is an answer.")

    @cached_property
    def task(self) -> SupportTask:
        return get_object_or_404(support_desk(self.request.viewer), public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = opened([self.task], purpose="support desk", actor=self.request.actor)[0]
        return super().get_context_data(row=row, **kwargs)

    def act(self, form: SupportEndForm) -> None:
        end_support(task=self.task, **form.cleaned_data, actor=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("enrolments:support-list")


class MySupportView(NotStored, ParticipantMixin, View):
    """What I asked for and how it went; and what else I need."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(support_form(request, self.enrolment.person))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = support_form(request, self.enrolment.person, request.POST)
        if status := save_support(request, self.enrolment.person, form):
            return self._show(form, status)
        return redirect("enrolments:my-support", public_id)

    def _show(self, form: SupportForm, status: int = 200) -> HttpResponse:
        rows = opened(support_tasks_of(self.enrolment), purpose="own page", actor=self.request.actor)
        context = self.get_context_data(form=form, rows=rows)
        return render(self.request, "enrolments/my_support.html", context, status=status)
