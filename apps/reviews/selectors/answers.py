"""What applicants answered, as far as it decides who may read: places, organisations, topics."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from apps.applications.models import Application, FormVersion, SectionAnswers
from apps.applications.rules.definition import CHOICE_KINDS
from apps.reviews.rules.named import names_an_organisation

#: A question as the JSON of a form has it.
Raw = Mapping[str, Any]


def places_named(applications: QuerySet[Application]) -> Iterator[tuple[int, str]]:
    """(application, code of a subdivision) from every answer that is a place. Two statements."""
    for application, _question, value in _answers(applications, lambda each: each["kind"] == "place"):
        if isinstance(value, Mapping) and value.get("subdivision"):
            yield application, str(value["subdivision"])


def organisations_named(applications: QuerySet[Application]) -> Iterator[tuple[int, str]]:
    """(application, text) from every answer that names an organisation, in rows too. Two statements.

    Which questions these are is read from their keys: an employer's name stands in the answer to
    "employer", "school" or "workplace-2", and searching every essay for names would find ties that
    are none.
    """
    for application, question, value in _answers(applications, _asks_for_an_organisation):
        for text in _texts(question, value):
            yield application, text


def topics_of(applications: QuerySet[Application], question: str) -> dict[int, frozenset[str]]:
    """The chosen options of the choice question with this key, by application. Two statements."""
    found: dict[int, frozenset[str]] = {}
    for application, _question, value in _answers(applications, lambda each: each["key"] == question):
        chosen = value if isinstance(value, list) else [value]
        found[application] = frozenset(str(each) for each in chosen if each)
    return found


def topic_questions(definition: Raw | None) -> list[Raw]:
    """The choice questions of a form, any of which may hold the topics."""
    sections = (definition or {}).get("sections", [])
    return [each for part in sections for each in part["questions"] if each["kind"] in CHOICE_KINDS]


def _asks_for_an_organisation(question: Raw) -> bool:
    if question["kind"] == "rows":
        return any(names_an_organisation(column["key"]) for column in question.get("columns", []))
    return question["kind"] in {"text", "one_choice"} and names_an_organisation(question["key"])


def _texts(question: Raw, value: Any) -> Iterator[str]:
    if question["kind"] == "rows":
        keys = [each["key"] for each in question["columns"] if names_an_organisation(each["key"])]
        rows = value if isinstance(value, list) else []
        yield from (
            str(row[key]) for row in rows for key in keys if isinstance(row, Mapping) and row.get(key)
        )
        return
    yield str(value)
    for option in question.get("options") or []:
        if option["value"] == value:
            yield from option.get("label", {}).values()


def _answers(
    applications: QuerySet[Application], wanted: Callable[[Raw], bool]
) -> Iterator[tuple[int, Raw, Any]]:
    """(application, question, answer) for the questions that are wanted; whole sections stay in the
    database, of which only these keys are read.
    """
    versions = FormVersion.objects.filter(pk__in=applications.order_by().values("form_version"))
    found: dict[str, tuple[str, Raw]] = {}
    for definition in versions.order_by("-number").values_list("definition", flat=True):
        for section, question in _questions(definition):
            if wanted(question):
                found.setdefault(question["key"], (section, question))
    if not found:
        return
    sections = {section for section, _question in found.values()}
    rows = SectionAnswers.objects.filter(application__in=applications.order_by(), section__in=sections)
    keys = list(found)
    for pk, *values in rows.values_list("application_id", *(KeyTransform(key, "answers") for key in keys)):
        for key, value in zip(keys, values, strict=True):
            if value not in (None, "", [], {}):
                yield pk, found[key][1], value


def _questions(definition: Raw) -> Iterable[tuple[str, Raw]]:
    for part in definition.get("sections", []):
        for question in part["questions"]:
            yield part["key"], question
