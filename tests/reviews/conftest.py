"""An intake of the organisation with a rubric of two criteria, and one assignment in it."""

from collections.abc import Callable

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.enums import ApplicationStatus
from apps.programs.models import Intake
from apps.reviews.models import Criterion, ReviewAssignment
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), reviews_each=2)


@pytest.fixture
def criteria(intake: Intake) -> list[Criterion]:
    rubric = RubricFactory(intake=intake)
    return [CriterionFactory(rubric=rubric, weight=60), CriterionFactory(rubric=rubric, weight=40)]


@pytest.fixture
def assignment(intake: Intake, criteria: list[Criterion], staff: Callable[..., User]) -> ReviewAssignment:
    application = ApplicationFactory(intake=intake, status=ApplicationStatus.IN_REVIEW)
    return ReviewAssignmentFactory(application=application, reviewer=staff(Role.REVIEWER))
