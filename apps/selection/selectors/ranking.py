"""The order of merit with what is suggested for each, and the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.selectors import progress_of
from apps.selection.enums import DecisionStatus
from apps.selection.models import Decision, FrozenChoice
from apps.selection.rules.choosing import choose
from apps.selection.rules.telling import tell
from apps.selection.rules.terms import MERIT, Contradiction, Terms
from apps.selection.selectors.choosing import last_frozen, members_of
from apps.selection.selectors.deciding import in_force
from apps.selection.selectors.facts import THOUSAND, open_choice
from apps.selection.selectors.field import Field, field_of, terms_of
from apps.selection.selectors.rule import Ruling, ruling_of
from apps.selection.selectors.statuses import RANKED


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the list. `suggestion` is empty while nothing can be suggested for this application.
    `reviews` is None where working out the list counted none: rows_for() counts those of a page.
    """

    id: int
    rank: int | None = None
    score: Decimal | None = None
    suggestion: str = ""
    reviews: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """The list with what it rests on: the ruling, and the frozen choice once there is one."""

    places: list[Place]
    ruling: Ruling
    frozen: FrozenChoice | None

    @property
    def is_by_merit(self) -> bool:
        """Whether who is suggested for an offer stands together at the top."""
        rule = self.ruling.rule
        return not (rule.targets or rule.countries or rule.budget)

    @property
    def is_as_frozen(self) -> bool:
        """Whether places and scores are those of the frozen choice; the order of merit is frozen anew each
        time decisions are held, so its list is that of now.
        """
        return self.frozen is not None and self.frozen.scenario_id is not None


def ranked(intake: Intake) -> Ranked:
    """Everybody who can be decided on, the ranked first: a fixed number of statements.

    Places, scores and suggestions are those of the frozen choice, which decisions rest on, whatever was
    scored since; without one they are those of now. Where targets play a part and nobody has frozen a
    choice yet, nothing is suggested.
    """
    ruling, frozen = ruling_of(intake), last_frozen(intake)
    if frozen is not None and frozen.scenario_id is not None:
        return Ranked(_as_frozen(intake, frozen), ruling, frozen)
    return Ranked(_as_of_now(intake, ruling), ruling, frozen)


def ranking(intake: Intake) -> list[Place]:
    return ranked(intake).places


def _as_frozen(intake: Intake, frozen: FrozenChoice) -> list[Place]:
    """Who left since is not there, and nobody moves up: the numbers stay those of the choice. Who came
    since stands at the end, with nothing suggested.
    """
    here = Application.objects.filter(intake=intake, status__in=RANKED)
    left = dict.fromkeys(here.order_by("pk").values_list("pk", flat=True))
    members = [each for each in members_of(frozen) if each.id in left]
    places = [Place(each.id, each.order, Decimal(each.merit) / THOUSAND, each.suggestion) for each in members]
    for each in members:
        del left[each.id]
    return places + [Place(pk) for pk in left]


def _as_of_now(intake: Intake, ruling: Ruling) -> list[Place]:
    field = field_of(intake, ruling)
    suggested = _suggestions(field, terms_of(intake, ruling.rule), ruling.rule.waitlist_size)
    places = [
        Place(
            id=each.id,
            rank=each.order,
            score=Decimal(each.merit) / THOUSAND,
            suggestion=suggested.get(each.id, ""),
            reviews=field.marks[each.id].count,
        )
        for each in field.candidates
    ]
    return places + [Place(pk, reviews=0) for pk in field.unscored]


def _suggestions(field: Field, terms: Terms, waitlist_size: int) -> Mapping[int, str]:
    if not terms.is_by_merit:
        return {}
    try:
        choice = choose(field.candidates, terms)
    except Contradiction:  # overrides that cannot be kept: holding decisions says which
        return {}
    told = tell(field.candidates, terms, choice, choice, waitlist_size=waitlist_size)
    return {pk: each.suggestion for pk, each in told.items()}


def merit_choice(intake: Intake) -> frozenset[int]:
    """Whom merit alone would choose: by the people and terms that decisions rest on, else by those of now."""
    frozen = last_frozen(intake)
    if frozen is not None:
        return frozenset(open_choice(frozen, waitlist_size=0).plain.chosen)
    ruling = ruling_of(intake)
    plain = terms_of(intake, ruling.rule)
    terms = replace(plain, method=MERIT, included=frozenset(), excluded=frozenset())
    return frozenset(choose(field_of(intake, ruling).candidates, terms).chosen)


@dataclass(frozen=True, slots=True)
class RankedRow:
    place: Place
    application: Application
    decision: Decision | None
    reviews: int

    @property
    def key(self) -> str:
        """What the row's box sends when it is ticked."""
        return str(self.application.pk)


def rows_for(places: Sequence[Place]) -> list[RankedRow]:
    """The people, decisions and reviews behind some places of the ranking; three statements at most."""
    ids = [place.id for place in places]
    applications = Application.objects.select_related("person__country").in_bulk(ids)
    decisions = {row.application_id: row for row in in_force(ids)}
    counts = _counts(places)
    return [
        RankedRow(place, applications[place.id], decisions.get(place.id), counts[place.id])
        for place in places
        if place.id in applications
    ]


def _counts(places: Sequence[Place]) -> dict[int, int]:
    """Submitted reviews of each; one statement for those that nobody counted, none for the others."""
    known = {place.id: place.reviews or 0 for place in places}
    if uncounted := [place.id for place in places if place.reviews is None]:
        known |= {pk: row["submitted"] for pk, row in progress_of(uncounted).items()}
    return known


def decidable(places: Sequence[Place]) -> list[str]:
    """The keys of the places whose decision is still open: not released, not in a batch."""
    settled = set(
        in_force([place.id for place in places])
        .exclude(status=DecisionStatus.HELD, batch=None)
        .values_list("application_id", flat=True)
    )
    return [str(place.id) for place in places if place.id not in settled]
