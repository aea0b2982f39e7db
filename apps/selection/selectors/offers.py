"""Offers and the waitlist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.accounts.roles import Viewer
from apps.programs.models import Intake
from apps.selection.enums import ON_THE_LIST, ConditionStatus, OfferStatus, WaitlistStatus
from apps.selection.models import Offer, OfferCondition, WaitlistEntry
from apps.selection.rules.lanes import Waiting
from apps.selection.rules.standing import before_me
from apps.selection.selectors.rule import rule_in_force

OPEN_CONDITIONS = Count("conditions", filter=Q(conditions__status=ConditionStatus.UNMET))


def offers_of(intake: Intake) -> QuerySet[Offer]:
    """With how many conditions are open."""
    rows = Offer.objects.filter(intake=intake).select_related("application__person__user")
    return rows.annotate(open_conditions=OPEN_CONDITIONS)


def offers_with_conditions(application_ids: Iterable[int]) -> QuerySet[Offer]:
    return Offer.objects.filter(application__in=application_ids).annotate(open_conditions=OPEN_CONDITIONS)


def waitlist_of(intake: Intake) -> QuerySet[WaitlistEntry]:
    return (
        WaitlistEntry.objects.filter(intake=intake).select_related("application__person").order_by("position")
    )


def waitlist_rule_of(intake: Intake) -> str:
    """How a freed seat finds its next person, by the rule in force."""
    return rule_in_force(intake).waitlist_rule


def standing_in_line(intake: Intake) -> list[Waiting]:
    """Everyone who waits, as the rule wants to know them."""
    rows = WaitlistEntry.objects.filter(intake=intake, status=WaitlistStatus.WAITING).order_by("position")
    found = rows.values_list("pk", "position", "lanes")
    return [Waiting(pk, position, frozenset(lanes)) for pk, position, lanes in found]


@dataclass(frozen=True, slots=True)
class Band:
    """Between `fewest` and `most` people may get a place before this one, by the rule in force."""

    fewest: int
    most: int
    rule: str

    @property
    def is_exact(self) -> bool:
        return self.fewest == self.most


def band_of(entry: WaitlistEntry) -> Band:
    rule = waitlist_rule_of(entry.intake)
    me = Waiting(entry.pk, entry.position, frozenset(entry.lanes))
    return Band(*before_me(standing_in_line(entry.intake), me, rule), rule)


def own_entry(viewer: Viewer, application_public_id: Any) -> WaitlistEntry | None:
    """The place on a waitlist of the viewer's own application."""
    if viewer.user_id is None:
        return None
    mine = WaitlistEntry.objects.filter(
        application__public_id=application_public_id, application__person__user_id=viewer.user_id
    )
    return mine.select_related("application", "intake__program__organisation").first()


def lanes_of_seat(application_id: int | None) -> list[str]:
    """The targets that whoever holds a seat by this application counts towards."""
    found = Offer.objects.filter(application=application_id).values_list("lanes", flat=True)
    return found.first() or []


def still_listed(intake: Intake) -> QuerySet[WaitlistEntry]:
    """Who may still hear of a place: those who wait, and those passed over for now."""
    return WaitlistEntry.objects.filter(intake=intake, status__in=ON_THE_LIST)


def waits_for_conditions(offer: Offer) -> bool:
    """Accepted, and something is still open: the seat is held and taking part has not begun."""
    return offer.status == OfferStatus.ACCEPTED and has_open_conditions(offer)


def has_open_conditions(offer: Offer) -> bool:
    return offer.conditions.filter(status=ConditionStatus.UNMET).exists()


def conditions_waiting(intakes: Iterable[Any]) -> QuerySet[OfferCondition]:
    """Open conditions of accepted offers: work for a coordinator."""
    return OfferCondition.objects.filter(
        offer__intake__in=intakes, offer__status=OfferStatus.ACCEPTED, status=ConditionStatus.UNMET
    )
