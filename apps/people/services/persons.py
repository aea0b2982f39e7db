"""Writing about people."""

from typing import Any

from apps.accounts.models import User
from apps.core.actors import Actor
from apps.people.models import Person


def person_for(*, user: User, actor: Actor) -> Person:
    """The person behind an account, made when first needed. Idempotent."""
    person, _is_new = Person.objects.get_or_create(user=user, defaults={"full_name": user.full_name})
    return person


def take_over_answers(*, person: Person, details: dict[str, Any], actor: Actor) -> None:
    """Keep what a sent application says about the person: name, phone, birth date, country."""
    known = {key: value for key, value in details.items() if value not in (None, "")}
    if known:
        Person.objects.filter(pk=person.pk).update(**known)
