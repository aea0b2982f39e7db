"""Every read of places."""

from apps.places.selectors.living import (
    Asking,
    asking_in,
    find_settlement,
    settlement_choices,
    settlement_populations,
    unit_choices,
    unit_classes,
)
from apps.places.selectors.naming import (
    GuardianAge,
    country_choices,
    country_names,
    guardian_age,
    is_country,
    law_of,
    subdivision_choices,
    subdivision_names,
)

__all__ = [
    "Asking",
    "GuardianAge",
    "asking_in",
    "country_choices",
    "country_names",
    "find_settlement",
    "guardian_age",
    "is_country",
    "law_of",
    "settlement_choices",
    "settlement_populations",
    "subdivision_choices",
    "subdivision_names",
    "unit_choices",
    "unit_classes",
]
