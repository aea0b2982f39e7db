"""The texts that applicants, participants and referees may read: taken from the sources themselves.

A catalogue is complete when it has every one of them. Pages of staff are not counted.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
#: Templates that only staff and funders open, by name.
STAFF = re.compile(
    r"staff|setup|_setup|manage|_edit|terms|program_form|program_list|intake_form|intake_list|targets_form"
    r"|eligibility_setup|rubric|assignment|progress|review_form|ranking|batch|rule_form|offer_list"
    r"|decision_correct|roster|import_|delivery_log|payment_list|payment_detail|payment_step|award_manage"
    r"|session_list|session_attendance|unit_assess|cohort_practice|program_cascade|trainer_detail"
    r"|trainer_step|step_mark|teachers|person_list|person_detail|organisation|audit|release_|_share|_chart"
    r"|api_docs|partials/staff|mailbox|form_section|desk|records/|enrolment_step|course_progress|asked_consents|deadline_extend|guardian_paper|reference_reason"
    r"|^reviews/|selection/(workbench|_scenario|frozen|waitlist_list|conditions_form)"
    r"|support_end|support_list|consent_text|eligibility_coverage|enquiry_|outage_"
    r"|_intake_head|inclusion/_?fairness|helper_start|information_ask|_breakdown|token_made|applications/form_|applications/_(form|condition|theirs|staff|preview)"
)
FUNCTIONS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
#: Python modules whose words reach applicants. Django's own names of days and months come on top.
MODULES = [
    "apps/core/forms.py",
    "apps/core/dates.py",
    "apps/core/moments.py",
    "apps/core/zones.py",
    "apps/core/errors.py",
    "apps/core/templatetags/ui.py",
    "apps/accounts/forms.py",
    "apps/applications/**/*.py",
    "apps/people/**/*.py",
    "apps/programs/views/public.py",
    "apps/programs/views/eligibility.py",
    "apps/programs/forms.py",
    "apps/programs/services/enquiries.py",
    "apps/portal/selectors/mine.py",
    "apps/portal/views/mine.py",
    "apps/inclusion/forms.py",
    "apps/notifications/**/*.py",
    "apps/enrolments/enums.py",
    "apps/enrolments/views/participant.py",
]
NOT_MODULES = re.compile(
    r"migrations|form_setup|xlsform|/api/|reference_setup|views/deadlines|views/information|people/views/texts"
    r"|views/form_|workbook|forms/(editing|conditions?|definition|form)|editor|form_drafts|form_texts|form_diff|condition_rows|services/differences|applications/(diff_words|workbook_words)|forms/(editing|condition)"
    r"|notifications/(views|management|forms|services/managing)|staff|applications/apps|helping"
)
#: Of the words of programs/enums.py only these are on pages of applicants.
KINDS = [
    *("Scholarship", "Vocational course", "Train-the-trainer cohort"),
    *("Online", "In person", "Online and in person"),
    *("Women", "People from rural communities", "People with disabilities"),
]
CALENDAR = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
]


def applicant_texts() -> set[str]:
    """Every msgid; plural forms count by their singular."""
    found = {*CALENDAR, *KINDS}
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in (".html", ".txt") and not STAFF.search(str(path.relative_to(ROOT / "templates"))):
            found |= set(in_template(path.read_text()))
    for pattern in MODULES:
        for path in ROOT.glob(pattern):
            if not NOT_MODULES.search(str(path)):
                found |= set(_in_python(path.read_text()))
    return found


#: Consent, eligibility and decisions: no machine drafts them, so nothing is missed while they are English.
FORMAL = re.compile(r"\{% formal[^%]*%\}.*?\{% endformal %\}", re.S)


def in_template(text: str) -> Iterator[str]:
    """Django turns a template into calls of gettext for its own collector; read those."""
    calls = templatize(FORMAL.sub("", text)) + " "
    for call in re.finditer(r" (?:n?gettext|_)\((.*?)\)\s", calls, re.S):
        yield from _first_argument(f"f({call.group(1)})")


def _first_argument(source: str) -> Iterator[str]:
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        return
    if isinstance(call, ast.Call) and call.args:
        argument = call.args[0]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
