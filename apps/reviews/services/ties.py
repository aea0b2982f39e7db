"""What reviewers tell of before anything is assigned."""

import re

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.places.models import Subdivision
from apps.reviews.enums import TieKind
from apps.reviews.events import TieTakenBack, TieTold
from apps.reviews.models import KnownTie
from apps.reviews.rules.named import LEAST, plain
from apps.reviews.rules.ties import PUBLIC_HOSTS
from apps.reviews.services.recheck import recheck_person

ADDRESS = re.compile(r"([^\s@]+@)?[^\s@]+\.[^\s@.]{2,}")
#: One cannot know more people than this so well that a list helps.
MOST_TIES = 100


@transaction.atomic
def tell_tie(*, reviewer: User, kind: TieKind, value: str, actor: Actor) -> KnownTie:
    """Keep a tie in lower case, and end at once what this reviewer reads against it. Twice is once.

    Raises Invalid for an address that is none, a mail host everybody uses, an organisation of fewer
    than three letters, and a province nobody knows. Intakes are locked in key order.
    """
    value = _READ[kind](value)
    if len(value) > 200:
        raise Invalid(fields={"value": [_("This is too long.")]})
    if KnownTie.objects.filter(reviewer=reviewer).count() >= MOST_TIES:
        raise Invalid(_("You have told of {most} ties already.").format(most=MOST_TIES))
    tie, is_new = KnownTie.objects.get_or_create(reviewer=reviewer, kind=kind, value=value)
    if is_new:
        publish(TieTold(tie_id=tie.pk, reviewer_id=reviewer.pk, kind=kind), actor=actor)
        recheck_person(user_id=reviewer.pk, actor=actor)
    return tie


@transaction.atomic
def take_back_tie(*, tie: KnownTie, actor: Actor) -> None:
    """It counts for nothing any more. Readings it ended stay ended: the pair had a tie then."""
    pk = tie.pk
    tie.delete()
    publish(TieTakenBack(tie_id=pk, reviewer_id=tie.reviewer_id, kind=tie.kind), actor=actor)


def _address(value: str) -> str:
    address = plain(value).removeprefix("@")
    if not ADDRESS.fullmatch(address):
        raise Invalid(fields={"value": [_("Write an address like name@example.org, or what follows the @.")]})
    if address in PUBLIC_HOSTS:
        raise Invalid(fields={"value": [_("Many people use this mail host. Write the whole address.")]})
    return address


def _organisation(value: str) -> str:
    name = plain(value)
    if len(name) < LEAST:
        raise Invalid(fields={"value": [_("Write at least three letters of the name.")]})
    return name


def _subdivision(value: str) -> str:
    """By code, or by an English name that only one province has."""
    name = " ".join(value.split())
    rows = Subdivision.objects.filter(Q(code__iexact=name) | Q(name__iexact=name)).values_list(
        "code", flat=True
    )
    codes = list(rows[:2])
    if not codes:
        raise Invalid(fields={"value": [_("We know no province or district of this name.")]})
    if len(codes) > 1:
        raise Invalid(fields={"value": [_("Several have this name. Write the code, for example TH-50.")]})
    return codes[0].lower()


_READ = {
    TieKind.EMAIL: _address,
    TieKind.ORGANISATION: _organisation,
    TieKind.SUBDIVISION: _subdivision,
}
