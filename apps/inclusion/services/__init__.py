"""Every write of inclusion."""

from apps.inclusion.services.facts import rebuild_facts
from apps.inclusion.services.fairness import make_fairness_report, read_fairness_report
from apps.inclusion.services.profiles import (
    DeclaredProfile,
    own_answers,
    remove_profile,
    store_declared_profiles,
    store_profile,
)
from apps.inclusion.services.releases import release_figures
from apps.inclusion.services.reporting import set_up_iati_organisation

__all__ = [
    "DeclaredProfile",
    "make_fairness_report",
    "own_answers",
    "read_fairness_report",
    "rebuild_facts",
    "release_figures",
    "remove_profile",
    "set_up_iati_organisation",
    "store_declared_profiles",
    "store_profile",
]
