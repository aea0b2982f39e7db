"""Telling who is behind an application: the applicant, and who helps them, by the route they chose."""

from collections.abc import Mapping
from typing import Any

from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.selectors import hearers
from apps.core.zones import zone_of_user, zone_or
from apps.events.registry import Heard
from apps.notifications.services.writing import tell, tell_address
from apps.programs.models import Intake


def place(user: User, intake: Intake, *others: str) -> dict[str, Any]:
    """The intake, and the zone its moments are told in: the reader's own, else the intake's."""
    return {"intake": intake, "zone": zone_of_user(user, *others, fallback=intake.time_zone)}


def application_told_of(pk: int) -> Application:
    rows = Application.objects.select_related("person__user", "intake__program__organisation", "form_version")
    return rows.get(pk=pk)


def tell_applicant(
    application_id: int,
    template: str,
    heard: Heard,
    *,
    facts: Mapping[str, int] | None = None,
    key: str = "",
    batch_id: int | None = None,
    **context: Any,
) -> None:
    """One message to each who hears of this application. Imported people have no account and no mail.

    `batch_id` is the release that tells it: its notices can be paused together.
    """
    application = application_told_of(application_id)
    if application.source:
        return
    told = hearers(application)
    event_key = key or f"{template}:{application_id}:{heard.event_id}"
    facts = {"application": application_id, **(facts or {})}
    context = {"application": application, **context}
    if told.user is not None:
        _tell_user(told.user, application, template, event_key, context, facts, batch_id)
    elif told.address:
        tell_newcomer(
            application, told.address, template, event_key, context=context, facts=facts, batch_id=batch_id
        )
    for helper in told.helpers:
        about = {**facts, "assistance": told.assistance.pk if told.assistance else 0}
        _tell_user(helper, application, template, event_key, context, about, batch_id, "for-helper")


def _tell_user(
    user: User,
    application: Application,
    template: str,
    event_key: str,
    context: Mapping[str, Any],
    facts: Mapping[str, int],
    batch_id: int | None,
    preface: str = "",
) -> None:
    tell(
        recipient=user,
        template=template,
        event_key=event_key,
        context={**context, **place(user, application.intake, application.time_zone)},
        facts=facts,
        intake_id=application.intake_id,
        application_id=application.pk,
        batch_id=batch_id,
        preface=preface,
    )


def tell_newcomer(
    application: Application,
    address: str,
    template: str,
    event_key: str,
    *,
    context: Mapping[str, Any],
    facts: Mapping[str, int],
    batch_id: int | None = None,
    preface: str = "for-newcomer",
) -> None:
    """To an applicant without an account, in the language and the zone the application began in."""
    zone = zone_or(application.time_zone, application.intake.time_zone)
    tell_address(
        address=address,
        language=application.language,
        template=template,
        event_key=event_key,
        context={**context, "application": application, "intake": application.intake, "zone": zone},
        facts=facts,
        intake_id=application.intake_id,
        application_id=application.pk,
        batch_id=batch_id,
        preface=preface,
    )
