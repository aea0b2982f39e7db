"""What a phone may fill in by itself: nobody types their name and number twice on a small screen."""

from django import forms

from apps.applications.rules.definition import Question
from apps.core.forms import DateParts

#: Key of the question → the browser's word for it (WCAG 2.2, 1.3.5).
WORDS = {
    "full-name": "name",
    "name": "name",
    "latin-name": "off",
    "phone": "tel",
    "phone-number": "tel",
    "email": "email",
    "country": "country",
    "town": "address-level2",
    "address": "street-address",
}
KEYBOARDS = {"tel": "tel", "email": "email"}
BIRTHDAYS = {"date-of-birth", "birthday", "birth-date"}


def offer_autofill(field: forms.Field, question: Question) -> forms.Field:
    """The same key spelled with underscores, as other tools write it, is understood too."""
    key, widget = question.key.lower().replace("_", "-"), field.widget
    if isinstance(widget, DateParts) and key in BIRTHDAYS:
        for part, box in zip(("day", "month", "year"), widget.widgets, strict=True):
            box.attrs["autocomplete"] = f"bday-{part}"
    elif key in WORDS and isinstance(widget, forms.TextInput | forms.Textarea | forms.Select):
        word = WORDS[key]
        widget.attrs["autocomplete"] = word
        if word in KEYBOARDS and isinstance(widget, forms.TextInput):
            widget.attrs["inputmode"] = KEYBOARDS[word]
    return field
