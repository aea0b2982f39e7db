"""The life of one import, and the words for everything that can be wrong with a file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class ImportStatus(TextChoices):
    CHECKED = "checked", _("Checked")
    REFUSED = "refused", _("Refused")
    IMPORTED = "imported", _("Imported")
    DISCARDED = "discarded", _("Discarded")


_S = ImportStatus
#: A refused file is mended and sent again as a new one; an import is never undone here.
IMPORT_LIFECYCLE = Lifecycle(
    {_S.CHECKED: {_S.IMPORTED, _S.REFUSED, _S.DISCARDED}, _S.REFUSED: (), _S.IMPORTED: (), _S.DISCARDED: ()}
)


class RowProblem(TextChoices):
    """What is wrong with one row."""

    NOT_UTF8 = "not_utf8", _("This row has characters we cannot read. Save the file as CSV UTF-8.")
    WRONG_LENGTH = "wrong_length", _("This row has more or fewer cells than the first row.")
    CELL_TOO_LONG = "cell_too_long", _("This text is too long for one cell.")
    FORMULA = "formula", _("This cell holds a formula. Put its value in its place.")
    CONTROL_CHARACTER = "control_character", _("This cell holds a character we cannot keep. Type it again.")
    VALUE_MISSING = "value_missing", _("This cell is empty. Every row needs a value here.")
    VALUE_UNKNOWN = "value_unknown", _("We do not know this value.")
    COUNTRY_UNKNOWN = "country_unknown", _("This is not the ISO code of a country, such as TH or THA.")
    NOT_A_NUMBER = "not_a_number", _("This is not a whole number we can use.")
    NOT_A_DATE = "not_a_date", _("This is not a date we can use. Write it as 2026-03-27.")
    TOO_LONG = "too_long", _("This text is too long.")
    WOMEN_MORE_THAN_PEOPLE = "women_more_than_people", _("More women than people.")
    ENDS_BEFORE_START = "ends_before_start", _("This day is before the start.")
    ROW_TWICE = "row_twice", _("An earlier row is about the same person and intake, or the same event.")
    ALREADY_DIFFERENT = (
        "already_different",
        _("This was imported before with another value. We kept that one."),
    )
    INTAKE_CONTRADICTS = "intake_contradicts", _("Another row tells something else about this intake.")
    PERSON_CONTRADICTS = "person_contradicts", _("Another row tells something else about this person.")
    OTHER_KIND = "other_kind", _("This program is known as another kind of program.")


class FileProblem(TextChoices):
    """Why a file cannot be read at all; {detail} is a column or a number."""

    EMPTY = "empty", _("The file is empty.")
    DAMAGED = "damaged", _("The packed file is damaged or cut off. Send it again.")
    BOMB = "bomb", _("The file unpacks to far more than it should. Send it unpacked.")
    TOO_BIG = "too_big", _("The file holds more than {detail} MB once unpacked. Send it in parts.")
    TOO_MANY_ROWS = "too_many_rows", _("The file has more than {detail} rows. Send it in parts.")
    TOO_MANY_COLUMNS = "too_many_columns", _("The file has more than {detail} columns.")
    LINE_TOO_LONG = "line_too_long", _("A line of the file is too long. Is it a CSV file?")
    IS_SPREADSHEET = "is_spreadsheet", _("This is a workbook or a zip file. Save the sheet as CSV UTF-8.")
    NOT_TEXT = "not_text", _("This is not a CSV file. Save the table as CSV UTF-8.")
    UTF16 = "utf16", _("This file is saved as Unicode text (UTF-16). Save it as CSV UTF-8.")
    NOT_UTF8 = "not_utf8", _("The first row has characters we cannot read. Save the file as CSV UTF-8.")
    BAD_QUOTES = "bad_quotes", _("Row {row}: the quotation marks do not match.")
    COLUMN_MISSING = (
        "column_missing",
        _("The column “{detail}” is missing. Are the cells separated by commas?"),
    )
    COLUMN_TWICE = "column_twice", _("The column “{detail}” is there twice.")
    TOO_MANY_PROBLEMS = "too_many_problems", _("Some rows cannot be used. Nothing was imported.")
