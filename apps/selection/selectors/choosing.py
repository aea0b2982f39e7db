"""Reading scenarios, overrides and frozen choices."""

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.selection.models import FrozenChoice, Override, Scenario
from apps.selection.rules.telling import NOT_SELECTED, OFFER, WAITLIST


def last_frozen(intake: Intake) -> FrozenChoice | None:
    """The choice that counts: the one with the highest number. Its record, which is large, is read when asked for."""
    return FrozenChoice.objects.filter(intake=intake).order_by("-number").defer("record").first()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a frozen choice: their place from 1, thousandths of a point, and what it says of them."""

    id: int
    order: int
    merit: int
    suggestion: str


def members_of(frozen: FrozenChoice) -> list[Member]:
    """Everybody in a frozen choice that was worked out, in its order, as it was then; one statement.

    Read from what the scenario came to, which is the record without its inputs and a tenth of its size.
    Who is neither in nor waiting is not selected.
    """
    kept = FrozenChoice.objects.filter(pk=frozen.pk).values_list(
        *(f"scenario__result__{name}" for name in ("order", "merit", "waiting", "chosen"))
    )
    order, merits, waiting, chosen = kept.get()
    said = dict.fromkeys(waiting, WAITLIST) | dict.fromkeys(chosen, OFFER)
    return [
        Member(pk, place, merit, said.get(pk, NOT_SELECTED))
        for place, (pk, merit) in enumerate(zip(order, merits, strict=True), start=1)
    ]


def scenarios_of(intake: Intake) -> QuerySet[Scenario]:
    """Newest first, without what they came to, which may be large."""
    return Scenario.objects.filter(intake=intake).select_related("made_by").defer("result")


def overrides_of(intake: Intake) -> QuerySet[Override]:
    """Those in force, with the people."""
    return Override.objects.filter(intake=intake, ended_at=None).select_related(
        "application__person", "made_by"
    )
