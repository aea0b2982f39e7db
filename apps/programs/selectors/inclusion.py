"""What the money behind a program allows about inclusion targets."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.core.prepared import Given, prepared
from apps.programs.enums import CAREFUL_FIRST, TARGETS_CHOOSE, InclusionGroup, InclusionMode
from apps.programs.models import Funding, InclusionTarget, Intake, Program


def inclusion_mode_of(program: Program | int) -> str:
    """The mode of the most careful of the funding streams; outreach only while there is none."""
    modes = set(Funding.objects.filter(program=program).values_list("inclusion_mode", flat=True))
    return next((mode.value for mode in CAREFUL_FIRST if mode in modes), InclusionMode.OUTREACH_ONLY.value)


@prepared
def _counting() -> QuerySet[InclusionTarget, str]:
    streams = Funding.objects.filter(program=OuterRef("intake__program"))
    careful = streams.exclude(inclusion_mode__in=TARGETS_CHOOSE)
    counting = InclusionTarget.objects.filter(Exists(streams), ~Exists(careful), intake=Given("intake"))
    return counting.values_list("group", flat=True)


def groups_that_count(intake: Intake) -> list[str]:
    """Groups with a target that has a part in choosing people, in one order; one statement."""
    found = set(_counting(intake=intake.pk))
    return [group.value for group in InclusionGroup if group in found]
