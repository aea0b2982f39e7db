"""A program kind is complete only when every stage has its answer."""

from typing import Any

from django.core.checks import CheckMessage, Error

from apps.core.registries import KindRegistry
from apps.programs.enums import ProgramKind


def every_kind_has_every_policy(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"kind {kind} has no {registry.name} policy", id="core.E001")
        for registry in KindRegistry.every
        for kind in ProgramKind.values
        if kind not in registry
    ]
