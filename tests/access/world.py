"""One of everything, and one person of every role, so that every address can be opened by everyone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.enums import DocumentStatus
from apps.applications.events import ApplicationFoundIneligible
from apps.applications.models import (
    AskedConsent,
    Document,
    GuardianConfirmation,
    InclusionDeclaration,
    Upload,
)
from apps.applications.services.guardians import hash_of
from apps.cohorts.models import PracticeStep, PracticeTask, Trainer
from apps.core.actors import SYSTEM, user_actor
from apps.courses.models import Session, Unit
from apps.enrolments.services import plan_support
from apps.events.services import publish
from apps.inclusion.models import FairnessFigure, FairnessReport, Release, ReleasedFigure
from apps.inclusion.services import share_view
from apps.notifications.models import Message
from apps.people.enums import ConsentPurpose
from apps.people.services import save_needs
from apps.programs.enums import ProgramKind
from apps.programs.models import Enquiry
from apps.programs.views.eligibility import SharedResult
from apps.records.models import ImportRun
from apps.reviews.models import CalibrationPaper, KnownTie, Review
from apps.scholarships.models import Award, Disbursement
from apps.selection.models import (
    Decision,
    FrozenChoice,
    HumanLook,
    Offer,
    OfferCondition,
    Override,
    ReleaseBatch,
    RuleProposal,
    Scenario,
    WaitlistEntry,
)
from apps.selection.rules.outcomes import as_result, work_out
from apps.selection.rules.records import assemble, choice_as_data
from apps.selection.rules.terms import Terms
from apps.selection.services import lock_rule
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    AssistanceFactory,
    ConfirmationFactory,
    FormVersionFactory,
    InformationRequestFactory,
    ReferenceFactory,
    SectionAnswersFactory,
)
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import (
    FundingFactory,
    InclusionTargetFactory,
    IntakeFactory,
    ProgramFactory,
)
from tests.factories.reviews import (
    CriterionFactory,
    IntakeReviewerFactory,
    ReviewAssignmentFactory,
    RubricFactory,
)

ROLES = (
    "visitor",
    "applicant",
    "other_applicant",
    "reviewer",
    "trainer",
    "coordinator",
    "foreign_coordinator",
    "trainer_who_coordinates_elsewhere",
    "logistics",
    "funder",
    "helper",
    "foreign_helper",
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
#: The draft has a question of every kind that files answer.
DRAFT_DEFINITION = {
    "sections": [
        *DEFINITION["sections"],
        {
            "key": "photos",
            "title": {"en": "Photos"},
            "questions": [
                {"key": "photos", "kind": "photos", "label": {"en": "Certificate"}},
            ],
        },
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
    for role in (Role.REVIEWER, Role.TRAINER, Role.COORDINATOR, Role.LOGISTICS):
        people[role.value] = MembershipFactory(role=role, organisation=ours).user
    people["foreign_coordinator"] = MembershipFactory(role=Role.COORDINATOR, organisation=theirs).user
    both = people["trainer_who_coordinates_elsewhere"] = MembershipFactory(
        role=Role.TRAINER, organisation=ours
    ).user
    MembershipFactory(user=both, role=Role.COORDINATOR, organisation=theirs)
    people["funder"] = MembershipFactory(role=Role.FUNDER, organisation=fund).user
    people["helper"] = MembershipFactory(
        role=Role.HELPER, organisation=OrganisationFactory(kind="helps")
    ).user
    people["foreign_helper"] = MembershipFactory(
        role=Role.HELPER, organisation=OrganisationFactory(kind="helps")
    ).user
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
        form_version=FormVersionFactory(intake=intakes[ProgramKind.COHORT], definition=DRAFT_DEFINITION),
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
        "enquiry": Enquiry.objects.create(intake=intake, email="a@example.org", question="May I?"),
        "result": SharedResult(date(2026, 11, 26), [], [], []).write(intake),
        "question": "why",
        "language": "th",
        "workbook": "00000000-0000-4000-8000-000000000000",
        "scope": "program",
        "marker": "gender",
        "document": _document(sent),
        "draft_document": _document(draft),
        "reference": ReferenceFactory(application=draft),
        "sent_reference": ReferenceFactory(application=sent),
        "token": "0" * 32 + ".nobody",
        "mapping": "participants",
        "upload": Upload.objects.create(
            application=draft, question="paper", name="a.pdf", length=5, stored_as="quarantine/a"
        ),
        "photos": "photos",
        **_read(sent, people["reviewer"]),
        "reader": IntakeReviewerFactory(intake=intake, reviewer=people["reviewer"]),
        "paper": CalibrationPaper.objects.create(intake=intake, application=sent),
        "tie": KnownTie.objects.create(reviewer=people["reviewer"], kind="email", value="canary.example"),
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
    things["condition"] = OfferCondition.objects.create(offer=things["offer"], text="Show your diploma.")
    things |= _told(people["funder"], now)
    _fairness(intake, now)
    things["look"] = HumanLook.objects.create(
        application=decided,
        decision=things["decision"],
        words="Look again",
        asked_at=now,
        due_at=now + timedelta(days=14),
    )
    things["refused"] = _refused(person, programs[ProgramKind.COURSE])
    things |= _chosen(intake, sent, coordinator)
    WaitlistEntry.objects.create(application=sent, intake=intake, position=1)
    things |= _helped(programs[ProgramKind.COURSE], version, people)
    things |= _asked(programs[ProgramKind.COURSE], person, coordinator)
    things |= _taking_part(person, programs, intakes, people)
    things |= _choosing(programs, decided, draft, coordinator)
    things |= _allowing(draft, things["enrolment"], people)
    return things


def _refused(person: Any, program: Any) -> Any:
    """Somebody whom a rule found not eligible, and who can ask for a human look."""
    refused = ApplicationFactory(intake=IntakeFactory(program=program), person=person, status="ineligible")
    with transaction.atomic():
        publish(ApplicationFoundIneligible(application_id=refused.pk, unmet=[]), actor=SYSTEM)
    return refused


def _read(application: Any, reviewer: Any) -> dict[str, Any]:
    """Something to read by a rubric of one criterion, and a calibration reading that is submitted."""
    criterion = CriterionFactory(rubric=RubricFactory(intake=application.intake))
    compared = ReviewAssignmentFactory(
        application=application,
        reviewer=reviewer,
        purpose="calibration",
        status="submitted",
        submitted_at=datetime.now(UTC),
    )
    Review.objects.create(assignment=compared)
    return {
        "assignment": ReviewAssignmentFactory(application=application, reviewer=reviewer),
        "compared": compared,
        "criterion": criterion.pk,
    }


def _told(funder: User | None, now: datetime) -> dict[str, Any]:
    """A release with a figure of the scope whose address the matrix opens, and a funder's link to it."""
    release = Release.objects.create(
        number=1,
        cadence="quarter",
        released_at=now,
        as_of=date(2026, 9, 30),
        threshold=10,
        small_threshold=5,
        rounding=5,
        rules_version="x",
        fingerprint="0" * 64,
        is_built=True,
    )
    ReleasedFigure.objects.create(
        release=release, scope="program", scope_key="about-you", stage="enrolled", value=120
    )
    made = share_view(
        release=release, scope="program", scope_key="about-you", days=30, actor=user_actor(funder)
    )
    return {"release": release, "shared": made.row, "shared_address": made.address}


def _chosen(intake: Any, sent: Any, coordinator: User | None) -> dict[str, Any]:
    """A question to the workbench that has been answered, a frozen choice, and somebody put in by hand."""
    terms = Terms(seats=1, floor=0, method="merit")
    worked = work_out((), terms, mode="off", waitlist_size=0)
    record = assemble((), terms, choice_as_data(worked.choice), way=worked.way)
    return {
        "scenario": Scenario.objects.create(
            intake=intake,
            name="What if",
            settings={"seats": 1},
            status="solved",
            result=as_result((), terms, worked),
            solved_at=datetime.now(UTC),
        ),
        "frozen": FrozenChoice.objects.create(
            intake=intake, number=1, record=record, digest=record["digest"], signature="x"
        ),
        "override": Override.objects.create(
            intake=intake, application=sent, wanted="in", reason="Promised", made_by=coordinator
        ),
    }


def _fairness(intake: Any, now: datetime) -> None:
    """A report with an exact table, and a range beside it."""
    report = FairnessReport.objects.create(
        intake=intake,
        number=1,
        made_at=now,
        threshold=10,
        rules_version="x",
        fingerprint="0" * 64,
        is_complete=False,
    )
    for stage, base, group, pool, low, high in [
        ("applied", "applied", "woman", 60, 60, 60),
        ("applied", "applied", "man+another+missing+not_said", 120, 120, 120),
        ("offered", "applied", "woman", 60, 0, 9),
        ("offered", "applied", "man+another+missing+not_said", 120, 47, 56),
    ]:
        values = {"stage": stage, "base": base, "group": group, "pool": pool, "low": low, "high": high}
        FairnessFigure.objects.create(
            report=report,
            dimension="gender",
            chosen=56 if stage == "offered" else 180,
            counted_at=now,
            **values,
        )


def _helped(program: Any, version: Any, people: dict[str, User | None]) -> dict[str, Any]:
    """A draft that a helper types for someone who told them the applicant's address."""
    helped = ApplicationFactory(
        intake=IntakeFactory(program=program),
        person=PersonFactory(user=None, full_name="Sok Dara"),
        status="draft",
        form_version=version,
        is_assisted=True,
    )
    SectionAnswersFactory(application=helped, section="about-you", answers={"why": "To teach."})
    AssistanceFactory(
        application=helped,
        organisation=people["helper"].memberships.get().organisation,
        helper=people["helper"],
        email=people["applicant"].email,
    )
    confirmation = ConfirmationFactory(
        application=helped,
        recorded_by=people["helper"],
        stored_as=default_storage.save("documents/signed", ContentFile(b"%PDF-")),
    )
    return {"helped": helped, "confirmation": confirmation}


def _asked(program: Any, person: Any, coordinator: Any) -> dict[str, Any]:
    intake = IntakeFactory(program=program)
    asked = ApplicationFactory(
        intake=intake,
        person=person,
        status="more_information",
        form_version=FormVersionFactory(intake=intake, definition=DEFINITION),
    )
    request = InformationRequestFactory(application=asked, asked_by=coordinator, sections=["about-you"])
    return {"asked": asked, "request": request}


def _choosing(programs: dict, decided: Any, draft: Any, coordinator: User) -> dict[str, Any]:
    """Money that reserves seats, a declaration for them, and a fixed rule that somebody wants changed."""
    funding = FundingFactory(
        program=programs[ProgramKind.COHORT], inclusion_mode="reserve", legal_basis="Law 7"
    )
    InclusionTargetFactory(intake=draft.intake, group="rural")
    InclusionDeclaration.objects.create(
        application=draft, groups=["rural"], wording="x", declared_at=datetime.now(UTC)
    )
    rule = lock_rule(intake=decided.intake, actor=SYSTEM)
    proposal = RuleProposal.objects.create(
        rule=rule,
        values={**rule.versions.get().data, "seats": 3},
        reason="Money for three",
        proposed_by=coordinator,
    )
    return {"funding": funding, "proposal": proposal}


def _allowing(draft: Any, enrolment: Any, people: dict) -> dict[str, Any]:
    """A guardian asked by link and one on paper, permissions to ask, and support to arrange."""
    AskedConsent.objects.create(intake=draft.intake, purpose=ConsentPurpose.CONTACT)
    young = ApplicationFactory(
        intake=draft.intake, person=PersonFactory(user=people["other_applicant"]), status="draft"
    )
    values = {"name": "Mali", "relation": "mother"}
    GuardianConfirmation.objects.create(
        application=draft,
        way="link",
        email="mali@example.org",
        token_hash=hash_of("a-token"),
        link_ends_at=datetime.now(UTC) + timedelta(days=1),
        **values,
    )
    paper = GuardianConfirmation.objects.create(application=young, way="paper", **values)
    save_needs(person=enrolment.person, needs={"captions": ""}, language="en", actor=SYSTEM)
    plan_support(enrolment=enrolment, actor=SYSTEM)
    return {
        "guardian_token": "a-token",
        "guardian_paper": paper,
        "purpose": "contact",
        "support_task": enrolment.support_tasks.get(),
    }


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
