"""Requests for a human look: whose clock runs until when, and what waits for coordinators."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import Outcome
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.models import Decision, HumanLook, Offer

#: From being told to asking, and from asking to the answer.
ASK_WITHIN, ANSWER_WITHIN = timedelta(days=14), timedelta(days=14)
ANSWERED = (LookStatus.UPHELD, LookStatus.CORRECTED)


def told_at(decision: Decision) -> datetime | None:
    """When the applicant was told: the release, or the delivery of the notice where that is known and later.

    Only the notice of an offer is followed to its delivery. None for a held decision.
    """
    if decision.released_at is None:
        return None
    delivered = (
        Offer.objects.filter(application=decision.application_id, delivered_at__isnull=False)
        .values_list("delivered_at", flat=True)
        .first()
        if decision.outcome == Outcome.OFFER
        else None
    )
    return max(decision.released_at, delivered) if delivered else decision.released_at


def ask_until(decision: Decision) -> datetime | None:
    told = told_at(decision)
    return told + ASK_WITHIN if told else None


def can_be_asked(decision: Decision) -> bool:
    """Whether the clock still runs; that nobody asked before is for the caller to see."""
    until = ask_until(decision)
    return decision.status == DecisionStatus.RELEASED and until is not None and timezone.now() < until


def own_looks(decision: Decision) -> list[HumanLook]:
    """What the applicant asked about this and earlier versions, newest first; one statement."""
    about = HumanLook.objects.filter(
        application=decision.application_id, decision__version__lte=decision.version
    )
    return list(about.select_related("decision").order_by("-decision__version"))


def is_told(look: HumanLook, decision: Decision) -> bool:
    """Whether the applicant may read the answer: one that corrects a decision is told with the correction.

    `decision` is the last they were told.
    """
    if look.status == LookStatus.CORRECTED:
        return look.decision is not None and decision.version > look.decision.version
    return look.status in (LookStatus.UPHELD, LookStatus.WITHDRAWN)


def looks_run_by(viewer: Viewer) -> QuerySet[HumanLook]:
    """Of the viewer's organisation, without requests of their own."""
    return HumanLook.objects.run_by(viewer).exclude(application__person__user_id=viewer.user_id)


def with_people(looks: QuerySet[HumanLook]) -> QuerySet[HumanLook]:
    return looks.select_related(
        "application__person",
        "application__intake__program",
        "decision__decided_by",
        "decision__frozen__intake",
        "finding",
        "answered_by",
    ).defer("decision__frozen__record")


def looks_waiting(viewer: Viewer) -> QuerySet[HumanLook]:
    """In the order of their clocks: who is late comes first."""
    return looks_run_by(viewer).filter(status=LookStatus.WAITING).order_by("due_at", "id")


def looks_answered(viewer: Viewer) -> QuerySet[HumanLook]:
    return looks_run_by(viewer).filter(status__in=ANSWERED).order_by("-answered_at", "-id")


def decisions_run_by(viewer: Viewer) -> QuerySet[Decision]:
    """Decisions of the viewer's organisation, without those about themselves."""
    if viewer.user_id is None:
        return Decision.objects.none()
    ours = Decision.objects.filter(
        application__intake__program__organisation__in=viewer.at(Role.COORDINATOR)
    ).exclude(application__person__user_id=viewer.user_id)
    return ours.select_related("application__person", "application__intake__program__organisation", "batch")
