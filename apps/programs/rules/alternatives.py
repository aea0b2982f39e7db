"""What the answers given for one intake say about another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.programs.rules.eligibility import Result, Rule, assess

#: The same question wherever it is asked, whatever its words: somebody is born once.
ONE_ANSWER = "birth_date"


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule with the kind of answer its question takes."""

    rule: Rule
    answer: str


def carried_over(
    known: Sequence[Asked], answers: Mapping[str, Any], wanted: Sequence[Asked]
) -> dict[str, Any]:
    """Answers to `wanted` that are among those given to `known`: the same question (its key and kind),
    and the date of birth under any name. Everything else stays unanswered.
    """
    by_question = {(each.rule.key, each.answer): answers.get(each.rule.key) for each in known}
    born = next((answers.get(each.rule.key) for each in known if each.answer == ONE_ANSWER), None)
    return {
        each.rule.key: born if each.answer == ONE_ANSWER else by_question.get((each.rule.key, each.answer))
        for each in wanted
    }


def judged_elsewhere(
    known: Sequence[Asked], answers: Mapping[str, Any], wanted: Sequence[Asked], *, day: date
) -> Result:
    """The finding of each rule of another intake; what was not asked here is not answered there."""
    return assess([each.rule for each in wanted], carried_over(known, answers, wanted), day=day)
