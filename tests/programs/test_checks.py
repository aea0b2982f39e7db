"""A kind is complete only when every stage has its answer."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from apps.core.registries import KindRegistry
from apps.enrolments.extension import enrolment_policies
from apps.programs.enums import ProgramKind


def test_each_of_the_three_stages_has_a_registry() -> None:
    assert {registry.name for registry in KindRegistry.every} >= {"application", "review", "enrolment"}


def test_every_kind_answers_at_every_stage() -> None:
    assert [message for message in run_checks() if message.id == "core.E001"] == []


@pytest.mark.parametrize("kind", ProgramKind.values)
def test_a_kind_without_a_policy_fails_the_check(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(enrolment_policies._policies, kind)

    with pytest.raises(CommandError, match=f"kind {kind} has no enrolment policy"):
        call_command("check", verbosity=0)


def test_two_answers_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="two policies"):
        enrolment_policies.register(ProgramKind.COURSE, enrolment_policies[ProgramKind.COURSE])
