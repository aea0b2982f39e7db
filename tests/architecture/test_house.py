"""What the linter cannot see: foreign keys point down, statuses move in one place, files stay small."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from apps.events.registry import EVENTS, SUBSCRIPTIONS

ROOT = Path(__file__).resolve().parent.parent.parent
STAIRCASE = [
    ("core",),
    ("events",),
    ("places",),
    ("accounts",),
    ("programs", "people"),
    ("applications",),
    ("reviews",),
    ("selection",),
    ("enrolments",),
    ("scholarships", "courses", "cohorts"),
    ("notifications", "inclusion"),
    ("records",),
    ("portal",),
]
STEP = {app: number for number, step in enumerate(STAIRCASE) for app in step}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def modules() -> list[Path]:
    found = [*(ROOT / "apps").rglob("*.py"), *(ROOT / "talentplatform").rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def test_foreign_keys_between_apps_point_down_and_leave_no_trace_above() -> None:
    wrong = []
    for model in apps.get_models():
        app = model._meta.app_label
        if app not in STEP:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "remote_field", None) or not field.concrete or target is None:
                continue
            other = target._meta.app_label
            if other == app or other not in STEP:
                continue
            if STEP[other] >= STEP[app]:
                wrong.append(f"{model.__name__}.{field.name} points up to {other}")
            name = field.remote_field.related_name or ""
            if not name.endswith("+") and (app, field.name) not in ALLOWED_TRACES:
                wrong.append(f"{model.__name__}.{field.name} is visible from {other}")
    assert wrong == []


#: A person belongs to an account: `user.person` is one hop that many pages need.
ALLOWED_TRACES = {("people", "user")}


def test_no_junk_drawers() -> None:
    assert [str(path) for path in modules() if path.stem in ("utils", "helpers", "common", "misc")] == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def assignments(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "status":
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_a_status_is_assigned_only_by_the_lifecycle() -> None:
    """Answers of HTTP have a status too; they are not rows."""
    found = [place for path in modules() if path.name != "lifecycle.py" for place in assignments(path)]

    assert found == []


def test_the_book_of_events_tells_fields_and_listeners_as_the_code_has_them() -> None:
    for app in STEP:
        if (ROOT / "apps" / app / "events.py").exists():
            import_module(f"apps.{app}.events")
    ours = {name: event for name, event in EVENTS.items() if event.__module__.startswith("apps.")}
    told = re.findall(r"^\| ([A-Z]\w+) \| (.*) \| (.*) \|$", (ROOT / "docs" / "events.md").read_text(), re.M)

    assert sorted(told) == sorted(
        (name, fields_of(event), listeners_of(name)) for name, event in ours.items()
    )


def fields_of(event: type) -> str:
    return ", ".join(field.name for field in dataclasses.fields(event))


def listeners_of(name: str) -> str:
    """A large room of subscriptions has rooms of its own; the book names app and handler."""
    heard = SUBSCRIPTIONS.get(name, ())
    return ", ".join(re.sub(r"\.subscriptions\.(\w+\.)*", ": ", each) for each in heard) or "–"


def test_signals_and_direct_task_calls_are_nowhere() -> None:
    banned = re.compile(
        r"\b(post_save|pre_save|post_delete|pre_delete|m2m_changed)\b|\.delay\(|\.apply_async\("
    )

    assert [str(path) for path in modules() if banned.search(path.read_text())] == []


def test_rules_know_nothing_of_django() -> None:
    found = [path for path in modules() if "rules" in path.parts or path.name == "rules.py"]

    assert found
    assert [
        str(path)
        for path in found
        if re.search(r"(?m)^(from|import) (django|rest_framework|celery)\b", path.read_text())
    ] == []
