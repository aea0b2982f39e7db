"""Who may open a page. Every view declares one of these; a view without one is refused."""

from enum import StrEnum


class Access(StrEnum):
    PUBLIC = "public"  # anyone, signed in or not
    SIGNED_IN = "signed_in"  # any account; the view narrows its rows with visible_to()
    STAFF = "staff"  # holds any current role at an organisation
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    TRAINER = "trainer"
    LOGISTICS = "logistics"
    FUNDER = "funder"
    ADMINISTRATOR = "administrator"


def declared_access(view: object) -> frozenset[Access] | None:
    """What a resolved view function declares: on itself, on its class, or on DRF's class."""
    owner = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    access = getattr(owner, "access", None)
    if access is None:
        return None
    return frozenset([access]) if isinstance(access, Access) else frozenset(access)
