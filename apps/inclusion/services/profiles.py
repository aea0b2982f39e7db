"""What people tell about themselves: sealed, optional, removable, every reading recorded."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.actors import Actor
from apps.core.sealing import seal, unseal
from apps.events.services import publish
from apps.inclusion.enums import AnsweredBy, Mode, Occasion
from apps.inclusion.events import ProfileAnswered, ProfileRead
from apps.inclusion.models import InclusionProfile
from apps.inclusion.rules.ages import is_minor
from apps.inclusion.rules.functioning import DOMAINS, INSTRUMENT, TEEN, VERSION
from apps.people.enums import ConsentPurpose
from apps.people.models import Person
from apps.people.services import answer_consent, withdraw_consent
from apps.places.selectors import find_settlement, unit_classes


@transaction.atomic
def store_profile(
    *,
    person: Person,
    answers: dict[str, Any],
    language: str,
    actor: Actor,
    occasion: Occasion = Occasion.AFTER_SENDING,
    mode: Mode = Mode.SELF_WEB,
    answered_by: AnsweredBy | None = None,
) -> None:
    """Keep what someone answered on this occasion; answering again replaces it. The event never says what.

    Without an answer there is nothing to keep and nothing is agreed: it is the same as not answering.
    """
    if not answers:
        _forget(person, actor, occasion=occasion)
        return
    sealed, key_id = seal(answers | _located(person, answers), person_id=person.pk, purpose=seal_of(occasion))
    instrument, version = _instrument(person, answers)
    InclusionProfile.objects.update_or_create(
        person=person,
        occasion=occasion,
        defaults={
            "sealed": sealed,
            "key_id": key_id,
            "mode": mode,
            "answered_by": answered_by or "",
            "language": language,
            "instrument": instrument,
            "instrument_version": version,
            "answered_at": timezone.now(),
        },
    )
    answer_consent(
        person=person, purpose=ConsentPurpose.MONITORING, is_given=True, language=language, actor=actor
    )
    publish(ProfileAnswered(person_id=person.pk), actor=actor)


def seal_of(occasion: str) -> str:
    """Bound into the seal, so that one reading cannot stand in the place of the other."""
    return "" if occasion == Occasion.AFTER_SENDING else occasion


def _located(person: Person, answers: dict[str, Any]) -> dict[str, Any]:
    """In which country the answers about a place are meant, and which settlement of it."""
    country = person.country_id
    is_whole = (country or "", "") in unit_classes() and answers.get("residence", "pnts") != "pnts"
    if not (is_whole or answers.keys() & {"settlement", "unit"}):
        return {}
    found = find_settlement(str(answers.get("settlement", "")), country, person.subdivision_id)
    return ({"country": country} if country else {}) | ({"settlement_id": found} if found else {})


def _instrument(person: Person, answers: dict[str, Any]) -> tuple[str, str]:
    if not answers.keys() & set(DOMAINS):
        return "", ""
    return (TEEN if is_minor(person.born_on, timezone.localdate()) else INSTRUMENT), VERSION


@transaction.atomic
def remove_profile(*, person: Person, actor: Actor) -> None:
    """Every reading and the consent go; figures already released stay as they are. Idempotent."""
    _forget(person, actor)


def _forget(person: Person, actor: Actor, **only: str) -> None:
    deleted, _by_model = InclusionProfile.objects.filter(person=person, **only).delete()
    if not InclusionProfile.objects.filter(person=person).exists():
        withdraw_consent(person=person, purpose=ConsentPurpose.MONITORING, actor=actor)
    if deleted:
        publish(ProfileAnswered(person_id=person.pk), actor=actor)


@transaction.atomic
def own_answers(*, person: Person, actor: Actor) -> dict[str, Any]:
    """What this person answered last, for the person themselves; the reading is recorded."""
    profile = InclusionProfile.objects.filter(person=person).order_by("-answered_at", "-pk").first()
    if profile is None:
        return {}
    publish(ProfileRead(person_id=person.pk, purpose="own page"), actor=actor)
    return opened(profile)


def opened(profile: InclusionProfile) -> dict[str, Any]:
    """The answers of one reading. Whoever calls this records the reading."""
    purpose = seal_of(profile.occasion)
    return unseal(bytes(profile.sealed), profile.key_id, person_id=profile.person_id, purpose=purpose)
