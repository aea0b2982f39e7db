"""The roles of one person, read once a request. Every `visible_to()` takes this."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.core.access import Access
from apps.core.actors import VISITOR, Actor, user_actor
from apps.core.prepared import Given, prepared


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: the user (None for a visitor) and, for each role, the organisations."""

    user_id: int | None = None
    email: str = ""
    organisations: dict[str, frozenset[int]] = field(default_factory=dict)

    def at(self, role: str) -> frozenset[int]:
        """Ids of the organisations where the viewer holds `role` now."""
        return self.organisations.get(str(role), frozenset())

    def has(self, role: str) -> bool:
        return bool(self.at(role))

    @property
    def is_staff(self) -> bool:
        return bool(self.organisations)

    @property
    def is_administrator(self) -> bool:
        return self.has(Role.ADMINISTRATOR)

    def may(self, access: Access) -> bool:
        """Whether a page that declares `access` opens for this viewer; rows are narrowed later."""
        if access == Access.PUBLIC:
            return True
        if access == Access.SIGNED_IN:
            return self.user_id is not None
        if access == Access.STAFF:
            return self.is_staff
        return self.has(access.value)


NOBODY = Viewer()


@prepared
def _held() -> QuerySet[Membership, tuple[str, int]]:
    return Membership.objects.current().filter(user=Given("user")).values_list("role", "organisation_id")


def viewer_for(user: object) -> Viewer:
    """One query: the current roles of `user`."""
    if not isinstance(user, User):
        return NOBODY
    held: dict[str, set[int]] = {}
    for role, organisation in _held(user=user.pk):
        held.setdefault(role, set()).add(organisation)
    organisations = {role: frozenset(ids) for role, ids in held.items()}
    return Viewer(user.pk, user.email, organisations)


def actor_for(user: object) -> Actor:
    return user_actor(user) if getattr(user, "is_authenticated", False) else VISITOR
