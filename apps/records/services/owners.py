"""Whose records an operator imports."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import OrganisationKind
from apps.accounts.models import Organisation
from apps.accounts.services.roles import add_organisation
from apps.core.actors import Actor
from apps.core.errors import Invalid


@transaction.atomic
def organisation_for(*, name: str, actor: Actor) -> Organisation:
    """The organisation of this name; added when we do not know it. Raises Invalid without a name."""
    if not name:
        raise Invalid(_("Say whose records these are."))
    known = Organisation.objects.filter(name=name).first()
    return known or add_organisation(name=name, kind=OrganisationKind.RUNS_PROGRAMS, actor=actor)
