"""Rows for the editor of an application form."""

from tests.access.matrix import rules
from tests.access.matrix.pages import GET, ONE, POST

_SECTION = {**ONE, "section": "section"}

PAGES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "applications:form-setup": (GET, rules.ITS_COORDINATOR, ONE),
    "applications:form-publish": (GET, rules.ITS_COORDINATOR, ONE),
    "applications:form-discard": (POST, rules.ITS_COORDINATOR, ONE),
    "applications:form-import": (GET, rules.ITS_COORDINATOR, ONE),
    "applications:form-import-report": (GET, rules.ITS_COORDINATOR, {**ONE, "token": "workbook"}),
    "applications:form-export": (GET, rules.ITS_COORDINATOR, ONE),
    "applications:form-section-setup": (GET, rules.ITS_COORDINATOR, _SECTION),
    "applications:form-preview": (GET, rules.ITS_COORDINATOR, _SECTION),
    "applications:form-texts": (GET, rules.ITS_COORDINATOR, {**_SECTION, "language": "language"}),
    "applications:form-question-add": (GET, rules.ITS_COORDINATOR, _SECTION),
    "applications:form-question-setup": (GET, rules.ITS_COORDINATOR, {**_SECTION, "key": "question"}),
}
