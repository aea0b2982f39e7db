"""The order of merit with what is suggested for each, and the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.applications.models import Application
from apps.programs.models import Intake
from apps.selection.enums import DecisionStatus
from apps.selection.models import Decision, FrozenChoice
from apps.selection.rules.choosing import choose
from apps.selection.rules.telling import tell
from apps.selection.rules.terms import MERIT, Contradiction, Terms
from apps.selection.selectors.choosing import last_frozen, suggested_by
from apps.selection.selectors.deciding import in_force
from apps.selection.selectors.facts import open_choice
from apps.selection.selectors.field import Field, field_of, terms_of
from apps.selection.selectors.rule import Ruling, ruling_of


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the list. `suggestion` is empty while nothing can be suggested for this application."""

    id: int
    rank: int | None
    score: Decimal | None
    reviews: int
    suggestion: str


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


def ranked(intake: Intake) -> Ranked:
    """Everybody who can be decided on, the ranked first: a fixed number of statements.

    What is suggested comes from the frozen choice; without one, from the order of merit where nothing
    else decides, and from nothing where targets play a part and nobody has frozen a choice yet.
    """
    ruling, frozen = ruling_of(intake), last_frozen(intake)
    field = field_of(intake, ruling)
    terms = terms_of(intake, ruling.rule)
    suggested = _suggestions(field, terms, frozen, ruling.rule.waitlist_size)
    places = [
        Place(
            id=each.id,
            rank=each.order,
            score=Decimal(each.merit) / 1000,
            reviews=field.marks[each.id].count,
            suggestion=suggested.get(each.id, ""),
        )
        for each in field.candidates
    ]
    places.extend(Place(pk, None, None, 0, "") for pk in field.unscored)
    return Ranked(places, ruling, frozen)


def ranking(intake: Intake) -> list[Place]:
    return ranked(intake).places


def _suggestions(
    field: Field, terms: Terms, frozen: FrozenChoice | None, waitlist_size: int
) -> Mapping[int, str]:
    if frozen is not None and frozen.scenario_id is not None:
        return suggested_by(frozen)
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

    @property
    def key(self) -> str:
        """What the row's box sends when it is ticked."""
        return str(self.application.pk)


def rows_for(places: Sequence[Place]) -> list[RankedRow]:
    """The people and decisions behind some places of the ranking; two statements."""
    ids = [place.id for place in places]
    applications = Application.objects.select_related("person__country").in_bulk(ids)
    decisions = {row.application_id: row for row in in_force(ids)}
    return [
        RankedRow(place, applications[place.id], decisions.get(place.id))
        for place in places
        if place.id in applications
    ]


def decidable(places: Sequence[Place]) -> list[str]:
    """The keys of the places whose decision is still open: not released, not in a batch."""
    settled = set(
        in_force([place.id for place in places])
        .exclude(status=DecisionStatus.HELD, batch=None)
        .values_list("application_id", flat=True)
    )
    return [str(place.id) for place in places if place.id not in settled]
