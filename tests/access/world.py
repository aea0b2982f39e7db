"""One of everything, and one person of every role, so that every address can be opened by everyone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.enums import DocumentStatus
from apps.applications.models import Document
from apps.cohorts.models import PracticeStep, PracticeTask, Trainer
from apps.courses.models import Session, Unit
from apps.notifications.models import Message
from apps.programs.enums import ProgramKind
from apps.records.models import ImportRun
from apps.scholarships.models import Award, Disbursement
from apps.selection.models import Decision, Offer, ReleaseBatch, WaitlistEntry
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory

ROLES = (
    "visitor",
    "applicant",
    "other_applicant",
    "reviewer",
    "trainer",
    "coordinator",
    "foreign_coordinator",
    "trainer_who_coordinates_elsewhere",
    "funder",
    "administrator",
)
DEFINITION = {
    "sections": [
        {
            "key": "about-you",
            "title": {"en": "About you"},
            "questions": [
                {"key": "why", "kind": "text", "label": {"en": "Why?"}},
                {"key": "paper", "kind": "document", "label": {"en": "Paper"}},
            ],
        }
    ]
}


@dataclass
class World:
    """`people` by role (None for the visitor); `things` by a short name; kwargs for any address."""

    people: dict[str, User | None]
    things: dict[str, Any]

    def kwargs(self, **names: str) -> dict[str, Any]:
        return {key: self.value(name) for key, name in names.items()}

    def value(self, name: str) -> Any:
        thing, _dot, attribute = name.partition(".")
        found = self.things[thing]
        return getattr(found, attribute or "public_id") if hasattr(found, "_meta") else found


def build() -> World:
    ours, theirs, fund = OrganisationFactory(), OrganisationFactory(), OrganisationFactory(kind="funds")
    people: dict[str, User | None] = {
        "visitor": None,
        "applicant": UserFactory(),
        "other_applicant": UserFactory(),
    }
    for role in (Role.REVIEWER, Role.TRAINER, Role.COORDINATOR):
        people[role.value] = MembershipFactory(role=role, organisation=ours).user
    people["foreign_coordinator"] = MembershipFactory(role=Role.COORDINATOR, organisation=theirs).user
    both = people["trainer_who_coordinates_elsewhere"] = MembershipFactory(
        role=Role.TRAINER, organisation=ours
    ).user
    MembershipFactory(user=both, role=Role.COORDINATOR, organisation=theirs)
    people["funder"] = MembershipFactory(role=Role.FUNDER, organisation=fund).user
    people["administrator"] = MembershipFactory(
        role=Role.ADMINISTRATOR, organisation=OrganisationFactory()
    ).user
    return World(people=people, things=_things(ours, people))


def _things(ours: Organisation, people: dict[str, User | None]) -> dict[str, Any]:
    coordinator, applicant = people["coordinator"], people["applicant"]
    person = PersonFactory(user=applicant)
    now = datetime.now(UTC)
    things: dict[str, Any] = {"person_user": people["reviewer"], "membership": coordinator.memberships.get()}
    programs = {kind: ProgramFactory(organisation=ours, kind=kind) for kind in ProgramKind.values}
    intakes = {kind: IntakeFactory(program=program) for kind, program in programs.items()}
    intake = intakes[ProgramKind.COURSE]
    version = FormVersionFactory(intake=intake, definition=DEFINITION)
    sent = ApplicationFactory(intake=intake, person=person, form_version=version, status="in_review")
    draft = ApplicationFactory(
        intake=intakes[ProgramKind.COHORT],
        person=person,
        status="draft",
        form_version=FormVersionFactory(intake=intakes[ProgramKind.COHORT], definition=DEFINITION),
    )
    decided = ApplicationFactory(
        intake=intakes[ProgramKind.SCHOLARSHIP],
        person=person,
        status="decided",
        outcome="offer",
        decided_at=now,
    )
    things |= {
        "program": programs[ProgramKind.COURSE],
        "scholarship": programs[ProgramKind.SCHOLARSHIP],
        "cohort": programs[ProgramKind.COHORT],
        "intake": intake,
        "scholarship_intake": intakes[ProgramKind.SCHOLARSHIP],
        "cohort_intake": intakes[ProgramKind.COHORT],
        "application": sent,
        "draft": draft,
        "decided": decided,
        "section": "about-you",
        "question": "why",
        "language": "th",
        "token": "00000000-0000-4000-8000-000000000000",
        "scope": "program",
        "document": _document(sent),
        "draft_document": _document(draft),
        "assignment": ReviewAssignmentFactory(application=sent, reviewer=people["reviewer"]),
        "decision": Decision.objects.create(
            application=decided, outcome="offer", status="released", released_at=now, decided_by=coordinator
        ),
        "offer": Offer.objects.create(
            application=decided,
            intake=decided.intake,
            made_at=now,
            status="delivered",
            delivered_at=now,
            answer_by=now + timedelta(days=5),
        ),
        "batch": ReleaseBatch.objects.create(intake=intake, size=1, prepared_by=coordinator),
        "message": Message.objects.create(
            recipient=applicant,
            channel="email",
            event_key="x",
            template="x",
            intake=intake,
            status="failed",
            body="x",
        ),
        "import_run": ImportRun.objects.create(
            organisation=ours, mapping="open-university", file_name="a.csv", status="checked", sha256="0" * 64
        ),
    }
    WaitlistEntry.objects.create(application=sent, intake=intake, position=1)
    things |= _taking_part(person, programs, intakes, people)
    return things


def _document(application: Any) -> Document:
    stored = default_storage.save("documents/test", ContentFile(b"%PDF-"))
    return Document.objects.create(
        application=application,
        question="paper",
        name="a.pdf",
        content_type="application/pdf",
        size=5,
        sha256="0" * 64,
        stored_as=stored,
        status=DocumentStatus.CLEAN,
    )


def _taking_part(person: Any, programs: dict, intakes: dict, people: dict) -> dict[str, Any]:
    enrolments = {kind: EnrolmentFactory(person=person, intake=intake) for kind, intake in intakes.items()}
    award = Award.objects.create(enrolment=enrolments[ProgramKind.SCHOLARSHIP], amount=100, currency="USD")
    trainer = Trainer.objects.create(
        person=person, program=programs[ProgramKind.COHORT], enrolment=enrolments[ProgramKind.COHORT]
    )
    step = PracticeStep.objects.create(program=programs[ProgramKind.COHORT], number=1)
    return {
        "enrolment": enrolments[ProgramKind.COURSE],
        "scholarship_enrolment": enrolments[ProgramKind.SCHOLARSHIP],
        "cohort_enrolment": enrolments[ProgramKind.COHORT],
        "award": award,
        "payment": Disbursement.objects.create(award=award, number=1, due_on="2027-01-01", amount=100),
        "session": Session.objects.create(
            intake=intakes[ProgramKind.COURSE],
            number=1,
            title={"en": "Welcome"},
            starts_at=datetime.now(UTC),
        ),
        "unit": Unit.objects.create(intake=intakes[ProgramKind.COURSE], code="U1"),
        "trainer": trainer,
        "step": step,
        "task": PracticeTask.objects.create(trainer=trainer, step=step, due_on="2027-01-01"),
    }
