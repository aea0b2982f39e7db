"""The pages that staff can open, read off the matrix."""

from tests.access.matrix import form_editor, kinds, pages

PAGES = pages.PAGES | kinds.PAGES | form_editor.PAGES
#: Downloads, what is asked of a browser and not of a person, and an address that leads staff elsewhere.
NOT_PAGES = {
    *("portal:staff-applications-csv", "portal:staff-document", "reviews:document", "records:empty-file"),
    *("portal:staff-answers-csv", "applications:form-export", "applications:form-import-report"),
    *("selection:frozen-record", "selection:scenario-progress"),
    *("enrolments:roster-csv", "account_request_login_code", "enrolments:enrolment-detail"),
}


def opens(role: str) -> list[str]:
    """Pages that this role can open and a visitor cannot."""
    return [
        name
        for name, (method, rule, _things) in sorted(PAGES.items())
        if method == "GET" and rule[role] == "open" and rule["visitor"] != "open" and name not in NOT_PAGES
    ]


#: What reviewers and trainers can open beside what a coordinator can.
_COORDINATORS = set(opens("coordinator"))
VISITS = {
    "coordinator": sorted(_COORDINATORS),
    "reviewer": sorted({*opens("reviewer")} - _COORDINATORS),
    "trainer": sorted({*opens("trainer")} - _COORDINATORS),
}
VISITS = {role: names for role, names in VISITS.items() if names}
