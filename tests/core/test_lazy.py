"""A slow module costs nothing until it is used."""

import inspect
import subprocess
import sys

import pytest

from apps.core.lazy import LazyModule


def test_a_lazy_module_is_imported_by_its_first_use_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)

    lazy = LazyModule("wave")
    inspect.unwrap(lazy)
    repr(lazy)

    assert "wave" not in sys.modules
    assert lazy.Error is sys.modules["wave"].Error


def test_a_misspelt_module_is_refused_at_once() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"apps\.core\.lasy"):
        LazyModule("apps.core.lasy")


def test_what_a_lazy_module_lacks_is_missing_as_from_any_module() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        LazyModule("apps.core.lazy").no_such_thing  # noqa: B018


def test_a_web_process_starts_without_the_solver() -> None:
    start = "import django; django.setup(); import sys, talentplatform.urls; print('scipy' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
