"""Modules that are imported when they are first used, because importing them takes a second.

The one place where an import waits. It is for rules that stand on numpy and scipy: a web process that
never solves anything should neither start a second later nor hold their memory. Name the module so that
mypy and the import linter see through it:

    if TYPE_CHECKING:
        from apps.selection.rules import solving as solver
    else:
        solver = LazyModule("apps.selection.rules.solving")
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


class LazyModule:
    """Stands for a module; the first attribute asked of it imports it. Safe from several threads.

    Raises ModuleNotFoundError at once when there is no such module: a misspelt name stops the start
    and not the first user.
    """

    def __init__(self, name: str) -> None:
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        self._name = name

    def __repr__(self) -> str:
        return f"<LazyModule {self._name}>"

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # copying and inspecting ask for these, and should import nothing
            raise AttributeError(attribute)
        return getattr(import_module(self._name), attribute)
