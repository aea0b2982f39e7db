"""The demo is made by the services people use, so loading it proves the whole way of all three kinds."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.enrolments.models import Enrolment
from apps.events.services import run_due_deliveries
from apps.inclusion.models import ParticipationFact
from apps.notifications.models import Message
from apps.portal.services.demo import load_demo, sign_ins
from apps.portal.services.demo_content import HOUSE
from apps.portal.services.demo_records import RURAL, import_sample_records
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.records.models import ImportRun
from apps.selection.models import Offer, Scenario, WaitlistEntry
from apps.selection.services import solve_scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation_of_the_demo() -> None:
    call_command("load_places", verbosity=0)
    Organisation.objects.create(name=HOUSE, kind="runs_programs")


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


def test_the_sample_of_the_dashboard_comes_in_by_the_importer_once(organisation_of_the_demo: None) -> None:
    import_sample_records(today=date(2026, 11, 27))
    import_sample_records(today=date(2026, 12, 24))

    run = ImportRun.objects.get()
    facts = ParticipationFact.objects.filter(intake__program__slug="provincial-ai-scholarships")
    assert (run.status, run.rows_new, run.problems_found) == ("imported", 2200, 0)
    assert set(facts.values_list("country_code", flat=True)) == set(RURAL)
    assert set(facts.values_list("applied_on", flat=True)) == {
        date(2025, 10, 10),
        date(2026, 1, 10),
        date(2026, 4, 10),
        date(2026, 7, 10),
    }
    for question in ("gender", "residence", "disability"):
        told = facts.exclude(**{f"{question}__in": ["missing", "not_said"]}).count()
        assert 0.93 < told / 2200 < 0.97
    rural_women = facts.filter(gender="woman", residence="rural", disability="yes")
    assert 0 < rural_women.filter(completed_on=None).count() < rural_women.count()


def test_a_sample_that_is_refused_is_said_and_comes_in_when_it_is_mended(
    organisation_of_the_demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setitem(RURAL, "XX", 50)
        with pytest.raises(RuntimeError, match="was refused"):
            import_sample_records(today=date(2026, 11, 27))

    assert not ParticipationFact.objects.exists()
    import_sample_records(today=date(2026, 11, 27))
    assert ParticipationFact.objects.count() == 2200


def test_a_real_service_never_gets_sample_people() -> None:
    with pytest.raises(CommandError):
        call_command("prepare_demo")
