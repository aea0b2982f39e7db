"""National figures, to read beside ours and never to subtract from them."""

from collections.abc import Iterable

from apps.places.models import Baseline

#: Baselines that say something about the groups; their definitions differ from ours and between countries.
INDICATORS = ("women_share", "rural_share", "disability_share_national_official", "disability_share_wg_based")


def context_of(countries: Iterable[str]) -> list[Baseline]:
    """What was found for these countries, by country and indicator, with its source and its definition."""
    rows = Baseline.objects.filter(country__in=list(countries), indicator__in=INDICATORS)
    return list(rows.exclude(value=None).select_related("country").order_by("country__name", "-indicator"))
