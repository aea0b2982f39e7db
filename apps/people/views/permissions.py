"""My permissions: what I allowed, in which words, and one button to take each back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.people.enums import ASKABLE
from apps.people.models import Person
from apps.people.selectors import all_permissions, needs_a_guardian, wording_for
from apps.people.services import answer_consent, person_for, withdraw_consent
from apps.places.selectors import law_of

#: What can be allowed again here; support and the optional questions are allowed where they are answered.
HERE = frozenset(purpose.value for purpose in ASKABLE)


class PermissionsView(View):
    access = Access.SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        person = Person.objects.visible_to(request.viewer).select_related("country").first()
        language = get_language() or "en"
        context: dict[str, Any] = {
            "permissions": all_permissions(person, language) if person else [],
            "application_wording": wording_for(person, "application", language),
            "law": law_of(person.country_id) if person else "",
            "country": person.country if person else None,
            "needs_guardian": person is not None and needs_a_guardian(person),
            "here": HERE,
        }
        answer = render(request, "people/permission_list.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class PermissionChangeView(View):
    """One button, one purpose."""

    access = Access.SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, purpose: str) -> HttpResponse:
        person = person_for(user=request.user, actor=request.actor)
        try:
            self.change(request, person, purpose)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("people:permissions")

    def change(self, request: HttpRequest, person: Person, purpose: str) -> None:
        raise NotImplementedError


class PermissionWithdrawView(PermissionChangeView):
    def change(self, request: HttpRequest, person: Person, purpose: str) -> None:
        if withdraw_consent(person=person, purpose=purpose, actor=request.actor):
            messages.success(request, _("Taken back. It holds from now on."))


class PermissionGiveView(PermissionChangeView):
    def change(self, request: HttpRequest, person: Person, purpose: str) -> None:
        if purpose not in HERE:
            raise Http404
        if needs_a_guardian(person):
            messages.error(request, _("At your age a guardian agrees first. Ask for it in your application."))
            return
        answer_consent(
            person=person,
            purpose=purpose,
            is_given=True,
            language=get_language() or "en",
            mark=request.POST.get("mark", ""),
            actor=request.actor,
        )
        messages.success(request, _("Saved."))
