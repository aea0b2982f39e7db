"""Decisions and the batches that tell them."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from apps.accounts.roles import Viewer
from apps.programs.models import Intake
from apps.selection.enums import BatchStatus, DecisionStatus
from apps.selection.models import Decision, ReleaseBatch
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
