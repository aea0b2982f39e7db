"""Freezing how often groups were selected, once all decisions of an intake are released."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.inclusion.enums import FairnessDimension
from apps.inclusion.events import FairnessReportMade, FairnessReportRead
from apps.inclusion.models import FairnessFigure, FairnessReport, FairnessStanding
from apps.inclusion.rules.cube import THRESHOLD
from apps.inclusion.selectors.fairness import latest_fairness_report
from apps.inclusion.services.fairness_figures import first_figures, further_figures
from apps.inclusion.services.standings import Standings, standings_of, standings_since
from apps.programs.models import Intake
from apps.selection.enums import DecisionStatus, OfferStatus
from apps.selection.models import Decision, Offer
from apps.selection.selectors import RANKED

UNANSWERED = (OfferStatus.MADE, OfferStatus.DELIVERED)
RULES_VERSION = "2026-11 threshold 10, ranges, by stage"
OPEN = (
    *(ApplicationStatus.SUBMITTED, ApplicationStatus.MORE_INFORMATION),
    *(ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW),
)


@transaction.atomic
def make_fairness_report(*, intake: Intake, actor: Actor) -> FairnessReport:
    """Count how far each group came, make safe what is small, and keep it. Nothing told is told anew.

    Only released decisions count: raises Invalid while one is open or held, so that nobody can try choices
    out on the figures. What was told stays for good, whatever is corrected or answered later: two
    reports that differed by one person would be about that person. The first may be made when all
    decisions are released; where offers were open then, a second adds who accepted once all are answered
    (Invalid before that, Conflict after). The intake's row is locked, so that no release runs beside.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    _require_released(intake)
    earlier = latest_fairness_report(intake)
    is_complete = not Offer.objects.filter(intake=intake, status__in=UNANSWERED).exists()
    if earlier is not None:
        _require_answers(earlier, is_complete=is_complete)
    standings = standings_of(intake)
    if earlier is not None:
        standings = standings_since(earlier, standings)
    now = timezone.now()
    rows = [
        row
        for dimension in FairnessDimension.values
        for row in (
            further_figures(intake, dimension, standings, now, earlier)
            if earlier
            else first_figures(intake, dimension, standings, now, is_complete=is_complete)
        )
    ]
    report = FairnessReport.objects.create(
        intake=intake,
        number=earlier.number + 1 if earlier else 1,
        made_at=now,
        made_by_id=actor.user_id,
        threshold=THRESHOLD,
        rules_version=RULES_VERSION,
        fingerprint=_fingerprint(rows),
        is_complete=is_complete,
    )
    _keep(report, rows, standings)
    event = FairnessReportMade(report_id=report.pk, intake_id=intake.pk, number=report.number)
    publish(event, actor=actor)
    return report


@transaction.atomic
def read_fairness_report(*, intake: Intake, actor: Actor) -> FairnessReport | None:
    """The latest report of an intake, for someone who may see it; the reading is recorded."""
    report = latest_fairness_report(intake)
    if report is not None:
        publish(FairnessReportRead(report_id=report.pk, intake_id=intake.pk), actor=actor)
    return report


def _require_released(intake: Intake) -> None:
    decisions = Decision.objects.filter(application__intake=intake)
    held = decisions.filter(status=DecisionStatus.HELD, application__status__in=RANKED)
    if Application.objects.filter(intake=intake, status__in=OPEN).exists() or held.exists():
        raise Invalid(
            _("Decide every application and release all decisions first: a report counts nothing else.")
        )
    if not decisions.filter(status=DecisionStatus.RELEASED).exists():
        raise Invalid(_("No decision of this intake has been released yet."))


def _require_answers(earlier: FairnessReport, *, is_complete: bool) -> None:
    if earlier.is_complete:
        raise Conflict(_("The report of this intake is complete. What it tells does not change any more."))
    if not is_complete:
        raise Invalid(_("Some offers are not answered yet. The next report adds who accepted."))


def _fingerprint(rows: list[FairnessFigure]) -> str:
    """SHA-256 of what is told, in one canonical spelling."""
    told = [(row.dimension, row.stage, row.base, row.group, row.pool, row.low, row.high) for row in rows]
    return hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest()


def _keep(report: FairnessReport, rows: list[FairnessFigure], standings: Standings) -> None:
    for row in rows:
        row.report = report
    FairnessFigure.objects.bulk_create(rows, batch_size=2000)
    FairnessStanding.objects.bulk_create(
        [
            FairnessStanding(report=report, application_id=pk, stage=each.stage, by_merit=each.by_merit)
            for pk, each in standings.items()
        ],
        batch_size=2000,
    )
