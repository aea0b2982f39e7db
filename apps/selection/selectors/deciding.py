"""Decisions and the batches that tell them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from apps.accounts.roles import Viewer
from apps.applications.enums import Outcome
from apps.programs.models import Intake
from apps.selection.enums import HOLDS_A_SEAT, BatchStatus, DecisionStatus
from apps.selection.models import Decision, Offer, ReleaseBatch
from apps.selection.selectors.statuses import RANKED


def in_force(application_ids: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(application__in=application_ids).exclude(status=DecisionStatus.CORRECTED)


def held_of(intake: Intake) -> QuerySet[Decision]:
    """Held decisions that a batch can still tell: not those of applications that were withdrawn."""
    return Decision.objects.filter(
        application__intake=intake, application__status__in=RANKED, status=DecisionStatus.HELD, batch=None
    )


def outcome_counts(decisions: QuerySet[Decision]) -> Counter[str]:
    rows = decisions.order_by().values("outcome").annotate(n=Count("id"))
    return Counter({row["outcome"]: row["n"] for row in rows})


#: Where somebody without a rank stands: after everybody with one.
UNRANKED = 2_000_000_000


def decisions_of(batch: ReleaseBatch) -> QuerySet[Decision]:
    """Every decision of a batch with its person; `place` is its rank, and orders those without one too."""
    rows = batch.decisions.select_related("application__person")
    return rows.annotate(place=Coalesce("rank", UNRANKED))


@dataclass(frozen=True, slots=True)
class SeatsAfter:
    """What a release does to the seats of an intake; `short` are offers for which there is none."""

    free_now: int
    offered: int
    given_back: int
    free_after: int
    short: int


def seats_after(batch: ReleaseBatch) -> SeatsAfter:
    """Offers that a release would make and take back, with the seats as they are now.

    Who holds a seat already by an earlier offer takes no second one.
    """
    holding = Offer.objects.filter(application=OuterRef("application"), status__in=HOLDS_A_SEAT)
    rows = batch.decisions.annotate(holds=Exists(holding))
    offered = rows.filter(outcome=Outcome.OFFER, holds=False).count()
    given_back = rows.filter(holds=True).exclude(outcome=Outcome.OFFER).count()
    free_now = batch.intake.seats_left
    left = free_now + given_back - offered
    return SeatsAfter(free_now, offered, given_back, max(left, 0), max(-left, 0))


def has_withdrawn(batch: ReleaseBatch) -> bool:
    """Whether somebody the batch would tell can no longer be told."""
    return batch.decisions.exclude(application__status__in=RANKED).exists()


def batches_of(intake: Intake) -> QuerySet[ReleaseBatch]:
    return (
        ReleaseBatch.objects.filter(intake=intake)
        .select_related("prepared_by", "released_by")
        .order_by("-id")
    )


def batches_waiting(viewer: Viewer) -> QuerySet[ReleaseBatch]:
    """Batches of the viewer's organisation that wait for a release."""
    return ReleaseBatch.objects.filter(
        intake__in=Intake.objects.visible_to(viewer), status=BatchStatus.PREPARED
    )


def own_decision(viewer: Viewer, application_public_id: Any) -> Decision | None:
    """The last decision the viewer was told about their own application; held ones do not exist for them.

    While a correction is held, the decision it will replace is still what they were told.
    """
    if viewer.user_id is None:
        return None
    told = Decision.objects.filter(
        application__public_id=application_public_id,
        application__person__user_id=viewer.user_id,
        released_at__isnull=False,
    )
    return told.select_related("application__intake__program__organisation").order_by("-version").first()
