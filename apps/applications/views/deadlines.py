"""Coordinators give one person more time, without being shown any draft."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.applications.deadline_forms import ExtensionForm
from apps.applications.services import extend_deadline
from apps.core.access import Access
from apps.core.pages import ServiceFormView
from apps.programs.models import Intake


class DeadlineExtendView(ServiceFormView):
    """The answer is the same whether or not there is such a draft: it says no more than was typed."""

    access = Access.COORDINATOR
    template_name = "applications/deadline_extend.html"
    form_class = ExtensionForm
    done = _("Done. If this person has an application here that is not sent, their time is longer now.")

    @cached_property
    def intake(self) -> Intake:
        ours = Intake.objects.filter(program__organisation__in=self.request.viewer.at(Role.COORDINATOR))
        return get_object_or_404(ours.select_related("program"), public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "intake": self.intake}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(intake=self.intake, **kwargs)

    def act(self, form: ExtensionForm) -> None:
        extend_deadline(intake=self.intake, **form.cleaned_data, actor=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("applications:deadline-extend", args=[self.intake.public_id])
