"""What imported records declare about people, sealed like what people tell themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.core.actors import Actor
from apps.core.sealing import seal
from apps.inclusion.enums import AnsweredBy, Mode
from apps.inclusion.models import InclusionProfile

BATCH = 2000


@dataclass(frozen=True, slots=True)
class DeclaredProfile:
    """What a record says someone declared, in the words of apps.inclusion.enums; "" for nothing."""

    person_id: int
    gender: str
    residence: str
    disability: str


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
                mode=Mode.IMPORT,
                answered_by=AnsweredBy.RECORD,
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
        unique_fields=["person", "occasion"],
        update_fields=["sealed", "key_id", "mode", "answered_by", "instrument", "answered_at"],
    )
    return len(batch)
