"""What support people need: sealed, with a consent of its own, every reading recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from apps.core.actors import Actor
from apps.core.sealing import seal, unseal
from apps.events.services import publish, publish_many
from apps.people.enums import ConsentPurpose
from apps.people.events import SupportNeedRead, SupportNeedsTold
from apps.people.models import Person, SupportNeed
from apps.people.services.consents import answer_consent

#: Bound into every seal: a need copied into another table does not open.
SEAL = "support"


@dataclass(frozen=True, slots=True)
class Need:
    """A need in the clear, for whoever may read it. `words` are the person's own."""

    pk: int
    kind: str
    words: str


@transaction.atomic
def save_needs(
    *, person: Person, needs: Mapping[str, str], language: str, mark: str | None = None, actor: Actor
) -> None:
    """Keep what someone needs, {kind: own words}, in place of what they said before; consent comes with it.

    A need that stays the same keeps its row, and with it what has been arranged; one that reads
    differently is a new need, to be looked at anew. The person's row is locked by the consent.
    """
    answer_consent(
        person=person,
        purpose=ConsentPurpose.SUPPORT,
        is_given=True,
        language=language,
        mark=mark,
        actor=actor,
    )
    known = {(need.kind, need.words): need.pk for need in _opened(SupportNeed.objects.filter(person=person))}
    wanted = set(needs.items())
    gone = [pk for said, pk in known.items() if said not in wanted]
    SupportNeed.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - set(known))
    SupportNeed.objects.bulk_create([_sealed(person, kind, words) for kind, words in new])
    if gone or new:
        publish(SupportNeedsTold(person_id=person.pk), actor=actor)


@transaction.atomic
def read_needs(*, needs: Iterable[SupportNeed], purpose: str, actor: Actor) -> dict[int, Need]:
    """Open these needs, by key. Each reading is an event, in the transaction that opens it."""
    rows = list(needs)
    publish_many(
        [SupportNeedRead(person_id=row.person_id, need_id=row.pk, purpose=purpose) for row in rows],
        actor=actor,
    )
    return {need.pk: need for need in _opened(rows)}


def _sealed(person: Person, kind: str, words: str) -> SupportNeed:
    sealed, key_id = seal({"kind": kind, "words": words}, person_id=person.pk, purpose=SEAL)
    return SupportNeed(person=person, sealed=sealed, key_id=key_id)


def _opened(rows: Iterable[SupportNeed]) -> list[Need]:
    found = []
    for row in rows:
        said = unseal(bytes(row.sealed), row.key_id, person_id=row.person_id, purpose=SEAL)
        found.append(Need(row.pk, str(said["kind"]), str(said["words"])))
    return found
