"""Competent, or not yet: what a trainer finds for each unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.courses.enums import UnitResult
from apps.courses.events import UnitAssessed
from apps.courses.models import Unit, UnitAssessment
from apps.enrolments.models import Enrolment
from apps.events.services import publish_many


@dataclass(frozen=True, slots=True)
class Finding:
    """What a trainer found for one person; `seen_version` is 0 when nobody was assessed before."""

    enrolment_id: int
    result: str
    feedback: str = ""
    seen_version: int = 0


@transaction.atomic
def assess_unit(*, unit: Unit, findings: Iterable[Finding], actor: Actor) -> int:
    """Write the findings of one unit, all or none; return how many changed.

    Findings equal to what is stored change nothing and tell nobody. Raises Conflict when another
    trainer assessed one of these people after this one looked.
    """
    by_person = {finding.enrolment_id: finding for finding in findings}
    _require_ours(unit, by_person)
    Unit.objects.select_for_update().get(pk=unit.pk)
    stored = {row.enrolment_id: row for row in UnitAssessment.objects.filter(unit=unit)}
    changed = [each for each in by_person.values() if _differs(each, stored.get(each.enrolment_id))]
    for finding in changed:
        _write(unit, finding, stored.get(finding.enrolment_id), actor)
    publish_many(
        [
            UnitAssessed(enrolment_id=each.enrolment_id, unit_id=unit.pk, result=each.result)
            for each in changed
            if _result(stored.get(each.enrolment_id)) != each.result
        ],
        actor=actor,
    )
    return len(changed)


def _require_ours(unit: Unit, findings: dict[int, Finding]) -> None:
    if not {finding.result for finding in findings.values()} <= set(UnitResult.values):
        raise Invalid(_("Choose a result for each person."))
    if Enrolment.objects.filter(intake=unit.intake_id, pk__in=findings).count() != len(findings):
        raise Invalid(_("Somebody on this list does not take part in this course."))


def _result(row: UnitAssessment | None) -> str:
    return row.result if row else UnitResult.NOT_ASSESSED


def _differs(finding: Finding, row: UnitAssessment | None) -> bool:
    return (finding.result, finding.feedback) != (_result(row), row.feedback if row else "")


def _write(unit: Unit, finding: Finding, row: UnitAssessment | None, actor: Actor) -> None:
    values = {"result": finding.result, "feedback": finding.feedback, "assessed_by_id": actor.user_id}
    if row is None:
        UnitAssessment.objects.create(unit=unit, enrolment_id=finding.enrolment_id, **values)
        return
    seen = UnitAssessment.objects.filter(pk=row.pk, version=finding.seen_version)
    if not seen.update(**values, version=F("version") + 1):
        raise Conflict(_("Another trainer assessed somebody on this list meanwhile. Look at it again."))
