"""Every write of inclusion."""

from apps.inclusion.services.asking import note_asked
from apps.inclusion.services.declared import DeclaredProfile, store_declared_profiles
from apps.inclusion.services.definitions import SHIPPED, DefinitionsLoaded, load_definitions
from apps.inclusion.services.facts import rebuild_facts
from apps.inclusion.services.fairness import make_fairness_report, read_fairness_report
from apps.inclusion.services.markers import screen_program
from apps.inclusion.services.profiles import own_answers, remove_profile, store_profile
from apps.inclusion.services.reading import Known, read_known
from apps.inclusion.services.release_asking import ask_for_release
from apps.inclusion.services.releases import (
    build_asked_releases,
    release_figures,
    release_what_is_due,
)
from apps.inclusion.services.reporting import set_up_iati_organisation
from apps.inclusion.services.sharing import (
    holds,
    note_opening,
    revoke_shared_view,
    share_view,
    shared_view_at,
)
from apps.inclusion.services.targets import lock_period, set_target, unlock_period

__all__ = [
    "SHIPPED",
    "DeclaredProfile",
    "DefinitionsLoaded",
    "Known",
    "ask_for_release",
    "build_asked_releases",
    "holds",
    "load_definitions",
    "lock_period",
    "make_fairness_report",
    "note_asked",
    "note_opening",
    "own_answers",
    "read_fairness_report",
    "read_known",
    "rebuild_facts",
    "release_figures",
    "release_what_is_due",
    "remove_profile",
    "revoke_shared_view",
    "screen_program",
    "set_target",
    "set_up_iati_organisation",
    "share_view",
    "shared_view_at",
    "store_declared_profiles",
    "store_profile",
    "unlock_period",
]
