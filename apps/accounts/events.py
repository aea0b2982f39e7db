from apps.events.registry import event


@event(subject="user_id")
class AccountOpened:
    user_id: int


@event(subject="user_id")
class ApiTokenMade:
    """Never the key itself."""

    user_id: int


@event(subject="user_id")
class ApiTokenEnded:
    user_id: int


@event(subject="user_id")
class RoleGiven:
    user_id: int
    organisation_id: int
    role: str


@event(subject="user_id")
class RoleEnded:
    user_id: int
    organisation_id: int
    role: str


@event(subject="organisation_id")
class OrganisationAdded:
    organisation_id: int
