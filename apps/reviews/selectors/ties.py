"""Which pairs of an application and a reviewer must stay apart, and why."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.accounts.models import Membership, User
from apps.applications.models import Application
from apps.applications.references import referee_pairs
from apps.people.models import Person
from apps.programs.models import Intake
from apps.reviews.enums import ConflictKind, TieKind
from apps.reviews.extension import tie_finders
from apps.reviews.models import Conflict, KnownTie
from apps.reviews.rules.named import NamedOrganisations
from apps.reviews.rules.ties import PUBLIC_HOSTS
from apps.reviews.selectors.answers import organisations_named, places_named
from apps.reviews.selectors.statuses import REVIEWABLE

#: (application id, reviewer id)
Pair = tuple[int, int]
_Lookup = dict[str, set[int]]


def conflicts_for(intake: Intake, reviewers: Collection[int]) -> dict[Pair, str]:
    """The kind of tie between any of these reviewers and any application of the intake to be read."""
    return ties_between(Application.objects.filter(intake=intake, status__in=REVIEWABLE), reviewers)


def ties_between(applications: QuerySet[Application], reviewers: Collection[int]) -> dict[Pair, str]:
    """Pairs that must stay apart, each with one kind: what was recorded before, then the plainest.

    A fixed number of statements, whatever the sizes. Somebody without an account may have ties too:
    through a referee, a place or an employer they name.
    """
    rows = Conflict.objects.filter(application__in=applications.order_by(), reviewer__in=reviewers)
    found: dict[Pair, str] = {(pk, user): kind for pk, user, kind in rows.values_list(*_CONFLICT)}
    sides = _sides(applications, reviewers)
    searches: list[tuple[str, Iterable[Pair]]] = [
        (ConflictKind.OWN_APPLICATION, _own(sides, reviewers)),
        (ConflictKind.REFEREE, _through(sides.referees, sides.addresses)),
        (ConflictKind.SAME_ORGANISATION, _colleagues(applications, reviewers)),
        (ConflictKind.SAME_EMAIL_DOMAIN, _through(sides.applicants_domains(), sides.domains)),
        *((kind, finder(applications, reviewers)) for kind, finder in tie_finders.items()),
        (ConflictKind.KNOWN_TIE, _told(applications, sides)),
        (ConflictKind.SAME_DISTRICT, _neighbours(applications, sides)),
    ]
    for kind, pairs in searches:
        for pair in pairs:
            found.setdefault(pair, kind)
    return found


_CONFLICT = ("application_id", "reviewer_id", "kind")


@dataclass(frozen=True, slots=True)
class _Sides:
    """What both sides are known by; reviewers are found by their lower-case address, domain or code."""

    applicants: list[tuple[int, int | None, str | None, str | None]]
    referees: list[tuple[int, str]]
    addresses: _Lookup
    domains: _Lookup
    told: dict[str, list[tuple[int, str]]]
    homes: list[tuple[int, str]]

    def applicants_domains(self) -> Iterator[tuple[int, str]]:
        return ((pk, _domain(email)) for pk, _user, email, _home in self.applicants if email)


def _sides(applications: QuerySet[Application], reviewers: Collection[int]) -> _Sides:
    columns = ("pk", "person__user_id", "person__user__email", "person__subdivision_id")
    mail = list(User.objects.filter(pk__in=reviewers).values_list("pk", "email"))
    told: dict[str, list[tuple[int, str]]] = {}
    ties = KnownTie.objects.filter(reviewer__in=reviewers).order_by()
    for kind, reviewer, value in ties.values_list("kind", "reviewer_id", "value"):
        told.setdefault(kind, []).append((reviewer, value))
    people = Person.objects.filter(user__in=reviewers, subdivision__isnull=False)
    return _Sides(
        applicants=list(applications.order_by().values_list(*columns)),
        referees=[(pk, email.lower()) for pk, email in referee_pairs(applications.order_by())],
        addresses=_lookup(mail),
        domains=_lookup((pk, domain) for pk, email in mail if (domain := _domain(email)) not in PUBLIC_HOSTS),
        told=told,
        homes=[
            (user, code) for user, code in people.values_list("user_id", "subdivision_id") if user and code
        ],
    )


def _lookup(pairs: Iterable[tuple[int, str]]) -> _Lookup:
    found: _Lookup = {}
    for reviewer, value in pairs:
        found.setdefault(value.lower(), set()).add(reviewer)
    return found


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _through(values: Iterable[tuple[int, str]], reviewers: _Lookup) -> Iterator[Pair]:
    nobody: set[int] = set()
    return ((pk, reviewer) for pk, value in values for reviewer in reviewers.get(value.lower(), nobody))


def _own(sides: _Sides, reviewers: Collection[int]) -> Iterator[Pair]:
    mine = set(reviewers)
    return ((pk, user) for pk, user, _email, _home in sides.applicants if user in mine)


def _colleagues(applications: QuerySet[Application], reviewers: Collection[int]) -> Iterator[Pair]:
    """Applicants with a role at an organisation where the reviewer has one."""
    roles = Membership.objects.current()
    homes: dict[int, set[int]] = {}
    for reviewer, home in roles.filter(user__in=reviewers).values_list("user_id", "organisation_id"):
        homes.setdefault(home, set()).add(reviewer)
    theirs = roles.filter(organisation__in=homes, user__in=applications.order_by().values("person__user_id"))
    at: dict[int, set[int]] = {}
    for user, home in theirs.values_list("user_id", "organisation_id"):
        at.setdefault(user, set()).update(homes[home])
    found = applications.order_by().filter(person__user__in=at).values_list("pk", "person__user_id")
    return ((pk, reviewer) for pk, user in found for reviewer in at[user])


def _told(applications: QuerySet[Application], sides: _Sides) -> Iterator[Pair]:
    """Ties told of beforehand: an address or its domain, a district, an organisation in an answer."""
    addresses = _lookup(sides.told.get(TieKind.EMAIL, []))
    if addresses:
        mail = [(pk, email.lower()) for pk, _user, email, _home in sides.applicants if email]
        for pk, email in (*mail, *sides.referees):
            for value in (email, _domain(email)):
                yield from ((pk, reviewer) for reviewer in addresses.get(value, ()))
    named = NamedOrganisations(sides.told.get(TieKind.ORGANISATION, []))
    if named:
        for pk, text in organisations_named(applications):
            yield from ((pk, reviewer) for reviewer in named.told_by(text))


def _neighbours(applications: QuerySet[Application], sides: _Sides) -> Iterator[Pair]:
    """The district of the applicant, or of a place they name, is the reviewer's or one they told of."""
    near = _lookup([*sides.homes, *sides.told.get(TieKind.SUBDIVISION, [])])
    if near:
        homes = [(pk, code) for pk, _user, _email, code in sides.applicants if code]
        yield from _through(homes, near)
        yield from _through(places_named(applications), near)
