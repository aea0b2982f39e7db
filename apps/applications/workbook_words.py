"""What the report on a workbook says, in words. The codes are those of rules.xlsform."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.applications.rules.xlsform.report import Note
from apps.applications.rules.xlsform.workbook import Refused


class FileWords(TextChoices):
    """Why a workbook was refused as a whole."""

    EMPTY = "empty", gettext_lazy("The file is empty.")
    LARGE = "large", gettext_lazy("The file is too large, or unpacks to far more than it should.")
    OLD_FORMAT = "old_format", gettext_lazy("This is an older Excel file (.xls). Save it as .xlsx.")
    NOT_XLSX = "not_xlsx", gettext_lazy("This is not an Excel workbook (.xlsx), or it is damaged.")
    LOCKED = "locked", gettext_lazy("The workbook is locked with a password. Save it without one.")
    ACTIVE = "active", gettext_lazy("The workbook holds programs or parts that we do not open.")
    PYXFORM = "pyxform", gettext_lazy("This is not an XLSForm that can be used: {detail}")
    NOTHING = "nothing", gettext_lazy("There is no question in this workbook that we can ask.")
    DEFINITION = "definition", gettext_lazy("This form cannot be used: {detail}")


class NoteWords(TextChoices):
    """What became of a cell or a row that we do not hold as it is."""

    KIND = "kind", gettext_lazy("We have no question of this type. Kept for export, not asked here.")
    METADATA = (
        "metadata",
        gettext_lazy("Data that the device adds by itself. Kept for export, not used here."),
    )
    CALCULATION = "calculation", gettext_lazy("A calculation. Kept for export, not worked out here.")
    PLACE = "place", gettext_lazy("A position on a map. Kept for export, not asked here.")
    RECORDING = "recording", gettext_lazy("A sound or a film. Kept for export, not asked here.")
    CHOICES_IN_FILE = (
        "choices_in_file",
        gettext_lazy("The choices stand in another file. Kept for export, not asked here."),
    )
    EXTERNAL_CHOICES = (
        "external_choices",
        gettext_lazy("The choices stand in an external list. Kept for export, not asked here."),
    )
    LOOP = "loop", gettext_lazy("A loop over a list. Kept for export, not asked here.")
    IN_A_LOOP = "in_a_loop", gettext_lazy("Inside a loop. Kept for export, not asked here.")
    REPEAT_IN_REPEAT = (
        "repeat_in_repeat",
        gettext_lazy("A repeat inside a repeat. Kept for export, not asked here."),
    )
    IN_INNER_REPEAT = (
        "in_inner_repeat",
        gettext_lazy("Inside an inner repeat. Kept for export, not asked here."),
    )
    NOT_IN_A_ROW = (
        "not_in_a_row",
        gettext_lazy("A question of this type does not fit into a row. Kept for export, not asked here."),
    )
    NEVER_SHOWN = "never_shown", gettext_lazy("It is never shown. Kept for export, not asked here.")
    NO_WORDS = "no_words", gettext_lazy("A note without words. Kept for export, not shown here.")
    NO_TYPE = "no_type", gettext_lazy("A row without a type. It was left out.")
    NO_CHOICES = "no_choices", gettext_lazy("The filter leaves no choice. All choices are offered here.")
    TOO_MANY = "too_many", gettext_lazy("The form is too long for us here. Kept for export, not asked here.")
    TOO_MANY_OPTIONS = (
        "too_many_options",
        gettext_lazy("The list has too many choices. Kept for export, not asked here."),
    )
    TOO_LONG = "too_long", gettext_lazy("This expression is too long for us. Kept for export, not used here.")
    FUNCTION = (
        "function",
        gettext_lazy("This expression uses {detail}, which we do not know. Kept for export, not used here."),
    )
    ARITHMETIC = (
        "arithmetic",
        gettext_lazy("This expression calculates. Kept for export, not used here."),
    )
    UNREADABLE = (
        "unreadable",
        gettext_lazy("We cannot read this expression. Kept for export, not used here."),
    )
    NOT_A_CONDITION = (
        "not_a_condition",
        gettext_lazy("We have no condition for this expression. Kept for export, not used here."),
    )
    NOT_ASKED_BEFORE = (
        "not_asked_before",
        gettext_lazy("It depends on {detail}, which is not asked before. Kept for export, not used here."),
    )
    BARE_WORD = (
        "bare_word",
        gettext_lazy("The word {detail} has no quotation marks: we read it as a written value."),
    )
    CONDITION_IN_A_ROW = (
        "condition_in_a_row",
        gettext_lazy("A condition inside a row. Kept for export; here the column is always shown."),
    )
    NOT_REQUIRED = (
        "not_required",
        gettext_lazy("Its condition is not used here, so an answer is not required here."),
    )
    SHOWS_AN_ANSWER = (
        "shows_an_answer",
        gettext_lazy("The text shows an answer ({detail}). Here it stands as it is written."),
    )
    MEDIA = "media", gettext_lazy("A picture, sound or film ({detail}). Kept for export, not shown here.")
    OTHER_PROGRAM = (
        "other_program",
        gettext_lazy("It opens another program ({detail}). Kept for export, not used here."),
    )
    APPEARANCE = "appearance", gettext_lazy("The look “{detail}”. Kept for export, not used here.")
    DEFAULT = "default", gettext_lazy("A first answer. Kept for export, not filled in here.")
    CALCULATED = "calculated", gettext_lazy("An answer that is calculated. Kept for export, asked here.")
    READ_ONLY = "read_only", gettext_lazy("An answer that cannot be changed. Kept for export; here it can.")
    KEPT = "kept", gettext_lazy("Kept for export, not used here.")
    FORMULA = "formula", gettext_lazy("The cell holds a formula. We took its last value.")
    SHEET_KEPT = "sheet_kept", gettext_lazy("This sheet is kept for export and not used here.")
    SHEET_IGNORED = "sheet_ignored", gettext_lazy("This sheet is no part of an XLSForm. It was left out.")
    PLATFORM_CELL = (
        "platform_cell",
        gettext_lazy("What we had noted in our own column does not fit this form. It was left out."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    sheet: str
    rows: str
    column: str
    words: str


MOST_ROWS_SAID = 12


def refusal(refused: Refused) -> str:
    return str(FileWords(refused.code).label).format(detail=refused.detail)


def line_of(note: Note) -> Line:
    words = str(NoteWords(note.code).label)
    return Line(note.sheet, _rows(note.rows), note.column, words.format(detail=note.detail))


def _rows(rows: tuple[int, ...]) -> str:
    if not rows:
        return ""
    said = ", ".join(map(str, rows[:MOST_ROWS_SAID]))
    more = len(rows) - MOST_ROWS_SAID
    if more > 0:
        said = _("{rows} and {n} more").format(rows=said, n=more)
    return ngettext("row {rows}", "rows {rows}", len(rows)).format(rows=said)
