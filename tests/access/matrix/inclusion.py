"""Rows for inclusion: released figures for those who watch, answers for their owner alone."""

from tests.access.matrix import rules
from tests.access.matrix.pages import GET, ONE, POST

WATCHERS = rules.rule(
    coordinator=rules.OPEN, foreign_coordinator=rules.OPEN, funder=rules.OPEN, administrator=rules.OPEN
)
#: Who was chosen is known to them by name; for coordinators from elsewhere the intake does not exist.
RUNS_IT = rules.rule(coordinator=rules.OPEN, foreign_coordinator=rules.ABSENT, administrator=rules.OPEN)
#: A funder's own link: for other watchers it does not exist.
ENDS_IT = rules.rule(
    coordinator=rules.ABSENT, foreign_coordinator=rules.ABSENT, funder=rules.OPEN, administrator=rules.OPEN
)
_RELEASE = {"number": "release.number"}
PAGES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "inclusion:dashboard": (GET, WATCHERS, {}),
    "inclusion:dashboard-scope": (GET, WATCHERS, {"scope": "scope", "scope_key": "section"}),
    "inclusion:quality": (GET, WATCHERS, {}),
    "inclusion:changes": (GET, WATCHERS, {}),
    "inclusion:changes-scope": (GET, WATCHERS, {"scope": "scope", "scope_key": "section"}),
    "inclusion:shares": (GET, WATCHERS, {}),
    "inclusion:share-end": (POST, ENDS_IT, {"public_id": "shared"}),
    "inclusion:shared": (GET, rules.ANYONE, {"address": "shared_address"}),
    "inclusion:intake-figures": (GET, RUNS_IT, ONE),
    "inclusion:method": (GET, rules.ANYONE, {}),
    "inclusion:indicators": (GET, rules.ANYONE, {}),
    "inclusion:whole-indicators": (GET, rules.ADMINISTRATORS, {}),
    "inclusion:kind-indicators": (GET, rules.ADMINISTRATORS, {"kind": "program.kind"}),
    "inclusion:periods": (GET, rules.ADMINISTRATORS, {}),
    "inclusion:program-indicators": (GET, RUNS_IT, {"public_id": "program"}),
    "inclusion:marker": (GET, RUNS_IT, {"public_id": "program", "marker": "marker"}),
    "inclusion:release": (POST, rules.ADMINISTRATORS, {}),
    "inclusion:restate": (GET, rules.ADMINISTRATORS, _RELEASE),
    "inclusion:take-away": (GET, WATCHERS, _RELEASE),
    "inclusion:figures-csv": (GET, WATCHERS, _RELEASE),
    "inclusion:figures-xlsx": (GET, WATCHERS, _RELEASE),
    "inclusion:activities-xml": (GET, WATCHERS, _RELEASE),
    "inclusion:tidy-csv": (GET, WATCHERS, _RELEASE),
    "inclusion:fairness": (GET, RUNS_IT, ONE),
    "inclusion:profile": (GET, rules.OWN, {"public_id": "application"}),
}
