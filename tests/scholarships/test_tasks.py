"""The clock makes payments due, however often it runs and however many there are."""

import pytest
from django.utils import timezone

from apps.core.actors import SYSTEM
from apps.scholarships.models import Award, Disbursement
from apps.scholarships.services import agree_award, draft_award
from apps.scholarships.services.due import fall_due
from apps.scholarships.tasks import payments_fall_due
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory
from tests.factories.scholarships import ScholarshipTermsFactory

pytestmark = pytest.mark.django_db


def test_the_clock_works_batch_by_batch_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    intake = IntakeFactory(program=ScholarshipTermsFactory().program)
    for _number in range(3):
        award = draft_award(
            enrolment=EnrolmentFactory(intake=intake), first_on=timezone.now().date(), actor=SYSTEM
        )
        assert award is not None
        agree_award(award=award, actor=SYSTEM)
    Award.objects.update(status="active")  # as if activated before the day came

    def two_at_once(**values: object) -> int:
        return fall_due(**values, limit=2)  # type: ignore[arg-type]

    monkeypatch.setattr("apps.scholarships.tasks.fall_due", two_at_once)

    assert payments_fall_due() == 3
    assert payments_fall_due() == 0
    assert Disbursement.objects.filter(status="due").count() == 3
