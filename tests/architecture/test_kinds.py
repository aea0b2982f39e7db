"""Kinds of program answer through policies: no module asks which kind it is dealing with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.programs.enums import ProgramKind

KIND_VALUES = frozenset(ProgramKind.values)
APPS = Path(__file__).resolve().parents[2] / "apps"
TEMPLATES = APPS.parent / "templates"
KIND_APPS = ("scholarships", "courses", "cohorts")
MODULES = sorted(path for path in APPS.rglob("*.py") if "migrations" not in path.parts)


def names_one_kind(node: ast.AST) -> bool:
    """A member of ProgramKind, or its value written out."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id == "ProgramKind" and node.attr in ProgramKind.names
    return isinstance(node, ast.Constant) and node.value in KIND_VALUES


def comparisons(tree: ast.AST) -> Iterator[int]:
    """Lines that ask which kind something is. Comparing two stored kinds with each other is not that."""
    for node in ast.walk(tree):
        asked: list[ast.AST] = [node] if isinstance(node, ast.Compare) else []
        if isinstance(node, ast.Match):
            asked = [case.pattern for case in node.cases]
        if any(names_one_kind(part) for each in asked for part in ast.walk(each)):
            yield node.lineno  # type: ignore[attr-defined]


def test_no_module_compares_kinds() -> None:
    found = [
        f"{path.relative_to(APPS)}:{line}"
        for path in MODULES
        for line in comparisons(ast.parse(path.read_text()))
    ]

    assert found == []


def test_no_template_compares_kinds() -> None:
    found = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "program.kind ==" in path.read_text()
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "if program.kind == 'course': pass",
        "match intake.program.kind:\n  case 'course': pass",
        "x = a in (ProgramKind.COURSE,)",
        "x = program.kind != ProgramKind.COHORT",
    ],
)
def test_the_search_finds_a_comparison_of_kinds(code: str) -> None:
    assert list(comparisons(ast.parse(code)))


@pytest.mark.parametrize("kind", KIND_APPS)
def test_kinds_do_not_know_each_other(kind: str) -> None:
    others = [f"apps.{other}" for other in KIND_APPS if other != kind]
    sources = [path for path in MODULES if path.relative_to(APPS).parts[0] == kind]

    assert sources
    assert [path for path in sources if any(other in path.read_text() for other in others)] == []
