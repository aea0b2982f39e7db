"""Answers as a browser sends them."""

from typing import Any

from apps.applications.rules.definition import Question


def posted(question: Question, value: Any, name: str = "") -> dict[str, Any]:
    """The fields of one answer, by their names in the form."""
    name = name or question.key
    if value is None:
        return {}
    if question.kind == "date":
        year, month, day = str(value).split("-")
        return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
    if question.kind == "place":
        return {f"{name}_{level}": part for level, part in value.items()}
    if question.kind == "declaration":
        return {name: "on"}
    if question.kind == "rows":
        fields: dict[str, Any] = {f"{name}_rows": str(len(value))}
        for number, row in enumerate(value):
            for column in question.columns:
                fields |= posted(column, row.get(column.key), f"{name}_{number}-{column.key}")
        return fields
    return {name: value}
