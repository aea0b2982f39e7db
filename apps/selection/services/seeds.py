"""The lottery's seed: drawn and promised before applications close, shown when they have closed.

The order that makes the lot honest: the seed is drawn by the operating system, kept sealed, and its
SHA-256 published; from then on nobody can choose another. Only after closing, when nobody can apply
with a number made to fit it, is it opened.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict
from apps.core.sealing import seal, unseal
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import TieBreak
from apps.selection.events import SeedCommitted, SeedRevealed
from apps.selection.models import SelectionRule

#: Bound into the seal together with the rule: a seed copied into another row does not open.
PURPOSE = "lottery"
SEED_BYTES = 32


def rule_for_update(intake: Intake) -> SelectionRule:
    """The rule, made when there is none, both rows locked: the intake's always before the rule's."""
    Intake.objects.select_for_update().get(pk=intake.pk)
    SelectionRule.objects.get_or_create(intake=intake)
    return SelectionRule.objects.select_for_update().get(intake=intake)


@transaction.atomic
def commit_seed(*, intake: Intake, actor: Actor) -> SelectionRule:
    """Draw the seed, keep it sealed, publish its hash. Once drawn it stays: twice is once."""
    rule = rule_for_update(intake)
    if rule.seed_hash:
        return rule
    seed = secrets.token_hex(SEED_BYTES)
    sealed, key_id = seal({"seed": seed}, person_id=rule.pk, purpose=PURPOSE)
    promised = hashlib.sha256(bytes.fromhex(seed)).hexdigest()
    SelectionRule.objects.filter(pk=rule.pk).update(
        sealed_seed=sealed, seed_key_id=key_id, seed_hash=promised, seed_committed_at=Now()
    )
    publish(SeedCommitted(intake_id=intake.pk, seed_hash=promised), actor=actor)
    rule.refresh_from_db()
    return rule


@transaction.atomic
def reveal_seed(*, intake: Intake, actor: Actor) -> SelectionRule:
    """Open the seed for everyone. Twice is once. Raises Conflict before the intake's closing time, by
    our clock and whatever its status says, and where no seed was promised.
    """
    rule = rule_for_update(intake)
    if rule.seed:
        return rule
    if not rule.seed_hash:
        raise Conflict(_("No seed was drawn for this intake."))
    if not is_over(Intake.objects.get(pk=intake.pk)):
        raise Conflict(_("The seed stays closed until applications close."))
    opened = unseal(bytes(rule.sealed_seed), rule.seed_key_id, person_id=rule.pk, purpose=PURPOSE)
    SelectionRule.objects.filter(pk=rule.pk).update(seed=opened["seed"], seed_revealed_at=Now())
    publish(SeedRevealed(intake_id=intake.pk), actor=actor)
    rule.refresh_from_db()
    return rule


def is_over(intake: Intake) -> bool:
    return intake.closes_at is not None and intake.closes_at <= timezone.now()


@transaction.atomic
def promise_lot(*, intake_id: int, actor: Actor) -> None:
    """When people can see an intake that draws lots between equals, its seed is promised."""
    intake = Intake.objects.get(pk=intake_id)
    if rule_for_update(intake).tie_break == TieBreak.LOTTERY:
        commit_seed(intake=intake, actor=actor)


@transaction.atomic
def reveal_due_seed(*, intake_id: int, actor: Actor) -> bool:
    """Open the seed of an intake when there is one and it may be opened; say whether it was."""
    found = _due(timezone.now()).filter(intake=intake_id).select_related("intake").first()
    if found is not None:
        reveal_seed(intake=found.intake, actor=actor)
    return found is not None


def reveal_due_seeds(*, now: datetime, limit: int = 100) -> int:
    """Open what may be opened; return how many. Each in a transaction of its own; safe to run twice."""
    ids = list(_due(now).order_by("pk").values_list("intake", flat=True)[:limit])
    return sum(reveal_due_seed(intake_id=pk, actor=CLOCK) for pk in ids)


def _due(now: datetime) -> QuerySet[SelectionRule]:
    return SelectionRule.objects.exclude(seed_hash="").filter(seed="", intake__closes_at__lte=now)
