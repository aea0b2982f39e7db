"""Administrators: people, their roles, and organisations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from apps.accounts.forms import OrganisationForm, PersonForm, RoleForm
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.selectors import search_people
from apps.accounts.services.people import open_account
from apps.accounts.services.roles import add_organisation, end_role, give_role
from apps.core.access import Access
from apps.core.cleaning import tidy
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page


class PeopleView(FormView):
    """Everyone with an account, by e-mail; adding someone leads to their roles."""

    access = Access.ADMINISTRATOR
    template_name = "accounts/person_list.html"
    form_class = PersonForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = tidy(self.request.GET.get("q", ""))[:100]
        page = keyset_page(search_people(text), self.request.GET.get("cursor"), order=("email", "id"))
        return super().get_context_data(page=page, text=text, **kwargs)

    def form_valid(self, form: PersonForm) -> HttpResponse:
        person = open_account(**form.cleaned_data, language="en", actor=self.request.actor)
        return redirect("accounts:person", person.public_id)


class PersonView(View):
    access = Access.ADMINISTRATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self.show(request, public_id, RoleForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        person = get_object_or_404(User, public_id=public_id)
        form = RoleForm(request.POST)
        if not form.is_valid():
            return self.show(request, public_id, form, status=422)
        give_role(user=person, **form.cleaned_data, actor=request.actor)
        messages.success(request, _("Role given."))
        return redirect("accounts:person", public_id)

    def show(self, request: HttpRequest, public_id: UUID, form: RoleForm, status: int = 200) -> HttpResponse:
        person = get_object_or_404(User, public_id=public_id)
        memberships = person.memberships.select_related("organisation").order_by("ended_at", "id")
        context = {"person": person, "memberships": memberships, "form": form}
        return render(request, "accounts/person_detail.html", context, status=status)


class EndRoleView(View):
    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest, membership_id: int) -> HttpResponse:
        membership = get_object_or_404(Membership.objects.current().select_related("user"), pk=membership_id)
        try:
            end_role(membership=membership, actor=request.actor)
            messages.success(request, _("The role has ended."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("accounts:person", membership.user.public_id)


class OrganisationsView(FormView):
    access = Access.ADMINISTRATOR
    template_name = "accounts/organisation_list.html"
    form_class = OrganisationForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset_page(Organisation.objects.all(), self.request.GET.get("cursor"), order=("name", "id"))
        return super().get_context_data(page=page, **kwargs)

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        try:
            add_organisation(**form.cleaned_data, actor=self.request.actor)
        except DomainError as error:
            attach(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Organisation added."))
        return redirect("accounts:organisation-list")
