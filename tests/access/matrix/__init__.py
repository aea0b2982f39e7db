"""Who may open what: one module for each app, one row for each URL name.

A row says which roles a page opens for, and which row of the world stands in its address. Pages of
signed-in people open for the owner of that row alone, unless `everyone` or `also` says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.core.access import Access

#: From the world of tests/access/world.py to the arguments of the address.
Address = Callable[[Any], list[Any]]


@dataclass(frozen=True)
class Row:
    access: frozenset[Access]
    address: Address = lambda world: []
    method: str = "get"
    #: Signed-in pages about no single row: they open for every account.
    everyone: bool = False
    #: Roles at the home organisation that reach an owner's page too.
    also: frozenset[str] = field(default_factory=frozenset)


def row(*access: Access, address: Address | None = None, **more: Any) -> Row:
    return Row(frozenset(access), address or (lambda world: []), **more)


def of(name: str) -> Address:
    """The public id of `world.<name>`."""
    return lambda world: [getattr(world, name).public_id]
