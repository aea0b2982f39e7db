"""What `make demo` shows: made with the same services people use, so that nothing on it is painted on."""

import uuid

from django.db import transaction

from apps.accounts.models import Organisation, User
from apps.accounts.services.roles import give_role
from apps.applications.services import (
    start_for_someone,
)
from apps.core.actors import SYSTEM, user_actor
from apps.inclusion.services import set_up_iati_organisation
from apps.portal.services.demo_content import (
    APPLICANT,
    FUND,
    HOUSE,
    PASSWORD,
    PLATFORM,
    PROGRAMS,
    SCHOOL,
    STAFF,
)
from apps.portal.services.demo_intakes import EXTRAS, ZONE, close_intake, move_on, open_intake
from apps.portal.services.demo_people import (
    applicant_takes_part,
    people_apply,
    people_are_chosen,
    people_read,
    sample_person,
)
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake, Program
from apps.programs.services.funding import add_funder, set_inclusion_mode
from apps.selection.services import ask_scenario

READERS = {name for role, _email, name in STAFF if role == "reviewer"}


#: Who types for someone in the demo, and for which program.
HELPER, HELPED_KIND = "helper@demo.example", ProgramKind.COURSE
#: Who allows seats to be reserved in the demo, for which program, and by which (invented) rule.
CHIEF, RESERVED_KIND = "admin@demo.example", ProgramKind.COURSE
SAMPLE_BASIS = "Sample: rule 7 of the demo fund lets seats be reserved."
#: Invented identifiers of IATI: "XM-EXAMPLE" is nobody's.
SAMPLE_HOUSE = {"ref": "XM-EXAMPLE-HOUSE", "type": "30"}
SAMPLE_FUND = {"ref": "XM-EXAMPLE-FUND", "type": "60"}


def is_loaded() -> bool:
    return Organisation.objects.filter(name=HOUSE).exists()


@transaction.atomic
def load_demo() -> None:
    """Organisations, staff, three programs with open intakes, and one intake in the middle of its way."""
    house = Organisation.objects.create(name=HOUSE, kind="runs_programs")
    fund = Organisation.objects.create(name=FUND, kind="funds")
    platform = Organisation.objects.create(name=PLATFORM, kind="platform")
    school = Organisation.objects.create(name=SCHOOL, kind="helps")
    for organisation, codes in ((house, SAMPLE_HOUSE), (fund, SAMPLE_FUND)):
        set_up_iati_organisation(organisation=organisation, codes=codes, actor=SYSTEM)
    homes = {"funder": fund, "administrator": platform, "helper": school}
    staff = [_member(role, email, name, homes.get(role, house)) for role, email, name in STAFF]
    applicant = sample_person(*APPLICANT)
    first, second = user_actor(staff[0]), user_actor(staff[1])
    for content in PROGRAMS:
        program = Program.objects.create(organisation=house, **content)
        funding = add_funder(program=program, funder=fund, actor=first)
        if program.kind == RESERVED_KIND:
            chief = next(user_actor(user) for user in staff if user.email == CHIEF)
            set_inclusion_mode(
                funding=funding, inclusion_mode="reserve", legal_basis=SAMPLE_BASIS, actor=chief
            )
        extras = EXTRAS[program.kind]
        extras.terms(program, first)
        opened = open_intake(program, "Intake 2027", first)
        if program.kind == HELPED_KIND:
            _school_helps(opened, school, next(user for user in staff if user.email == HELPER))
        running = open_intake(program, "Intake 2026", first)
        people_apply(running, applicant)
        readers = [user for user in staff if user.full_name in READERS]
        people_read(running, readers, first, skip_every=extras.unread_every)
        close_intake(running, first)
        if program.kind == RESERVED_KIND:
            ask_scenario(intake=running, name="The rule in force", settings={}, actor=first)
        if extras.is_decided:
            people_are_chosen(running, first, second)
            move_on(running, first, "deciding", "released")
            applicant_takes_part(running, applicant)


def _school_helps(intake: Intake, school: Organisation, helper: User) -> None:
    """One draft, begun for someone who reads the demo mailbox."""
    start_for_someone(
        intake=intake,
        organisation=school,
        full_name="Sok Dara",
        email="sok@demo.example",
        phone="",
        route="applicant",
        language="en",
        time_zone=ZONE.key,
        start_key=uuid.uuid4(),
        actor=user_actor(helper),
    )


def _member(role: str, email: str, name: str, organisation: Organisation) -> User:
    user = sample_person(email, name)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    give_role(user=user, organisation=organisation, role=role, actor=SYSTEM)
    return user


def sign_ins() -> list[tuple[str, str]]:
    """One sample sign-in for each role, for the terminal and for README."""
    shown: dict[str, str] = {}
    for role, email, _name in STAFF:
        shown.setdefault(role, email)
    return [("applicant", f"{APPLICANT[0]} (a code comes to the demo mailbox)")] + [
        (role, f"{email}, password {PASSWORD}") for role, email in shown.items()
    ]
