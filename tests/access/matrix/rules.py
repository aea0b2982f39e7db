"""Who may open what. Each rule gives the answer for every role; a row of the matrix names one."""

from tests.access.world import ROLES

OPEN, SIGN_IN, FORBIDDEN, ABSENT = "open", "sign in", "forbidden", "absent"


def rule(*, visitor: str = SIGN_IN, others: str = FORBIDDEN, **answers: str) -> dict[str, str]:
    """A role at one organisation says nothing about another: who trains here and coordinates elsewhere
    is a trainer here, and for the rest a coordinator from elsewhere.
    """
    both = answers.get("trainer", answers.get("foreign_coordinator", others))
    answers = {"trainer_who_coordinates_elsewhere": both, **answers}
    return {role: answers.get(role, visitor if role == "visitor" else others) for role in ROLES}


ANYONE = rule(visitor=OPEN, others=OPEN)
SIGNED_IN = rule(others=OPEN)
#: The applicant's own thing: for everyone else it does not exist.
OWN = rule(others=ABSENT, applicant=OPEN)
#: The same where a browser without an account may have begun it.
OWN_OR_BROWSER = rule(others=ABSENT, applicant=OPEN)
#: The same for what no page shows: a visitor is not asked to sign in either.
OWN_UNSAID = rule(visitor=ABSENT, others=ABSENT, applicant=OPEN)
OWN_OR_ITS_STAFF = rule(others=ABSENT, applicant=OPEN, coordinator=OPEN, trainer=OPEN)
COORDINATORS = rule(coordinator=OPEN, foreign_coordinator=OPEN)
ITS_COORDINATOR = rule(coordinator=OPEN, foreign_coordinator=ABSENT)
ITS_STAFF = rule(coordinator=OPEN, trainer=OPEN, foreign_coordinator=ABSENT)
STAFF_OF_ANY = rule(coordinator=OPEN, trainer=OPEN, foreign_coordinator=OPEN)
REVIEWERS = rule(reviewer=OPEN)
LOGISTICS = rule(logistics=OPEN)
ADMINISTRATORS = rule(administrator=OPEN)
NOBODY = rule(visitor=ABSENT, others=ABSENT)
