"""How a coordinator writes the value of an eligibility rule, and how it reads back."""

from typing import Any


class BadValue(ValueError):
    """`code` names what is wrong; the form turns it into words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


#: Which tests make sense for which kind of answer.
TESTS = {
    "yes_no": ("is",),
    "one_choice": ("is", "one_of"),
    "country": ("is", "one_of"),
    "birth_date": ("age_between",),
    "number": ("at_least", "at_most"),
}


def read_value(answer: str, test: str, text: str) -> Any:
    """ "yes" → True · "TH, LA" → ["TH", "LA"] · "18-35" → [18, 35] · "2.5" → 2.5"""
    if test not in TESTS[answer]:
        raise BadValue("test")
    text = text.strip()
    if not text:
        raise BadValue("empty")
    if answer == "yes_no":
        if text.lower() not in ("yes", "no"):
            raise BadValue("yes_no")
        return text.lower() == "yes"
    if test == "age_between":
        least, _dash, most = text.replace("–", "-").partition("-")
        if not (least.strip().isdigit() and most.strip().isdigit()):
            raise BadValue("ages")
        ages = [int(least), int(most)]
        if not 0 <= ages[0] <= ages[1] <= 120:
            raise BadValue("ages")
        return ages
    if answer == "number":
        try:
            number = float(text)
        except ValueError:
            raise BadValue("number") from None
        if not -1e9 <= number <= 1e9:
            raise BadValue("number")
        return number
    values = [each.strip() for each in text.split(",") if each.strip()]
    return values if test == "one_of" else values[0]


def write_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, int) for each in value):
        return "-".join(map(str, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def read_options(text: str) -> list[dict[str, Any]]:
    """One option a line: "value | label", or only the label."""
    options = []
    for number, line in enumerate(filter(None, (line.strip() for line in text.splitlines())), start=1):
        value, bar, label = (part.strip() for part in line.partition("|"))
        options.append(
            {"value": value if bar else f"option-{number}", "label": {"en": label if bar else line}}
        )
    return options


def write_options(options: list[dict[str, Any]]) -> str:
    return "\n".join(f"{each['value']} | {each['label'].get('en', '')}" for each in options)
