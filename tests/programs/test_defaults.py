"""What a new intake starts with is a form people can fill in and a rubric reviewers can use."""

from decimal import Decimal

import pytest

from apps.applications.extension import application_policies
from apps.applications.rules.definition import form_from_definition
from apps.programs.enums import ProgramKind
from apps.reviews.extension import review_policies

kinds = pytest.mark.parametrize("kind", ProgramKind.values)


@kinds
def test_the_usual_form_of_each_kind_can_be_read(kind: str) -> None:
    form = form_from_definition(application_policies[kind].default_form())

    assert len(form.sections) >= 3
    assert all(question.label["en"] for _section, question in form.questions())


@kinds
def test_name_telephone_and_papers_are_hidden_from_reviewers(kind: str) -> None:
    form = form_from_definition(application_policies[kind].default_form())

    telling = [
        question
        for _section, question in form.questions()
        if question.key in {"full-name", "phone"} or question.kind == "document"
    ]
    assert len(telling) >= 3
    assert all(question.hidden_from_reviewers for question in telling)


@kinds
def test_the_usual_criteria_weigh_a_hundred_together(kind: str) -> None:
    criteria = review_policies[kind].default_criteria()

    assert sum(criterion["weight"] for criterion in criteria) == Decimal(100)
    assert all({"1", str(criterion["highest"])} <= set(criterion["anchors"]) for criterion in criteria)
