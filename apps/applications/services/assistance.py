"""Helping someone with their application, and giving it into their own hands."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.applications.enums import ApplicationStatus, AssistanceStatus, NoticeRoute
from apps.applications.events import (
    ApplicationTakenOver,
    AssistanceEnded,
    AssistanceStarted,
    DraftStarted,
    NoticeRouteChanged,
)
from apps.applications.models import Application, Assistance
from apps.applications.selectors import helper_organisations
from apps.applications.services.drafts import active_application
from apps.applications.services.form_versions import form_version_of
from apps.applications.services.opening import require_open_to
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.core.references import new_reference
from apps.events.services import publish
from apps.people.models import Person
from apps.people.services import person_for
from apps.programs.models import Intake
from apps.programs.selectors import takes_applications

OVER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED)


@transaction.atomic
def start_for_someone(
    *,
    intake: Intake,
    organisation: Organisation,
    full_name: str,
    email: str,
    phone: str,
    route: str,
    language: str,
    time_zone: str,
    start_key: UUID,
    actor: Actor,
) -> Application:
    """Begin an application for a person without an account. The same key twice is one application.

    An account with this address is not touched: its owner takes over, or does not.
    """
    if found := Assistance.objects.filter(start_key=start_key, organisation=organisation).first():
        return found.application
    if not takes_applications(intake):
        raise Conflict(_("This program takes no applications now."))
    address = User.objects.normalise(email)
    _must_be_the_applicants(address, organisation)
    _must_reach(route, address)
    values = {
        "intake": intake,
        "form_version": form_version_of(intake=intake, actor=actor),
        "language": language,
        "time_zone": time_zone,
        "notice_route": route,
    }
    told = {"helper_id": actor.person_id, "email": address, "phone": phone, "start_key": start_key}
    try:
        with transaction.atomic():
            assistance = _begun(values, full_name, organisation, told)
    except IntegrityError:  # the other of two clicks was first
        return Assistance.objects.get(start_key=start_key, organisation=organisation).application
    publish(DraftStarted(application_id=assistance.application_id), actor=actor)
    _say_started(assistance, actor)
    return assistance.application


def _begun(
    values: dict[str, Any], full_name: str, organisation: Organisation, told: dict[str, Any]
) -> Assistance:
    application = Application.objects.create(
        reference=new_reference("AP"),
        person=Person.objects.create(full_name=full_name, phone=told["phone"]),
        is_assisted=True,
        **values,
    )
    return Assistance.objects.create(application=application, organisation=organisation, **told)


@transaction.atomic
def invite_helper(
    *, application: Application, organisation: Organisation, route: str, actor: Actor
) -> Assistance:
    """The applicant lets an organisation help, or help again. The same one twice is one."""
    own = _locked(application)
    if own.status in OVER:
        raise Conflict(_("This application is no longer open."))
    if not helper_organisations().filter(pk=organisation.pk).exists():
        raise Invalid(fields={"organisation": [_("This organisation helps nobody now.")]})
    active = own.assistances.active().first()
    if active is not None and active.organisation_id == organisation.pk:
        return active
    if active is not None:
        raise Conflict(_("Another organisation helps you already. End that first."))
    assistance = Assistance.objects.create(application=own, organisation=organisation)
    Application.objects.filter(pk=own.pk).update(is_assisted=True, notice_route=route)
    _say_started(assistance, actor)
    return assistance


@transaction.atomic
def choose_route(*, application: Application, route: str, actor: Actor) -> None:
    """Who hears about this application. What the applicant had confirmed has to be confirmed again."""
    own = _locked(application)
    require_open_to(own, actor)
    assistance = own.assistances.active().first()
    if assistance is None:
        raise Conflict(_("Nobody helps with this application."))
    if actor.on_behalf_of is not None and own.status != ApplicationStatus.DRAFT:
        raise NotAllowed(_("After sending only the applicant changes who hears about it."))
    if own.person is None or own.person.user_id is None:
        _must_reach(route, assistance.email)
    if own.notice_route != route:
        Application.objects.filter(pk=own.pk).update(notice_route=route)
        publish(NoticeRouteChanged(application_id=own.pk, route=route), actor=actor)


@transaction.atomic
def take_over(*, application: Application, user: User, actor: Actor) -> Application:
    """The applicant takes the application into their own hands; the helper's access ends with it.

    Someone without an account until now is known by having signed in with the address they had told.
    Raises NotAllowed for anyone else, Conflict when they applied to the same intake by themselves.
    Twice is once.
    """
    own = _locked(application)
    if own.person is None:
        raise NotAllowed
    if own.person.user_id is None:
        if not own.assistances.exclude(email="").filter(email=user.email).exists():
            raise NotAllowed
        _give_to(own, user, actor)
    elif own.person.user_id != user.pk:
        raise NotAllowed
    active = own.assistances.active().first()
    if active is not None:
        _end(active, AssistanceStatus.HANDED_OVER, actor)
    return own


@transaction.atomic
def end_assistance(*, application: Application, actor: Actor) -> None:
    """Either side ends it. A helper cannot leave someone alone who has no other way in. Twice is once."""
    own = _locked(application)
    active = own.assistances.active().first()
    if active is None:
        return
    require_open_to(own, actor)
    unreachable = (own.person is None or own.person.user_id is None) and not active.email
    if actor.on_behalf_of is not None and unreachable and own.status not in OVER:
        raise Conflict(_("This person has no other way to their application. Go on helping."))
    _end(active, AssistanceStatus.ENDED, actor)


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "intake")
    return rows.get(pk=application.pk)


def _end(assistance: Assistance, after: str, actor: Actor) -> None:
    change(assistance, to=after, ended_at=Now())
    Application.objects.filter(pk=assistance.application_id).update(notice_route=NoticeRoute.APPLICANT)
    publish(
        AssistanceEnded(
            application_id=assistance.application_id,
            assistance_id=assistance.pk,
            organisation_id=assistance.organisation_id,
            after=after,
        ),
        actor=actor,
    )


def _say_started(assistance: Assistance, actor: Actor) -> None:
    publish(
        AssistanceStarted(
            application_id=assistance.application_id,
            assistance_id=assistance.pk,
            organisation_id=assistance.organisation_id,
        ),
        actor=actor,
    )


def _give_to(application: Application, user: User, actor: Actor) -> None:
    """From the nameless row to the person of the account. The row goes when nothing else holds it."""
    known = Person.objects.filter(user=user).first()
    before = application.person
    if known is None and before is not None:
        Person.objects.filter(pk=before.pk, user=None).update(user=user)
        application.person = Person.objects.get(pk=before.pk)
        return
    person = known or person_for(user=user, actor=actor)
    if active_application(intake=application.intake, person=person):
        raise Conflict(_("You have an application of your own to this program. Withdraw one of them first."))
    Application.objects.filter(pk=application.pk).update(person=person)
    application.person = person
    if before is not None:
        taken = ApplicationTakenOver(application_id=application.pk, before_person_id=before.pk)
        publish(taken, actor=actor)
        _forget(before)


def _forget(person: Person) -> None:
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return


def _must_be_the_applicants(address: str, organisation: Organisation) -> None:
    """A code to one's own mailbox would confirm nothing."""
    colleagues = Membership.objects.filter(organisation=organisation, user__email=address)
    if address and colleagues.filter(role=Role.HELPER).exists():
        words = _("This is an address of your organisation. Enter the person's own, or leave it empty.")
        raise Invalid(fields={"email": [words]})


def _must_reach(route: str, address: str) -> None:
    if not address and route != NoticeRoute.HELPER:
        words = _("Without an e-mail address our messages can only go to you, the helper.")
        raise Invalid(fields={"route": [words]})
