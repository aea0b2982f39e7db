"""Kinds of program answer through policies: no module asks which kind it is dealing with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APPS = Path(__file__).resolve().parents[2] / "apps"
TEMPLATES = APPS.parent / "templates"
KIND_APPS = ("scholarships", "courses", "cohorts")
MODULES = sorted(path for path in APPS.rglob("*.py") if "migrations" not in path.parts)


def names_the_kind(node: ast.AST) -> bool:
    """`program.kind`, `self.kind`, or a member of ProgramKind."""
    if not isinstance(node, ast.Attribute):
        return False
    if isinstance(node.value, ast.Name) and node.value.id == "ProgramKind":
        return True
    return node.attr == "kind" and not is_of_another_noun(node.value)


def is_of_another_noun(node: ast.expr) -> bool:
    """Organisations, conflicts and questions have kinds of their own."""
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return name in {"organisation", "conflict", "question", "field", "subdivision", "error", "row", "item"}


def comparisons(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        asked = node.subject if isinstance(node, ast.Match) else node
        if isinstance(node, ast.Compare | ast.Match) and any(map(names_the_kind, ast.walk(asked))):
            yield node.lineno


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
        "x = program.kind != a",
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
