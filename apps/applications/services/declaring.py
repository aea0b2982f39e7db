"""Asking to be counted in a group when places are given, and taking that back."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.events import DeclarationWithdrawn, GroupsDeclared
from apps.applications.models import Application, InclusionDeclaration
from apps.applications.selectors import declaration_of, may_declare
from apps.applications.selectors.declaring import OVER
from apps.applications.services.opening import Locked, require_open_to
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.programs.selectors import groups_that_count

#: Which words of the page an applicant agreed to; a new name whenever they say something else.
WORDING = "2026-11"


@transaction.atomic
def declare_groups(*, application: Application, groups: Iterable[str], actor: Actor) -> InclusionDeclaration:
    """Keep the groups someone wants to be counted in; none of them is an answer too. Twice is once.

    The application's row is locked, so that a release of decisions comes before or after. The event
    does not tell the groups. Raises Locked when it is too late or for who helps no more, Invalid for
    a group the intake has no target for.
    """
    row = _open_to(application, actor)
    if not may_declare(row) or (actor.on_behalf_of is not None and row.status != ApplicationStatus.DRAFT):
        raise Locked(_("It is too late to change this."))
    wanted, asked = set(groups), groups_that_count(row.intake)
    if not wanted <= set(asked):
        raise Invalid(fields={"groups": [_("Choose among the answers shown.")]})
    chosen = [group for group in asked if group in wanted]
    said = declaration_of(row)
    if said is not None and said.withdrawn_at is None and said.groups == chosen:
        return said
    values = {"groups": chosen, "wording": WORDING, "declared_at": Now(), "withdrawn_at": None}
    said, _is_new = InclusionDeclaration.objects.update_or_create(application=row, defaults=values)
    publish(GroupsDeclared(application_id=row.pk), actor=actor)
    return said


@transaction.atomic
def withdraw_declaration(*, application: Application, actor: Actor) -> None:
    """Be counted in no group. Twice is once. Raises Locked once decisions were released."""
    row = _open_to(application, actor)
    if row.status in OVER:
        raise Locked(_("It is too late to change this."))
    said = InclusionDeclaration.objects.filter(application=row, withdrawn_at=None)
    if said.update(groups=[], withdrawn_at=Now()):
        publish(DeclarationWithdrawn(application_id=row.pk), actor=actor)


def _open_to(application: Application, actor: Actor) -> Application:
    """The application as it stands, its row locked."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("intake")
    row = rows.get(pk=application.pk)
    require_open_to(row, actor)
    return row
