"""Pages of cohorts: practice, certification, reports and the cascade."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.cohorts.models import CohortTerms, IntakeTrainer, OnwardTraining, PracticeStep, Trainer
from apps.cohorts.services import begin_training, certify_trainer, link_trainers, mark_step_done
from apps.core.actors import Actor
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from tests.bad_input import DATES, HARMLESS_TEXTS, NUMBERS, TEXTS
from tests.factories.cohorts import OnwardTrainingFactory, PracticeStepFactory, TrainerFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    program = ProgramFactory(organisation=organisation, kind=ProgramKind.COHORT)
    PracticeStepFactory(program=program, number=1, title={"en": "Teach ten minutes"})
    return IntakeFactory(program=program)


@pytest.fixture
def own(applicant: User, intake: Intake) -> Enrolment:
    return EnrolmentFactory(
        intake=intake,
        person=PersonFactory(user=applicant, full_name="Dewi"),
        started_on=TODAY - timedelta(days=10),
    )


@pytest.fixture
def trainer(own: Enrolment, actor: Actor) -> Trainer:
    return begin_training(enrolment=own, actor=actor)


@pytest.fixture
def certified(trainer: Trainer, actor: Actor) -> Trainer:
    mark_step_done(task=trainer.practice.get(), done_on=TODAY, actor=actor)
    return certify_trainer(trainer=trainer, actor=actor)


@pytest.fixture
def as_trainer(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.TRAINER))


def report(**change: str) -> dict[str, str]:
    given = {
        "title": "Data for farmers",
        "held_on": TODAY.isoformat(),
        "country": CountryFactory().pk,
        "place": "Garut",
        "people_reached": "25",
        "women_reached": "",
        "key": str(uuid4()),
    }
    return {**given, **change}


def url(name: str, row: object) -> str:
    return reverse(f"cohorts:{name}", args=[row.public_id])  # type: ignore[attr-defined]


def text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_trainee_reads_the_plan_and_what_comes_next(as_applicant: Client, trainer: Trainer) -> None:
    page = text(as_applicant, url("my-practice", trainer.enrolment))

    assert "Show “Teach ten minutes” by" in page
    assert "Report a training" not in page


def test_a_trainer_marks_a_step_and_a_coordinator_certifies(
    as_trainer: Client, as_coordinator: Client, as_applicant: Client, trainer: Trainer, own: Enrolment
) -> None:
    task = trainer.practice.get()
    as_trainer.post(url("step-mark", task), {"done_on": TODAY.isoformat(), "note": "Clear voice"})
    assert "Clear voice" in text(as_applicant, url("my-practice", own))
    assert as_trainer.post(url("trainer-certify", trainer)).status_code == 403

    as_coordinator.post(url("trainer-certify", trainer))

    trainer.refresh_from_db()
    own.refresh_from_db()
    assert (trainer.status, own.status) == ("certified", "completed")
    assert "Report a training" in text(as_applicant, url("my-practice", own))


def test_a_mark_can_be_taken_back(as_trainer: Client, trainer: Trainer, actor: Actor) -> None:
    task = mark_step_done(task=trainer.practice.get(), done_on=TODAY, actor=actor)

    as_trainer.post(url("step-unmark", task))

    task.refresh_from_db()
    assert task.done_on is None


def test_certification_before_every_step_is_refused_in_words(
    as_coordinator: Client, trainer: Trainer
) -> None:
    page = as_coordinator.post(url("trainer-certify", trainer), follow=True)

    assert "Every practice step has to be done" in page.content.decode()


@pytest.mark.parametrize("value", [*DATES, "", (TODAY + timedelta(days=2)).isoformat(), "2001-01-01"])
def test_bad_days_are_refused(value: str, as_trainer: Client, trainer: Trainer) -> None:
    page = as_trainer.post(url("step-mark", trainer.practice.get()), {"done_on": value})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"done_on"}


def test_a_report_sent_twice_counts_once(as_applicant: Client, certified: Trainer) -> None:
    given = report()

    as_applicant.post(url("training-report", certified), given)
    as_applicant.post(url("training-report", certified), given)

    assert OnwardTraining.objects.get().people_reached == 25
    page = text(as_applicant, url("my-cascade", certified))
    assert "Data for farmers" in page
    assert "25 people" in page


def test_the_same_training_reported_anew_is_refused(as_applicant: Client, certified: Trainer) -> None:
    as_applicant.post(url("training-report", certified), report())

    page = as_applicant.post(url("training-report", certified), report(title="DATA for farmers"))

    assert page.status_code == 422
    assert "reported this training already" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("people_reached", each) for each in [*NUMBERS, "0", "100001"]]
    + [("women_reached", each) for each in [*NUMBERS[1:], "26"]]
    + [("held_on", each) for each in [*DATES, (TODAY + timedelta(days=2)).isoformat()]]
    + [("title", each) for each in TEXTS]
    + [("country", each) for each in ["", "XX", "\x00", "x" * 5000]]
    + [("key", each) for each in ["", "1", "\x00"]],
)
def test_bad_reports_are_refused_at_their_field(
    field: str, value: str, as_applicant: Client, certified: Trainer
) -> None:
    page = as_applicant.post(url("training-report", certified), report(**{field: value}))

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert not OnwardTraining.objects.exists()


@pytest.mark.parametrize("value", HARMLESS_TEXTS)
def test_odd_but_harmless_titles_are_shown_as_text(
    value: str, as_applicant: Client, certified: Trainer
) -> None:
    as_applicant.post(url("training-report", certified), report(title=value))

    assert OnwardTraining.objects.get().title == value
    assert "<script>alert" not in text(as_applicant, url("my-cascade", certified))


def test_somebody_in_training_cannot_report(as_applicant: Client, trainer: Trainer) -> None:
    assert "Only certified trainers" in text(as_applicant, url("training-report", trainer))
    assert as_applicant.post(url("training-report", trainer), report()).status_code == 403


def test_suspending_and_bringing_back_need_reasons(as_coordinator: Client, certified: Trainer) -> None:
    assert as_coordinator.post(url("trainer-suspend", certified), {"reason": ""}).status_code == 422
    as_coordinator.post(url("trainer-suspend", certified), {"reason": "Complaint"})
    certified.refresh_from_db()
    assert certified.status == "suspended"

    as_coordinator.post(url("trainer-reinstate", certified), {"reason": "Cleared"})
    certified.refresh_from_db()
    assert certified.status == "certified"


def test_the_plan_of_a_program_is_set_up(as_coordinator: Client, intake: Intake) -> None:
    program = intake.program
    as_coordinator.post(url("terms-edit", program), {"checkout_days": "120", "active_months": "18"})
    as_coordinator.post(url("step-add", program), {"title": "Host a session", "instructions": ""})
    added = PracticeStep.objects.get(number=2)
    edit = reverse("cohorts:step-edit", args=[added.pk])
    as_coordinator.post(edit, {"title": "Host two sessions", "instructions": "In your town"})

    assert CohortTerms.objects.get(program=program).checkout_days == 120
    assert "Host two sessions" in text(as_coordinator, url("terms-edit", program))
    as_coordinator.post(reverse("cohorts:step-remove", args=[added.pk]))
    assert PracticeStep.objects.count() == 1


@pytest.mark.parametrize("field", ["checkout_days", "active_months"])
@pytest.mark.parametrize("value", [*NUMBERS, "0", "10000"])
def test_bad_terms_are_refused(field: str, value: str, as_coordinator: Client, intake: Intake) -> None:
    given = {"checkout_days": "90", "active_months": "12", field: value}

    page = as_coordinator.post(url("terms-edit", intake.program), given)

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}


def test_teachers_are_chosen_among_certified_trainers(
    as_coordinator: Client, intake: Intake, staff: Callable[..., User]
) -> None:
    master = staff(Role.TRAINER)
    as_coordinator.post(url("master-add", intake.program), {"user": str(master.public_id)})
    trainer = Trainer.objects.get()
    stranger = TrainerFactory(status="certified")

    bad = as_coordinator.post(url("teachers-edit", intake), {"trainers": [str(stranger.public_id)]})
    assert bad.status_code == 422
    as_coordinator.post(url("teachers-edit", intake), {"trainers": [str(trainer.public_id)]})

    assert IntakeTrainer.objects.get().trainer == trainer
    assert " checked" in text(as_coordinator, url("teachers-edit", intake))


@pytest.mark.parametrize("value", ["", "x", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_strangers_do_not_become_master_trainers(value: str, as_coordinator: Client, intake: Intake) -> None:
    assert as_coordinator.post(url("master-add", intake.program), {"user": value}).status_code == 422


def test_a_trainer_finds_their_roles_and_staff_their_cascade(
    as_applicant: Client, as_coordinator: Client, certified: Trainer, actor: Actor
) -> None:
    pupil = TrainerFactory(program=certified.program, status="certified")
    link_trainers(trainers=[certified], trainee=pupil, actor=actor)
    OnwardTrainingFactory(trainer=pupil, people_reached=1234)

    assert "Report a training" in text(as_applicant, reverse("cohorts:my-roles"))
    assert "1,234" in text(as_applicant, url("my-cascade", certified))
    page = text(as_coordinator, url("program-cascade", certified.program))
    assert "1,234" in page
    assert "Dewi" in page
    assert str(pupil.person) in text(as_coordinator, url("trainer-detail", certified))


def test_what_belongs_to_others_is_not_there(
    as_coordinator: Client, as_applicant: Client, certified: Trainer
) -> None:
    elsewhere = begin_training(
        enrolment=EnrolmentFactory(intake=IntakeFactory(program=PracticeStepFactory().program)),
        actor=Actor(None, "system"),
    )
    step = PracticeStep.objects.get(program=elsewhere.program)
    task = elsewhere.practice.get()

    for name in ("trainer-detail", "trainer-suspend", "trainer-reinstate"):
        assert as_coordinator.get(url(name, elsewhere)).status_code == 404
        assert as_applicant.get(url(name, certified)).status_code == 403
    for name in ("my-cascade", "training-report"):
        assert as_applicant.get(url(name, elsewhere)).status_code == 404
        assert as_coordinator.get(url(name, certified)).status_code == 404
    assert as_coordinator.get(url("step-mark", task)).status_code == 404
    assert as_coordinator.post(url("step-unmark", task)).status_code == 404
    assert as_coordinator.post(url("trainer-certify", elsewhere)).status_code == 404
    assert as_coordinator.get(reverse("cohorts:step-edit", args=[step.pk])).status_code == 404
    assert as_coordinator.post(reverse("cohorts:step-remove", args=[step.pk])).status_code == 404
    for name in ("program-cascade", "terms-edit", "step-add", "master-add"):
        assert as_coordinator.get(url(name, elsewhere.program)).status_code == 404
    assert elsewhere.enrolment is not None
    for name in ("cohort-practice", "teachers-edit"):
        assert as_coordinator.get(url(name, elsewhere.enrolment.intake)).status_code == 404
    assert as_applicant.get(url("my-practice", elsewhere.enrolment)).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("page", ["cohort-practice", "program-cascade", "trainer-detail", "my-cascade"])
def test_pages_take_the_same_queries_for_one_or_three(
    people: int,
    page: str,
    as_coordinator: Client,
    as_applicant: Client,
    certified: Trainer,
    actor: Actor,
    django_assert_max_num_queries: Callable,
) -> None:
    for _number in range(people):
        enrolment = EnrolmentFactory(intake=certified.enrolment.intake)
        pupil = begin_training(enrolment=enrolment, actor=actor)
        link_trainers(trainers=[certified], trainee=pupil, actor=actor)
        OnwardTrainingFactory(trainer=certified)
    row = {
        "cohort-practice": certified.enrolment.intake,
        "program-cascade": certified.program,
    }.get(page, certified)
    client = as_applicant if page == "my-cascade" else as_coordinator

    with django_assert_max_num_queries(12):
        assert client.get(url(page, row)).status_code == 200


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 10**30])
def test_a_step_number_nobody_has_is_not_there(number: int, as_coordinator: Client) -> None:
    for name in ("step-edit", "step-remove"):
        assert as_coordinator.post(reverse(f"cohorts:{name}", args=[number])).status_code == 404
