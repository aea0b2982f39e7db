"""Every write of inclusion."""

from apps.inclusion.services.definitions import SHIPPED, DefinitionsLoaded, load_definitions
from apps.inclusion.services.facts import rebuild_facts
from apps.inclusion.services.fairness import make_fairness_report, read_fairness_report
from apps.inclusion.services.markers import screen_program
from apps.inclusion.services.profiles import (
    DeclaredProfile,
    own_answers,
    remove_profile,
    store_declared_profiles,
    store_profile,
)
from apps.inclusion.services.releases import release_figures
from apps.inclusion.services.targets import lock_period, set_target, unlock_period

__all__ = [
    "SHIPPED",
    "DeclaredProfile",
    "DefinitionsLoaded",
    "load_definitions",
    "lock_period",
    "make_fairness_report",
    "own_answers",
    "read_fairness_report",
    "rebuild_facts",
    "release_figures",
    "remove_profile",
    "screen_program",
    "set_target",
    "store_declared_profiles",
    "store_profile",
    "unlock_period",
]
