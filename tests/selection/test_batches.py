"""What a release is going to do, seen before; its letters; corrections that say what they replace."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.enums import Outcome
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.notifications.models import BatchPause, Message
from apps.notifications.services.letters import preview
from apps.programs.models import Intake
from apps.selection.models import Decision, Offer, ReleaseBatch
from apps.selection.selectors import seats_after
from apps.selection.services import (
    correct_decision,
    fill_free_seats,
    hold_decisions,
    prepare_batch,
    release_batch,
)
from apps.selection.views.batches import ROWS
from tests.factories.selection import DecisionFactory, ReleaseBatchFactory
from tests.selection.seating import hear_everything

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]


def prepared(intake: Intake, actor: Actor, **outcomes: list[Application]) -> ReleaseBatch:
    wanted = {each.pk: outcome for outcome, group in outcomes.items() for each in group}
    hold_decisions(intake=intake, outcomes=wanted, reason="As the panel agreed", actor=actor)
    return prepare_batch(intake=intake, actor=actor)


def page_of(batch: ReleaseBatch) -> str:
    return reverse("selection:batch-detail", args=[batch.public_id])


def mails(template: str) -> list[Message]:
    hear_everything()
    return list(Message.objects.filter(template=template, channel="email").order_by("pk"))


def test_the_preview_counts_seats_and_a_correction_gives_its_seat_to_the_same_release(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    one, other, waits = reviewed(90, 80, 70)
    batch = prepared(intake, actor, offer=[one], waitlist=[waits], not_selected=[other])
    before = seats_after(batch)
    page = as_coordinator.get(page_of(batch)).content.decode()
    release_batch(batch=batch, actor=actor)
    for application, outcome in ((one, Outcome.NOT_SELECTED), (other, Outcome.OFFER)):
        decision = Decision.objects.get(application=application)
        correct_decision(decision=decision, outcome=outcome, reason="Marks swapped", actor=actor)
    intake.refresh_from_db()
    again = seats_after(prepare_batch(intake=intake, actor=actor))

    assert (before.free_now, before.offered, before.free_after, before.short) == (2, 1, 1, 0)
    assert "Free now: 2. New offers: 1. Free after the release: 1." in page
    assert (again.free_now, again.offered, again.given_back, again.free_after) == (1, 1, 1, 1)


def test_a_batch_with_too_many_offers_says_so_before_it_is_refused(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    batch = prepared(intake, actor, offer=reviewed(90, 80, 70))

    page = as_coordinator.get(page_of(batch)).content.decode()

    assert "There is 1 offer without a seat: this batch cannot be released." in page
    assert as_coordinator.post(page_of(batch)).status_code == 409


def test_a_large_batch_is_shown_a_page_at_a_time_and_nobody_is_left_out(
    intake: Intake, actor: Actor, as_coordinator: Client
) -> None:
    batch = ReleaseBatchFactory(intake=intake, size=ROWS + 2)
    rows = [DecisionFactory(application__intake=intake, batch=batch, rank=n) for n in range(1, ROWS + 2)]
    last = DecisionFactory(application__intake=intake, batch=batch, rank=None)

    first = as_coordinator.get(page_of(batch))
    cursor = first.context["page"].next
    second = as_coordinator.get(page_of(batch), {"cursor": cursor})

    shown = [*first.context["page"].rows, *second.context["page"].rows]
    assert shown == [*rows, last]


def test_the_preview_is_the_letter_that_is_sent_in_the_language_of_its_reader(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    applications = reviewed(90, 80, 70)
    for application, language in zip(applications, ("th", "en", "vi"), strict=True):
        User.objects.filter(pk=application.person.user.pk).update(language=language)
    chosen, waits, refused = applications
    batch = prepared(intake, actor, offer=[chosen], waitlist=[waits], not_selected=[refused])
    foreseen = {row.application_id: preview(row) for row in batch.decisions.all()}
    notices = reverse("notifications:batch-notices", args=[batch.public_id])
    page = as_coordinator.get(notices).content.decode()
    one = as_coordinator.get(notices, {"decision": batch.decisions.get(application=waits).pk})
    release_batch(batch=batch, actor=actor)
    hear_everything()

    sent = {each.application_id: each for each in Message.objects.filter(channel="email", batch=batch)}
    assert set(sent) == set(foreseen) == {each.pk for each in applications}
    for pk, letter in foreseen.items():
        assert letter is not None
        assert (letter.subject, letter.language, letter.to) == (
            sent[pk].subject,
            sent[pk].language,
            sent[pk].address,
        )
        assert letter.subject in page
    assert foreseen[waits.pk].body == sent[waits.pk].body
    assert foreseen[refused.pk].body == sent[refused.pk].body
    assert len(one.context["letters"]) == 1


def test_a_correction_says_what_it_replaces_and_why_and_is_the_only_letter(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    one, other = reviewed(90, 80)
    release_batch(batch=prepared(intake, actor, offer=[one], not_selected=[other]), actor=actor)
    hear_everything()
    for application, outcome in ((one, Outcome.NOT_SELECTED), (other, Outcome.OFFER)):
        decision = Decision.objects.get(application=application)
        correct_decision(decision=decision, outcome=outcome, reason="Two files were mixed up", actor=actor)
    second = prepare_batch(intake=intake, actor=actor)
    release_batch(batch=second, actor=actor)
    hear_everything()

    letters = Message.objects.filter(batch=second, channel="email")
    assert {each.template for each in letters} == {"decision-not-selected", "offer-made"}
    assert all("This letter replaces the one of" in each.body for each in letters)
    assert all("What was wrong: Two files were mixed up" in each.body for each in letters)
    assert letters.get(template="decision-not-selected").event_key == f"decision:{one.pk}:2"
    assert not mails("offer-rescinded")


def test_who_a_correction_put_on_the_waitlist_is_offered_a_place_again(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    Intake.objects.filter(pk=intake.pk).update(seats=1)
    intake.refresh_from_db()
    one, other = reviewed(90, 80)
    release_batch(batch=prepared(intake, actor, offer=[one], not_selected=[other]), actor=actor)
    for application, outcome in ((one, Outcome.WAITLIST), (other, Outcome.OFFER)):
        decision = Decision.objects.get(application=application)
        correct_decision(decision=decision, outcome=outcome, reason="Two files were mixed up", actor=actor)
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)
    hear_everything()
    Intake.objects.filter(pk=intake.pk).update(seats=2)
    from_list = Offer.objects.get(application=one)
    assert from_list.status == "rescinded"

    assert fill_free_seats(intake=intake, actor=actor) == 1

    from_list.refresh_from_db()
    assert (from_list.status, from_list.decline_reason) == ("made", "")
    assert [each.application_id for each in mails("offer-made")].count(one.pk) == 2


def test_conditions_are_written_for_one_or_for_all_in_the_browser(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    one, other, refused = reviewed(90, 80, 70)
    batch = prepared(intake, actor, offer=[one, other], not_selected=[refused])
    for_all = reverse("selection:batch-conditions", args=[batch.public_id])
    decision = Decision.objects.get(application=one)
    for_one = reverse("selection:decision-conditions", args=[decision.pk])

    assert (
        as_coordinator.post(for_all, {"texts": "Show your diploma.\r\n\r\nSign the form."}).status_code == 302
    )
    assert as_coordinator.post(for_one, {"texts": "Show your visa."}).status_code == 302
    assert as_coordinator.post(for_one, {"texts": "x" * 501}).status_code == 422
    page = as_coordinator.get(page_of(batch)).content.decode()

    assert "Show your visa." in page
    assert "They have different conditions now" in as_coordinator.get(for_all).content.decode()
    assert Decision.objects.get(application=other).conditions == ["Show your diploma.", "Sign the form."]
    assert Decision.objects.get(application=refused).conditions == []
    release_batch(batch=batch, actor=actor)
    assert as_coordinator.post(for_one, {"texts": ""}).status_code == 409


def test_notices_are_paused_and_sent_again_in_the_browser(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    batch = prepared(intake, actor, not_selected=reviewed(90))
    page = reverse("notifications:batch-notices", args=[batch.public_id])

    assert as_coordinator.post(page, {"reason": ""}).status_code == 422
    assert as_coordinator.post(page, {"reason": "Wrong template"}).status_code == 302
    assert "Wrong template" in as_coordinator.get(page).content.decode()
    assert as_coordinator.post(page, {"resume": "1"}).status_code == 302
    assert not BatchPause.objects.exists()
