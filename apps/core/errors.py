"""What a service says when it must refuse. Views turn each into a message or a 4xx, never a 5xx."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal with words for a person. `status` is the HTTP status a view answers with.

    `fields` maps the name of an input to its messages, for errors that belong beside a field.
    """

    status = 400
    code = "refused"
    message: str | Promise = _("We cannot do this.")

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        fields: Mapping[str, Sequence[str | Promise]] | None = None,
    ) -> None:
        self.message = message if message is not None else self.message
        self.fields = dict(fields or {})
        super().__init__(str(self.message))


class Invalid(DomainError):
    """The input has the right shape but breaks a rule."""

    status = 422
    code = "invalid"
    message = _("Some answers need another look.")


class Conflict(DomainError):
    """Somebody or something else changed the row first, or the row is past this step."""

    status = 409
    code = "conflict"
    message = _("Someone else changed this while you had it open. Look at it again, then decide.")


class NotAllowed(DomainError):
    """The actor may see the thing but not do this to it."""

    status = 403
    code = "not_allowed"
    message = _("You do not have the right to do this.")


class Full(Conflict):
    """A scarce thing has run out."""

    code = "full"
    message = _("There is no seat left.")


class TooMany(DomainError):
    """The same person or place did this too often."""

    status = 429
    code = "too_many"
    message = _("That was too often. Wait an hour, then try again.")
