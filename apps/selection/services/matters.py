"""What a human look is about, locked: whose it is, who settled it, and how it is put right."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.applications.models import Application
from apps.applications.services import reverse_eligibility
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.selection.enums import DecisionStatus
from apps.selection.models import Decision, HumanLook
from apps.selection.selectors.findings import is_reversed
from apps.selection.services.deciding import correct_decision


@dataclass(frozen=True, slots=True)
class Matter(ABC):
    """`settled_by_id` is None where rules decided; `is_changed` says that it was put right meanwhile."""

    applicant_id: int | None
    settled_by_id: int | None
    is_changed: bool

    @abstractmethod
    def correct(self, *, outcome: str, reason: str, actor: Actor) -> None: ...


@dataclass(frozen=True, slots=True)
class DecisionMatter(Matter):
    decision: Decision

    def correct(self, *, outcome: str, reason: str, actor: Actor) -> None:
        """Held until a batch releases it."""
        if not outcome:
            raise Invalid(fields={"outcome": [_("Choose the right decision.")]})
        correct_decision(decision=self.decision, outcome=outcome, reason=reason, actor=actor)


@dataclass(frozen=True, slots=True)
class FindingMatter(Matter):
    application: Application

    def correct(self, *, outcome: str, reason: str, actor: Actor) -> None:
        """At once: the application goes on, and its letter leaves."""
        if outcome:
            words = _("This application is not decided yet: it only goes on. Choose no decision.")
            raise Invalid(fields={"outcome": [words]})
        reverse_eligibility(application=self.application, reason=reason, actor=actor)


def lock_matter(look: HumanLook) -> Matter:
    """Before the look itself is locked, which is the order of everybody who asks, takes back or answers."""
    if look.decision_id is not None:
        decision = lock_decision(look.decision_id)
        is_changed = decision.status == DecisionStatus.CORRECTED
        return DecisionMatter(
            applicant_of(decision.application), decision.decided_by_id, is_changed, decision
        )
    application = lock_application(look.application_id)
    return FindingMatter(applicant_of(application), look.settled_by_id, is_reversed(look), application)


def lock_decision(pk: int) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("application__person")
    return rows.get(pk=pk)


def lock_application(pk: int) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)


def applicant_of(application: Application) -> int | None:
    return application.person.user_id if application.person else None
