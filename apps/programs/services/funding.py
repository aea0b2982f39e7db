"""Who pays for a program, and what their money may do about inclusion targets."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation
from apps.core.actors import Actor
from apps.core.errors import Invalid, NotAllowed
from apps.events.services import publish
from apps.programs.enums import InclusionMode
from apps.programs.events import InclusionModeChanged, ProgramChanged
from apps.programs.models import Funding, Program


@transaction.atomic
def add_funder(*, program: Program, funder: Organisation, actor: Actor) -> Funding:
    """Name who pays. A new stream begins with the usual mode; one that is there stays as it is."""
    funding, is_new = Funding.objects.get_or_create(program=program, funder=funder)
    if is_new:
        publish(ProgramChanged(program_id=program.pk, fields=["funding"]), actor=actor)
    return funding


@transaction.atomic
def set_inclusion_mode(*, funding: Funding, inclusion_mode: str, legal_basis: str, actor: Actor) -> Funding:
    """What this money may do about targets, and the law or rule that allows it.

    Raises NotAllowed for everyone but an administrator, Invalid without a legal basis. The row is
    locked, so that the audit trail tells each change with what was before it. Twice is once.
    """
    _must_be_administrator(actor)
    if inclusion_mode not in InclusionMode.values:
        raise Invalid(fields={"inclusion_mode": [_("Choose one of the answers shown.")]})
    if not legal_basis.strip():
        raise Invalid(fields={"legal_basis": [_("Name the law or rule that allows this.")]})
    row = Funding.objects.select_for_update().get(pk=funding.pk)
    before = row.inclusion_mode
    if (before, row.legal_basis) == (inclusion_mode, legal_basis):
        return row
    Funding.objects.filter(pk=row.pk).update(inclusion_mode=inclusion_mode, legal_basis=legal_basis)
    row.inclusion_mode, row.legal_basis = inclusion_mode, legal_basis
    publish(
        InclusionModeChanged(
            program_id=row.program_id,
            funding_id=row.pk,
            before=before,
            after=inclusion_mode,
            basis=legal_basis,
        ),
        actor=actor,
    )
    return row


def _must_be_administrator(actor: Actor) -> None:
    mine = Membership.objects.current().filter(user=actor.user_id, role=Role.ADMINISTRATOR)
    if not mine.exists():
        raise NotAllowed(_("Only an administrator decides what money may do about targets."))
