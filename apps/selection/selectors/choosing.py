"""Reading scenarios, overrides and frozen choices."""

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.selection.models import FrozenChoice, Override, Scenario
from apps.selection.rules.telling import NOT_SELECTED, OFFER, WAITLIST


def last_frozen(intake: Intake) -> FrozenChoice | None:
    """The choice that counts: the one with the highest number. Its record, which is large, is read when asked for."""
    return FrozenChoice.objects.filter(intake=intake).order_by("-number").defer("record").first()


def suggested_by(frozen: FrozenChoice) -> dict[int, str]:
    """Who is in and who waits by a frozen choice that was worked out. Everybody else in it is not selected."""
    found = FrozenChoice.objects.filter(pk=frozen.pk)
    chosen, waiting, order = found.values_list(
        "scenario__result__chosen", "scenario__result__waiting", "scenario__result__order"
    ).get()
    return (
        dict.fromkeys(order, NOT_SELECTED) | dict.fromkeys(waiting, WAITLIST) | dict.fromkeys(chosen, OFFER)
    )


def scenarios_of(intake: Intake) -> QuerySet[Scenario]:
    """Newest first, without what they came to, which may be large."""
    return Scenario.objects.filter(intake=intake).select_related("made_by").defer("result")


def overrides_of(intake: Intake) -> QuerySet[Override]:
    """Those in force, with the people."""
    return Override.objects.filter(intake=intake, ended_at=None).select_related(
        "application__person", "made_by"
    )
