"""What people tell about themselves: sealed, optional, removable, every reading recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.actors import Actor
from apps.core.sealing import seal, unseal
from apps.events.services import publish
from apps.inclusion.events import ProfileAnswered, ProfileRead
from apps.inclusion.models import InclusionProfile
from apps.people.enums import ConsentPurpose
from apps.people.models import Person
from apps.people.services import answer_consent, withdraw_consent

BATCH = 2000


@dataclass(frozen=True, slots=True)
class DeclaredProfile:
    """What a record says someone declared, in the words of apps.inclusion.enums; "" for nothing."""

    person_id: int
    gender: str
    residence: str
    disability: str


@transaction.atomic
def store_profile(*, person: Person, answers: dict[str, Any], language: str, actor: Actor) -> None:
    """Keep what someone answered; answering again replaces it. The event never says what."""
    sealed, key_id = seal(answers, person_id=person.pk)
    InclusionProfile.objects.update_or_create(
        person=person,
        defaults={"sealed": sealed, "key_id": key_id, "language": language, "answered_at": timezone.now()},
    )
    answer_consent(
        person=person, purpose=ConsentPurpose.MONITORING, is_given=True, language=language, actor=actor
    )
    publish(ProfileAnswered(person_id=person.pk), actor=actor)


@transaction.atomic
def remove_profile(*, person: Person, actor: Actor) -> None:
    """Answers and consent go; figures already released stay as they are. Idempotent."""
    deleted, _by_model = InclusionProfile.objects.filter(person=person).delete()
    withdraw_consent(person=person, purpose=ConsentPurpose.MONITORING, actor=actor)
    if deleted:
        publish(ProfileAnswered(person_id=person.pk), actor=actor)


@transaction.atomic
def own_answers(*, person: Person, actor: Actor) -> dict[str, Any]:
    """What this person answered, for the person themselves; the reading is recorded."""
    profile = InclusionProfile.objects.filter(person=person).first()
    if profile is None:
        return {}
    publish(ProfileRead(person_id=person.pk, purpose="own page"), actor=actor)
    return unseal(bytes(profile.sealed), profile.key_id, person_id=person.pk)


@transaction.atomic
def store_declared_profiles(*, rows: Iterable[DeclaredProfile], source: str, actor: Actor) -> int:
    """Keep what imported records declare, in batches; nothing is published for each. Idempotent."""
    now = timezone.now()
    batch: list[InclusionProfile] = []
    count = 0
    for row in rows:
        answers = {"gender": row.gender, "residence": row.residence, "disability": row.disability}
        kept = {key: value for key, value in answers.items() if value not in ("", "missing")}
        if not kept:
            continue
        sealed, key_id = seal(kept, person_id=row.person_id)
        batch.append(
            InclusionProfile(
                person_id=row.person_id,
                sealed=sealed,
                key_id=key_id,
                mode="import",
                answered_by="record",
                instrument=source[:40],
                answered_at=now,
            )
        )
        if len(batch) >= BATCH:
            count += _write(batch)
            batch = []
    return count + _write(batch)


def _write(batch: list[InclusionProfile]) -> int:
    InclusionProfile.objects.bulk_create(
        batch,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["sealed", "key_id", "mode", "answered_by", "instrument", "answered_at"],
    )
    return len(batch)
