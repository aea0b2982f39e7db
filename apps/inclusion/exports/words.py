"""Words for the codes of figures, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.inclusion.enums import Dimension, Gender, Residence, Stage
from apps.inclusion.rules.groups import NOT_STATED, OTHER, STATED

EVERYONE = _("Everyone")
_EVERYBODY_ELSE, _NOT_STATED = _("Everybody else who answered"), _("Not stated")
_NOT_SAID, _MISSING = _("Prefer not to say"), _("Not answered")
_SILENT = {"not_said": _NOT_SAID, "missing": _MISSING}

DIMENSION_WORDS: dict[str, str | Promise] = {
    **{each.value: each.label for each in Dimension},
    "people": _("Different people, each counted once"),
    "asked": _("Were asked"),
    "answered": _("Gave any answer"),
    "sensitivity": _("Difficulties by other cut-offs"),
    "residence_conflict": _("Place and own words differ"),
    "silence_gender": _("Silence on gender"),
    "silence_residence": _("Silence on where people live"),
    "silence_disability": _("Silence on disability"),
}
GROUP_WORDS: dict[tuple[str, str], str | Promise] = {
    ("gender", "woman"): _("Women"),
    ("gender", "man"): _("Men"),
    ("gender", "another"): Gender.ANOTHER.label,
    ("residence", "rural"): Residence.RURAL.label,
    ("residence", "town"): Residence.TOWN.label,
    ("residence", "city"): Residence.CITY.label,
    ("disability", "yes"): _("With a disability"),
    ("disability", "no"): _("Without a disability"),
    ("age", "under_25"): _("Under 25"),
    ("age", "25_34"): _("25 to 34"),
    ("age", "over_34"): _("Over 34"),
    **{(each, OTHER): _EVERYBODY_ELSE for each in ("gender", "residence", "age")},
    **{(each, NOT_STATED): _NOT_STATED for each in Dimension.values},
    ("people", ""): EVERYONE,
    ("asked", "yes"): _("Yes"),
    ("answered", "yes"): _("Yes"),
    **{("sensitivity", f"ss{each}"): f"SS{each}" for each in range(1, 5)},
    ("residence_conflict", "yes"): _("Yes"),
    ("residence_conflict", "no"): _("No"),
    **{("silence_gender", each): words for each, words in _SILENT.items()},
    **{("silence_residence", each): words for each, words in _SILENT.items()},
    **{("silence_disability", each): words for each, words in _SILENT.items()},
    ("silence_disability", "unknown"): _("Cannot be told from the answers"),
}
_STAGES: dict[str, str | Promise] = {each.value: each.label for each in Stage}


def stage_words(stage: str) -> str:
    return str(_STAGES.get(stage, stage))


def dimension_words(dimension: str) -> str:
    if not dimension:
        return str(EVERYONE)
    return " × ".join(str(DIMENSION_WORDS.get(each, each)) for each in dimension.split("+"))


def group_words(dimension: str, group: str) -> str:
    """A crossed group joins the words of its parts."""
    if not dimension:
        return str(EVERYONE)
    if (dimension, group) in GROUP_WORDS or "+" not in dimension:
        return str(GROUP_WORDS.get((dimension, group), group))
    if group == STATED:
        return gettext("Answered all of these questions")
    parts = zip(dimension.split("+"), group.split("+"), strict=True)
    return ", ".join(str(GROUP_WORDS.get(part, part[1])) for part in parts)
