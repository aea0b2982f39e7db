"""What may be read by a few alone: words planted where people wrote in confidence, and who may find them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from apps.applications.models import InclusionDeclaration
from apps.core.actors import SYSTEM
from apps.enrolments.models import SupportTask
from apps.enrolments.services import end_support, plan_support
from apps.inclusion.enums import Occasion
from apps.inclusion.services import profiles
from apps.people.models import Person
from apps.people.services import save_needs
from tests.access.world import World
from tests.factories.applications import ReferenceFactory

SUPPORT = ("kanarienvogel-ramp", "kanarienvogel-lift")
GROUP = "kanarienvogel-group"
REFERENCE = "kanarienvogel-reference"
#: Words that stand nowhere else; the form would refuse them, the store does not look.
PROFILE = {
    "gender": "kanarienvogel-gender",
    "residence": "kanarienvogel-residence",
    "VIS_SS": "kanarienvogel-seeing",
    "settlement": "kanarienvogel-settlement",
    "unit": "kanarienvogel-unit",
}


@dataclass(frozen=True)
class Wall:
    """`readers` are the pages on which a role finds one of `canaries`; nobody finds any elsewhere."""

    plant: Callable[[World], None]
    canaries: tuple[str, ...]
    readers: dict[str, list[str]] = field(default_factory=dict)


def plant_support(world: World) -> None:
    """What someone needs, and how the attempt to arrange it went."""
    enrolment = world.things["enrolment"]
    save_needs(person=enrolment.person, needs={"other": SUPPORT[0]}, language="en", actor=SYSTEM)
    plan_support(enrolment=enrolment, actor=SYSTEM)
    task = world.things["support_task"] = SupportTask.objects.get()
    end_support(task=task, status="partly", reason=SUPPORT[1], actor=SYSTEM)


def plant_declarations(world: World) -> None:
    """In the declaration of drafts and of an application that people read."""
    InclusionDeclaration.objects.all().delete()
    for name in ("draft", "application", "helped"):
        InclusionDeclaration.objects.create(
            application=world.things[name], groups=[GROUP], wording="x", declared_at=datetime.now(UTC)
        )


def plant_references(world: World) -> None:
    now = datetime.now(UTC)
    for name in ("draft", "application", "decided"):
        values = {"application": world.things[name], "answers": {"how-long": REFERENCE, "recommend": "yes"}}
        ReferenceFactory(**values, status="given", given_at=now)
        ReferenceFactory(**values, status="opened")
        ReferenceFactory(
            application=world.things[name], status="declined", declined_at=now, decline_reason=REFERENCE
        )


def plant_profiles(world: World) -> None:
    """What the applicant tells about themselves, each time they are asked."""
    person = Person.objects.get(user=world.people["applicant"])
    for occasion in Occasion:
        profiles.store_profile(person=person, answers=PROFILE, language="en", occasion=occasion, actor=SYSTEM)


WALLS = {
    # The desk shows what is needed, the answer, or both.
    "support": Wall(
        plant_support,
        SUPPORT,
        {
            "logistics": ["enrolments:support-end", "enrolments:support-list"],
            "applicant": ["applications:support", "enrolments:my-support"],
        },
    ),
    # The page of the declaration itself shows boxes, and a canary has none.
    "declarations": Wall(
        plant_declarations,
        (GROUP,),
        {"applicant": ["applications:check"], "coordinator": ["portal:staff-application"]},
    ),
    # Promised to no applicant and no reviewer: coordinators who run the program read them.
    "references": Wall(plant_references, (REFERENCE,), {"coordinator": ["portal:staff-application"]}),
    "profiles": Wall(plant_profiles, tuple(PROFILE.values())),
}
