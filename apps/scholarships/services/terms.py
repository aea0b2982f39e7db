"""What every award of a program is worth."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.programs.events import ProgramChanged
from apps.programs.models import Program
from apps.scholarships.models import ScholarshipTerms
from apps.scholarships.rules import split_amount
from apps.scholarships.selectors import enrolments_without_award, first_payment_on
from apps.scholarships.services.awards import draft_award


@transaction.atomic
def set_terms(
    *, program: Program, amount: Decimal, currency: str, instalments: int, months_between: int, actor: Actor
) -> ScholarshipTerms:
    """Set or change the terms. Awards already drafted keep theirs; scholars without one get it now.

    Raises Invalid when the amount cannot be paid in that many instalments of that currency.
    """
    try:
        split_amount(amount, instalments, currency)
    except ValueError as error:
        raise Invalid(
            fields={
                "amount": [_("Enter an amount that can be paid in this currency in this many instalments.")]
            }
        ) from error
    terms, _created = ScholarshipTerms.objects.update_or_create(
        program=program,
        defaults={
            "amount": amount,
            "currency": currency,
            "instalments": instalments,
            "months_between": months_between,
        },
    )
    publish(ProgramChanged(program_id=program.pk, fields=["scholarship_terms"]), actor=actor)
    for enrolment in enrolments_without_award(program):
        draft_award(enrolment=enrolment, first_on=first_payment_on(enrolment), actor=actor)
    return terms
