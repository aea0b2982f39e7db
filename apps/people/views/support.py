"""What the pages about support share: the application's, and later the participant's."""

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.people.enums import ConsentPurpose
from apps.people.forms import SupportForm
from apps.people.models import Person
from apps.people.selectors import has_consent, needs_of, wording_for
from apps.people.services import read_needs, save_needs


def support_form(request: HttpRequest, person: Person, data: QueryDict | None = None) -> SupportForm:
    """The form with what the person said before; opening it is recorded."""
    initial = {}
    if data is None:
        known = read_needs(needs=needs_of(person), purpose="own page", actor=request.actor).values()
        initial = {"needs": [need.kind for need in known], "words": "".join(need.words for need in known)}
    return SupportForm(
        data,
        initial=initial,
        wording=wording_for(person, ConsentPurpose.SUPPORT, get_language() or "en"),
        has_consent=has_consent(person, ConsentPurpose.SUPPORT),
    )


def save_support(request: HttpRequest, person: Person, form: SupportForm) -> int:
    """Keep it and say so: 0. Else the status of the page that shows why not."""
    if not form.is_valid():
        return 422
    if not form.wanted() and not form.has_consent:
        messages.info(request, _("You asked for nothing. You can come back to this at any time."))
        return 0
    try:
        save_needs(
            person=person,
            needs=form.wanted(),
            language=get_language() or "en",
            mark=form.cleaned_data["mark"] if not form.has_consent else None,
            actor=request.actor,
        )
    except DomainError as error:
        attach(form, error)
        return error.status
    messages.success(request, _("Saved. Only the people who arrange support can read it."))
    return 0
