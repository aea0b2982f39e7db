"""The demo is made by the services people use, so loading it proves the whole way of all three kinds."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.applications.models import Application
from apps.enrolments.models import Enrolment
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.portal.services.demo import load_demo, sign_ins
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.selection.models import Offer, Scenario, WaitlistEntry
from apps.selection.services import solve_scenarios

pytestmark = pytest.mark.django_db


def test_the_demo_has_something_at_every_stage_of_every_kind() -> None:
    call_command("load_places", verbosity=0)

    load_demo()
    while run_due_deliveries(limit=1000):
        pass

    assert solve_scenarios() == 1
    assert Scenario.objects.get().result["meters"]
    assert Intake.objects.filter(status="open").count() == len(ProgramKind)
    assert Application.objects.filter(status="in_review").exists()
    assert Offer.objects.filter(status="made").exists()
    assert WaitlistEntry.objects.exists()
    assert Enrolment.objects.count() == 2
    assert Message.objects.filter(template="enrolled").count() == 4
    assert {role for role, _words in sign_ins()} >= {
        "applicant",
        "coordinator",
        "reviewer",
        "funder",
        "administrator",
    }
    assert not User.objects.filter(is_demo=False).exists()


def test_a_real_service_never_gets_sample_people() -> None:
    with pytest.raises(CommandError):
        call_command("prepare_demo")
