"""Every definition, and the figures about whole populations that stand beside ours as context."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.inclusion.models import IndicatorDefinition
from apps.places.models import Baseline

#: Order of the page: what we count ourselves, what others define, what a funder has yet to confirm.
STANDARDS = ("platform", "SDG", "US F")
STANDARD_NAMES: dict[str, str | Promise] = {
    "platform": _("Our own indicators"),
    "SDG": _("Sustainable Development Goals"),
    "US F": _("Standard indicators of United States foreign assistance"),
}
#: Baselines in the order of the page. They are about everybody in a country, not about those who apply.
BASELINES: dict[str, str | Promise] = {
    "population_total": _("Population"),
    "women_share": _("Women in the population"),
    "rural_share": _("People in rural areas"),
    "rural_share_wup2018": _("People in rural areas, in an earlier series"),
    "internet_use_share": _("People who use the internet"),
    "disability_share_national_official": _("People with disabilities, by national statistics"),
    "disability_share_wg_based": _("People with disabilities, by questions of the Washington Group"),
}


@dataclass(frozen=True, slots=True)
class StandardGroup:
    name: str | Promise
    in_force: list[IndicatorDefinition] = field(default_factory=list)
    earlier: list[IndicatorDefinition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BaselineGroup:
    name: str | Promise
    rows: list[Baseline]


def every_definition() -> QuerySet[IndicatorDefinition]:
    return IndicatorDefinition.objects.order_by("standard", "code", "-version")


def definitions_by_standard() -> list[StandardGroup]:
    """Every version of every definition, one statement."""
    groups: dict[str, StandardGroup] = {}
    for each in every_definition():
        name = STANDARD_NAMES.get(each.standard, each.standard)
        group = groups.setdefault(each.standard, StandardGroup(name))
        (group.earlier if each.valid_to else group.in_force).append(each)
    return [groups[standard] for standard in sorted(groups, key=standard_order)]


def baselines() -> list[BaselineGroup]:
    """Figures of the eleven ASEAN states as their sources publish them; without a value where none was found.

    Never subtracted from ours: who can and wants to apply is not the whole population.
    """
    rows = Baseline.objects.filter(country__is_asean=True, indicator__in=BASELINES)
    found: dict[str, list[Baseline]] = {indicator: [] for indicator in BASELINES}
    for row in rows.select_related("country").order_by("country__name", "year"):
        found[row.indicator].append(row)
    return [BaselineGroup(BASELINES[indicator], each) for indicator, each in found.items() if each]


def standard_order(standard: str) -> tuple[int, str]:
    """Where a standard stands among others; those a funder brings come last, by name."""
    return (STANDARDS.index(standard) if standard in STANDARDS else len(STANDARDS), standard)
