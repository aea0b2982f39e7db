"""That somebody is not eligible, as they were told: by which stated rule or by a person, and what they can ask."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus
from apps.applications.events import ApplicationFoundEligible, ApplicationFoundIneligible
from apps.applications.models import Application
from apps.events.models import EventRecord
from apps.programs.selectors.eligibility import UnmetRule, unmet_rules
from apps.selection.models import HumanLook
from apps.selection.selectors.looking import ASK_WITHIN

FOUND_ELIGIBLE, FOUND_INELIGIBLE = ApplicationFoundEligible.__name__, ApplicationFoundIneligible.__name__


@dataclass(frozen=True, slots=True)
class Finding:
    """The last time an application was found not eligible. `record` is the event that told the applicant:
    it says when, by whom, and which rules; the audit trail keeps it as it was.
    """

    application: Application
    record: EventRecord

    @property
    def in_force(self) -> bool:
        """Whether it still holds: nothing but another finding makes an application not eligible."""
        return self.application.status == ApplicationStatus.INELIGIBLE

    @property
    def by_a_person(self) -> bool:
        return self.record.actor_user_id is not None

    @property
    def reason(self) -> str:
        """The words of the person; empty where rules decided."""
        return str(self.record.payload.get("reason", ""))

    @property
    def ask_until(self) -> datetime:
        """The page says it from that moment on, and the letter is written then."""
        return self.record.at + ASK_WITHIN

    @property
    def can_be_asked(self) -> bool:
        """Whether the clock still runs; that nobody asked before is for the caller to see."""
        return self.in_force and timezone.now() < self.ask_until


def finding_of(application: Application) -> Finding | None:
    """One statement. None for who was never found ineligible, and for imported applications."""
    found = _records(application.pk, FOUND_INELIGIBLE).order_by("-id").first()
    return Finding(application, found) if found else None


def unmet_in(application: Application, record: EventRecord) -> list[UnmetRule]:
    """The rules a finding names, each with the answer that did not meet it; none where a person decided."""
    keys = record.payload.get("unmet", [])
    return unmet_rules(application.intake, keys, application.eligibility_answers) if keys else []


def is_reversed(look: HumanLook) -> bool:
    """Whether the application was found eligible after the finding that is looked at."""
    return _records(look.application_id, FOUND_ELIGIBLE).filter(pk__gt=look.finding_id).exists()


def looks_at_findings(application: Application) -> list[HumanLook]:
    """What the applicant asked about this and earlier findings, newest first; one statement."""
    about = HumanLook.objects.filter(application=application, finding__isnull=False)
    return list(about.order_by("-finding"))


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """What the applicant reads of a finding on the page of their application."""

    finding: Finding
    rules: list[UnmetRule]
    looks: list[HumanLook]

    @property
    def is_asked(self) -> bool:
        return any(look.finding_id == self.finding.record.pk for look in self.looks)

    @property
    def is_open(self) -> bool:
        return not self.is_asked and self.finding.can_be_asked


def told_finding(application: Application) -> ToldFinding | None:
    """Three statements for who was found ineligible, one for everybody else."""
    finding = finding_of(application)
    if finding is None:
        return None
    return ToldFinding(finding, unmet_in(application, finding.record), looks_at_findings(application))


def own_finding(viewer: Viewer, public_id: object) -> ToldFinding | None:
    """Of the viewer's own application."""
    mine = Application.objects.owned_by(viewer).select_related("intake").filter(public_id=public_id).first()
    return told_finding(mine) if mine else None


def _records(application_id: int, name: str) -> QuerySet[EventRecord]:
    return EventRecord.objects.filter(subject_type="application", subject_id=application_id, name=name)
