"""Who helps whom, who typed what, and who hears of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Viewer
from apps.applications.enums import (
    NoticeRoute,
)
from apps.applications.models import (
    Application,
    Assistance,
)
from apps.applications.selectors.own import applications_of
from apps.core.actors import Actor


def assistance_for(viewer: Viewer, public_id: UUID) -> Assistance | None:
    """The viewer's right to type in someone's application, while their organisation helps with it."""
    found = Assistance.objects.visible_to(viewer).filter(application__public_id=public_id)
    return found.select_related("application__intake__program", "application__form_version").first()


def helped_by(viewer: Viewer, *, text: str = "") -> QuerySet[Assistance]:
    """Everyone the viewer's organisations help now, newest first; `text` is part of a reference."""
    found = Assistance.objects.visible_to(viewer).select_related(
        "application__person", "application__intake__program", "application__confirmation", "organisation"
    )
    return (found.filter(application__reference__icontains=text) if text else found).order_by("-id")


def helps_with(application: Application, actor: Actor) -> bool:
    """Whether `actor` may still type for the applicant, by what stands in the tables now."""
    held = Membership.objects.current().filter(user=actor.user_id, role=Role.HELPER)
    organisations = held.values("organisation")
    return (
        Assistance.objects.active().filter(application=application, organisation__in=organisations).exists()
    )


def helper_organisations() -> QuerySet[Organisation]:
    """Who can be asked for help: organisations with a helper now."""
    held = Membership.objects.current().filter(role=Role.HELPER)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name")


def waiting_for_owner(viewer: Viewer) -> QuerySet[Application]:
    """Applications someone began for the reader of this mail address, who has not opened them yet.

    Only the address counts, and only who signed in with it: never a name.
    """
    if viewer.user_id is None or not viewer.email:
        return Application.objects.none()
    told = Assistance.objects.filter(email=viewer.email).values("application")
    found = Application.objects.filter(pk__in=told, person__isnull=False, person__user=None, source="")
    return found.select_related("intake__program__organisation").order_by("-id")


def own_and_begun(viewer: Viewer) -> tuple[list[Application], list[Application]]:
    """What the viewer applied to, and what was begun for them and waits: one statement, newest first."""
    own, begun = applications_of(viewer), waiting_for_owner(viewer)
    both = own.annotate(whose=F("person__user_id")).union(
        begun.annotate(whose=F("person__user_id")), all=True
    )
    found = list(both.order_by("-id")[:100])
    return (
        [each for each in found if each.whose is not None],
        [each for each in found if each.whose is None],
    )


def typists(application: Application) -> dict[str, str]:
    """Which answers a helper typed, by question: "Dara, Village School". Three statements, or none."""
    if not application.is_assisted:
        return {}
    typed = {key: each["by"] for row in application.sections.all() for key, each in row.typed_by.items()}
    organisations = application.assistances.values("organisation")
    held = Membership.objects.filter(
        user__in=set(typed.values()) - {None}, role=Role.HELPER, organisation__in=organisations
    )
    own = application.person.user_id if application.person else None
    names = {
        row.user_id: f"{row.user}, {row.organisation}" for row in held.select_related("user", "organisation")
    }
    return {key: names[by] for key, by in typed.items() if by in names and by != own}


def assistances_of(application: Application) -> list[Assistance]:
    """Who helped with it, the first one first; nothing is asked about one that nobody helped with."""
    if not application.is_assisted:
        return []
    return list(application.assistances.select_related("organisation").order_by("id"))


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told about an application: an account or a bare mail address, and those who help."""

    user: User | None
    address: str
    helpers: tuple[User, ...]
    assistance: Assistance | None = None


def hearers(application: Application) -> Hearers:
    """By the route that was chosen and confirmed; without a helper it is the applicant alone."""
    user = application.person.user if application.person else None
    if not application.is_assisted:
        return Hearers(user=user, address="", helpers=())
    rows = application.assistances.order_by("-id")
    assistance = rows.active().select_related("helper", "organisation").first()  # type: ignore[attr-defined]
    address = rows.exclude(email="").values_list("email", flat=True).first() or ""
    route = application.notice_route if assistance else NoticeRoute.APPLICANT
    return Hearers(
        user=user if route != NoticeRoute.HELPER else None,
        address=address if route != NoticeRoute.HELPER and user is None else "",
        helpers=helpers_of(assistance) if assistance and route != NoticeRoute.APPLICANT else (),
        assistance=assistance,
    )


def helpers_of(assistance: Assistance) -> tuple[User, ...]:
    """The one who began it while they are a helper there, else their colleagues."""
    held = Membership.objects.current().filter(organisation=assistance.organisation_id, role=Role.HELPER)
    people = [row.user for row in held.select_related("user").order_by("pk")[:20]]
    began = [user for user in people if user.pk == assistance.helper_id]
    return tuple(began or people)
