"""Who does something. Every service takes an actor last; the audit trail keeps it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who signed in, an anonymous visitor, or the system itself.

    `user_id` is None for the system and for visitors; `label` says which, in a stable English word.
    `on_behalf_of` is the person a helper types for.
    """

    user_id: int | None
    label: str
    on_behalf_of: int | None = None

    @property
    def person_id(self) -> int:
        """The user id of someone who signed in; what only people may do asks for it. Raises NotAllowed."""
        if self.user_id is None:
            raise NotAllowed(_("Only a person may do this."))
        return self.user_id

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.label.startswith("system")


SYSTEM = Actor(user_id=None, label="system")
CLOCK = Actor(user_id=None, label="system:clock")
IMPORTER = Actor(user_id=None, label="system:import")
VISITOR = Actor(user_id=None, label="visitor")


def on_behalf(actor: Actor, person_id: int | None) -> Actor:
    """The same actor, typing for a person."""
    return Actor(user_id=actor.user_id, label=actor.label, on_behalf_of=person_id)


def user_actor(user: object) -> Actor:
    """The actor for a signed-in user (anything with a `pk`)."""
    return Actor(user_id=user.pk, label="user")  # type: ignore[attr-defined]
