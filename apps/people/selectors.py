"""Reading about people: where they live, what they allowed, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.core.ages import age_on
from apps.core.prepared import Given, prepared
from apps.people.enums import ASKABLE, ConsentPurpose, ConsentStatus
from apps.people.models import Consent, ConsentText, Person, SupportNeed
from apps.people.rules.wordings import Wording, in_force
from apps.places.rules.zones import zone_of_place
from apps.places.selectors import guardian_age


@dataclass(frozen=True, slots=True)
class Permission:
    """One purpose as its person sees it: the wording in force, and the last answer if there was one."""

    wording: Wording
    consent: Consent | None

    @property
    def purpose(self) -> str:
        return self.wording.purpose

    @property
    def is_given(self) -> bool:
        return self.consent is not None and self.consent.status == ConsentStatus.GIVEN

    @property
    def is_answered(self) -> bool:
        """A yes that holds, or a no to these words; a superseded answer is none."""
        if self.consent is None:
            return False
        said_no = self.consent.status in (ConsentStatus.DECLINED, ConsentStatus.WITHDRAWN)
        text = self.consent.text
        same = (text.country_id or "", text.version) == (self.wording.country, self.wording.version)
        return self.is_given or (said_no and same)


def wordings_for(person: Person | None, purposes: Iterable[str], language: str) -> dict[str, Wording]:
    """The texts of these purposes that are in force for this person; one statement."""
    country = (person.country_id if person else None) or ""
    wanted = list(purposes)
    rows = ConsentText.objects.filter(purpose__in=wanted, is_machine_draft=False)
    known = [
        Wording(row.purpose, row.country_id or "", row.language, row.version, row.title, row.text, pk=row.pk)
        for row in rows
    ]
    return {
        purpose: in_force(known, purpose=purpose, country=country, language=language) for purpose in wanted
    }


def wording_for(person: Person | None, purpose: str, language: str) -> Wording:
    return wordings_for(person, [purpose], language)[purpose]


def permissions_of(person: Person, purposes: Iterable[str], language: str) -> list[Permission]:
    """Each purpose with its last answer; two statements."""
    wordings = wordings_for(person, purposes, language)
    last: dict[str, Consent] = {}
    rows = Consent.objects.filter(person=person, purpose__in=list(wordings)).select_related("text")
    for row in rows.order_by("id"):
        last[row.purpose] = row
    return [Permission(wording, last.get(purpose)) for purpose, wording in wordings.items()]


def all_permissions(person: Person, language: str) -> list[Permission]:
    """For "My permissions": what can be asked, and what was ever answered besides."""
    beside = (ConsentPurpose.SUPPORT, ConsentPurpose.MONITORING)
    found = permissions_of(person, [*ASKABLE, *beside], language)
    return [each for each in found if each.purpose in ASKABLE or each.consent is not None]


def has_consent(person: Person, purpose: str) -> bool:
    """Whether `purpose` is allowed now; whoever acts on a consent asks this in its own transaction."""
    return Consent.objects.given().filter(person=person, purpose=purpose).exists()


def needs_of(person: Person) -> list[SupportNeed]:
    """Sealed; services.support opens them and records it."""
    return list(SupportNeed.objects.filter(person=person).order_by("id"))


def needs_a_guardian(person: Person, *, day: date | None = None) -> bool:
    """Whether the person is below the age of consent of where they live, as far as we know."""
    if person.born_on is None:
        return False
    return age_on(person.born_on, day or timezone.localdate()) < guardian_age(person.country_id).below


@prepared
def _home() -> QuerySet[Person, tuple[str | None, str | None, str | None]]:
    columns = ("country_id", "country__time_zone", "subdivision_id")
    return Person.objects.filter(user=Given("user")).values_list(*columns)


def home_zone(user: Any) -> str:
    """The zone of the country or province an account's person lives in; "" when that is not known."""
    if not hasattr(user, "home_zone"):  # a page asks several times; the account object lives one request
        home = _home.one(user=user.pk)
        user.home_zone = zone_of_place(*home) if home else ""
    return str(user.home_zone)
