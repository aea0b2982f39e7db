"""Giving back the time a country was without internet."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.places.models import Country
from apps.programs.events import OutageDeclared
from apps.programs.models import Intake, Outage

LONGEST = timedelta(days=30)
FURTHEST = timedelta(days=7)


@transaction.atomic
def declare_outage(
    *,
    organisation: Organisation,
    country: Country,
    intake: Intake | None,
    starts_at: datetime,
    ends_at: datetime,
    actor: Actor,
) -> Outage:
    """For one intake, or for every one that was open then. Declaring the same again is a Conflict.

    It cannot be taken back: people were told their new deadline. Who gains is worked out from the
    rows (`applications.deadlines`); listeners open again what had ended and tell people.
    """
    if starts_at >= ends_at:
        raise Invalid(fields={"ends_at": [_("It must end after it began.")]})
    if ends_at - starts_at > LONGEST:
        raise Invalid(fields={"ends_at": [_("Enter at most 30 days. Declare a longer outage in parts.")]})
    if ends_at > timezone.now() + FURTHEST:
        raise Invalid(fields={"ends_at": [_("Enter an end in the next 7 days at the latest.")]})
    try:
        with transaction.atomic():
            outage = Outage.objects.create(
                organisation=organisation,
                country=country,
                intake=intake,
                starts_at=starts_at,
                ends_at=ends_at,
                declared_by_id=actor.user_id,
            )
    except IntegrityError:
        raise Conflict(_("This outage is declared already.")) from None
    publish(OutageDeclared(outage_id=outage.pk), actor=actor)
    return outage
