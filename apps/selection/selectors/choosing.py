"""Reading scenarios, overrides and frozen choices."""

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.selection.models import FrozenChoice, Override, Scenario


def last_frozen(intake: Intake) -> FrozenChoice | None:
    """The choice that counts: the one with the highest number. Its record, which is large, is read when asked for."""
    return FrozenChoice.objects.filter(intake=intake).order_by("-number").defer("record").first()


def scenarios_of(intake: Intake) -> QuerySet[Scenario]:
    """Newest first, without what they came to, which may be large."""
    return Scenario.objects.filter(intake=intake).select_related("made_by").defer("result")


def overrides_of(intake: Intake) -> QuerySet[Override]:
    """Those in force, with the people."""
    return Override.objects.filter(intake=intake, ended_at=None).select_related(
        "application__person", "made_by"
    )
