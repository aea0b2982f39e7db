"""One of everything at one organisation, for the access matrix."""

from dataclasses import dataclass, field
from typing import Any

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.cohorts.services import add_step, begin_training
from apps.core.actors import SYSTEM
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.scholarships.services import draft_award
from apps.selection.models import Offer
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.courses import SessionFactory, UnitFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.scholarships import ScholarshipTermsFactory
from tests.factories.selection import OfferFactory


@dataclass
class World:
    """`owner` takes part in one intake of each kind and has one open offer."""

    home: Organisation = field(default_factory=OrganisationFactory)
    owner: User = field(default_factory=UserFactory)

    def __post_init__(self) -> None:
        self.person = PersonFactory(user=self.owner)
        self.offer: Offer = OfferFactory(
            application__person=self.person, application__intake=self._intake(ProgramKind.COURSE)
        )
        self._course()
        self._scholarship()
        self._cohort()

    def _intake(self, kind: ProgramKind) -> Intake:
        return IntakeFactory(program=ProgramFactory(organisation=self.home, kind=kind))

    def _enrolled(self, intake: Intake) -> Any:
        return EnrolmentFactory(intake=intake, person=self.person)

    def _course(self) -> None:
        self.course_intake = self._intake(ProgramKind.COURSE)
        self.course_program = self.course_intake.program
        self.course_enrolment = self._enrolled(self.course_intake)
        self.session = SessionFactory(intake=self.course_intake)
        self.unit = UnitFactory(intake=self.course_intake)

    def _scholarship(self) -> None:
        self.scholarship_intake = self._intake(ProgramKind.SCHOLARSHIP)
        self.scholarship_program = self.scholarship_intake.program
        ScholarshipTermsFactory(program=self.scholarship_program)
        self.scholarship_enrolment = self._enrolled(self.scholarship_intake)
        award = draft_award(
            enrolment=self.scholarship_enrolment,
            first_on=self.scholarship_intake.opens_at.date(),
            actor=SYSTEM,
        )
        assert award is not None
        self.award = award
        self.payment = award.disbursements.get(number=1)

    def _cohort(self) -> None:
        self.cohort_intake = self._intake(ProgramKind.COHORT)
        self.cohort_program = self.cohort_intake.program
        self.step = add_step(
            program=self.cohort_program, title={"en": "Teach"}, instructions={}, actor=SYSTEM
        )
        self.cohort_enrolment = self._enrolled(self.cohort_intake)
        self.trainer = begin_training(enrolment=self.cohort_enrolment, actor=SYSTEM)
        self.task = self.trainer.practice.get()

    def people(self) -> dict[str, User]:
        """Somebody of each role at home, each role elsewhere, the owner, and a stranger."""
        elsewhere = OrganisationFactory()
        found = {"owner": self.owner, "stranger": UserFactory()}
        for role in Role:
            found[role.value] = MembershipFactory(role=role, organisation=self.home).user
            found[f"foreign {role.value}"] = MembershipFactory(role=role, organisation=elsewhere).user
        return found
