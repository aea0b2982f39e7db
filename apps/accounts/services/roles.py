"""Giving and ending roles. Both bite on the next request."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.events import OrganisationAdded, RoleEnded, RoleGiven
from apps.accounts.models import Membership, Organisation, User
from apps.core.actors import Actor
from apps.core.errors import Invalid, NotAllowed
from apps.events.services import publish


@transaction.atomic
def give_role(*, user: User, organisation: Organisation, role: str, actor: Actor) -> Membership:
    """Idempotent: a role someone holds already is left as it is."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, ended_at=None
    )
    if is_new:
        publish(RoleGiven(user_id=user.pk, organisation_id=organisation.pk, role=role), actor=actor)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, actor: Actor) -> None:
    """Administrators are locked first, so that two of them cannot end each other and leave none."""
    administrators = Membership.objects.current().filter(role=Role.ADMINISTRATOR).order_by("pk")
    holders = {each.user_id for each in administrators.select_for_update()}
    if membership.role == Role.ADMINISTRATOR and len(holders) < 2:
        raise NotAllowed(_("This is the last administrator. Give the role to someone else first."))
    if Membership.objects.current().filter(pk=membership.pk).update(ended_at=Now()):
        publish(
            RoleEnded(
                user_id=membership.user_id,
                organisation_id=membership.organisation_id,
                role=membership.role,
            ),
            actor=actor,
        )


@transaction.atomic
def add_organisation(*, name: str, kind: str, actor: Actor) -> Organisation:
    organisation, is_new = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    if not is_new:
        raise Invalid(fields={"name": [_("An organisation with this name exists already.")]})
    publish(OrganisationAdded(organisation_id=organisation.pk), actor=actor)
    return organisation
