"""What applicants are asked to allow, and whether somebody else must agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from apps.applications.enums import (
    GuardianStatus,
)
from apps.applications.models import (
    Application,
    AskedConsent,
    GuardianConfirmation,
)
from apps.core.ages import age_on
from apps.core.prepared import Given, prepared
from apps.people.enums import ASKABLE, ConsentPurpose
from apps.people.selectors import Permission, has_consent, permissions_of
from apps.places.selectors import GuardianAge, guardian_age
from apps.programs.models import Intake


@prepared
def _asked() -> QuerySet[AskedConsent, str]:
    return AskedConsent.objects.filter(intake=Given("intake")).values_list("purpose", flat=True)


def asked_purposes(intake: Intake) -> list[str]:
    """What the applicants of an intake are asked to allow, in the order of the purposes."""
    chosen = set(_asked(intake=intake.pk))
    return [purpose.value for purpose in ASKABLE if purpose in chosen]


def permissions_asked(application: Application, language: str) -> list[Permission]:
    """The same with this applicant's answers; nothing without an account, as nobody could answer."""
    purposes = asked_purposes(application.intake)
    if application.person is None or not purposes:
        return []
    return permissions_of(application.person, purposes, language)


@dataclass(frozen=True, slots=True)
class Guardianship:
    """Whether a guardian must agree before sending, by which age, and how far that is."""

    age: int | None
    rule: GuardianAge
    asked: GuardianConfirmation | None

    @property
    def is_needed(self) -> bool:
        return self.age is not None and self.age < self.rule.below

    @property
    def is_confirmed(self) -> bool:
        return self.asked is not None and self.asked.status == GuardianStatus.CONFIRMED

    @property
    def blocks(self) -> bool:
        return self.is_needed and not self.is_confirmed


def guardianship_of(application: Application) -> Guardianship:
    """By the date of birth and the country that the answers say, else what we know of the person.

    The day is today where the intake is held. Whoever gives no date of birth is not held up: the form
    decides whether it must be given.
    """
    said: dict[str, Any] = {}
    for row in application.sections.all():
        said |= {key: row.answers[key] for key in ("date-of-birth", "country") if row.answers.get(key)}
    person = application.person
    born = _day(said.get("date-of-birth")) or (person.born_on if person else None)
    if born is None:
        return Guardianship(None, GuardianAge(), None)
    country = str(said.get("country") or (person.country_id if person else None) or "")
    today = timezone.localtime(timezone.now(), ZoneInfo(application.intake.time_zone)).date()
    found = Guardianship(age_on(born, today), guardian_age(country), None)
    if not found.is_needed:
        return found
    asked = GuardianConfirmation.objects.filter(application=application).order_by("-id").first()
    return Guardianship(found.age, found.rule, asked)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def tasks_beside(application: Application) -> dict[str, Any]:
    """What the task list shows beside the sections: permissions, a guardian, support."""
    person = application.person
    asked = permissions_asked(application, get_language() or "en")
    return {
        "permissions_open": any(not each.is_answered for each in asked) if person else True,
        "guardianship": guardianship_of(application),
        "support_told": person is not None and has_consent(person, ConsentPurpose.SUPPORT),
    }
