"""Made of released decisions, frozen, added to once, and never about a few people."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.core.actors import SYSTEM, Actor
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.inclusion.models import FairnessFigure, FairnessReport, FairnessStanding, ReleasedFigure
from apps.inclusion.rules.verdicts import Label
from apps.inclusion.selectors import chose_by_merit, fairness_of
from apps.inclusion.selectors.fairness import DimensionReading, StageReading
from apps.inclusion.services import make_fairness_report, release_figures
from apps.people.models import Person
from apps.programs.models import Intake
from apps.selection.models import Decision, Offer
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.inclusion.chosen import NOW, Some, choose

pytestmark = pytest.mark.django_db
WOMEN = Some("woman", applied=60, eligible=50, offered=12, accepted=12, country="TH")
MEN = Some("man", applied=120, eligible=100, offered=48, accepted=30, country="VN")
HOMES = (("woman", "TH"), ("man", "VN"))
SILENT = Some("", applied=15, eligible=12, offered=3, country="VN")


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), seats=63)


def told(report: FairnessReport, dimension: str = "gender") -> dict[str, StageReading]:
    reading = next(each for each in fairness_of(report) if each.dimension == dimension)
    return {each.stage: each for each in reading.stages}


def reading_of(report: FairnessReport, dimension: str) -> DimensionReading:
    return next(each for each in fairness_of(report) if each.dimension == dimension)


def counts(stage: StageReading) -> dict[str, tuple[int, int, int]]:
    return {
        line.name: (line.verdict.reached.low, line.verdict.reached.high, line.verdict.pool)
        for line in stage.lines
    }


def test_a_report_tells_rates_ratios_and_words(intake: Intake, actor: Actor) -> None:
    choose(intake, [WOMEN, MEN])

    report = make_fairness_report(intake=intake, actor=actor)

    offered = told(report)["offered"]
    women, others = (line.verdict for line in offered.lines)
    assert (offered.chosen, offered.everyone) == (60, 180)
    assert (women.reached.low, women.pool, women.label) == (12, 60, Label.ALERT)
    assert women.ratio is not None
    assert (women.ratio.value, women.ratio.low, women.ratio.high) == pytest.approx(
        (0.5, 0.288052, 0.867898), abs=1e-6
    )
    assert women.p == pytest.approx(0.00729, abs=1e-6)
    assert others.label == Label.REFERENCE
    assert report.figures.filter(low=12, high=12, stage="offered").exists()
    assert EventRecord.objects.get(name="FairnessReportMade").payload["number"] == 1


def test_too_few_silent_are_told_with_the_rest_and_a_small_figure_as_a_range(
    intake: Intake, actor: Actor
) -> None:
    few = Some("woman", applied=60, eligible=50, offered=6)
    choose(intake, [few, MEN, Some("", applied=4, eligible=4, offered=1)])

    report = make_fairness_report(intake=intake, actor=actor)

    rest = "Man or another term, and who did not say"
    assert counts(told(report)["offered"]) == {"Woman": (0, 9, 60), rest: (46, 55, 124)}
    assert told(report)["offered"].lines[0].verdict.label == Label.ALERT
    assert reading_of(report, "gender").answered is None
    assert "eligible" not in told(report)
    assert not FairnessFigure.objects.filter(pool__lt=10).exists()


def test_who_did_not_answer_is_no_group_and_too_many_silent_compare_nobody(
    intake: Intake, actor: Actor
) -> None:
    choose(intake, [WOMEN, MEN, SILENT.times(9)])

    report = make_fairness_report(intake=intake, actor=actor)

    reading = reading_of(report, "gender")
    assert (reading.answered, reading.everyone) == (180, 315)
    assert reading.is_too_silent
    assert {line.verdict.label for line in told(report)["offered"].lines} == {Label.NO_GROUP}


def test_a_question_nobody_answered_tells_nothing(intake: Intake, actor: Actor) -> None:
    choose(intake, [WOMEN, MEN])

    report = make_fairness_report(intake=intake, actor=actor)

    assert reading_of(report, "residence").counted_at is None
    assert not report.figures.filter(dimension__in=["residence", "disability"]).exists()


def test_countries_stand_beside_names_anyway_and_small_ones_together(intake: Intake, actor: Actor) -> None:
    small = [Some("man", 6, 6, 1, country=code) for code in ("LA", "KH")]
    choose(intake, [WOMEN, MEN, *small])

    report = make_fairness_report(intake=intake, actor=actor)

    found = counts(told(report, "country")["offered"])
    assert sorted(found.values()) == [(2, 2, 12), (12, 12, 50), (48, 48, 100)]
    assert told(report, "country")["offered"].lines[-1].name == "Other countries"
    assert told(report, "country")["offered"].lines[-1].verdict.label == Label.NO_GROUP


@pytest.mark.parametrize("status", ["submitted", "eligible", "in_review", "more_information"])
def test_no_report_while_an_application_is_open(intake: Intake, actor: Actor, status: str) -> None:
    choose(intake, [WOMEN, MEN])
    ApplicationFactory(intake=intake, status=status)

    with pytest.raises(Invalid):
        make_fairness_report(intake=intake, actor=actor)
    assert not FairnessReport.objects.exists()


def test_no_report_of_held_decisions_nor_of_none(intake: Intake, actor: Actor) -> None:
    with pytest.raises(Invalid):
        make_fairness_report(intake=intake, actor=actor)

    applications = choose(intake, [WOMEN, MEN])
    Decision.objects.filter(application=applications[0]).update(status="held", released_at=None)
    with pytest.raises(Invalid):
        make_fairness_report(intake=intake, actor=actor)


def test_who_withdrew_before_a_decision_is_left_out_and_who_did_so_later_is_not(
    intake: Intake, actor: Actor
) -> None:
    applications = choose(intake, [WOMEN, MEN])
    Application.objects.filter(pk=applications[0].pk).update(status="withdrawn", withdrawn_at=NOW)
    ApplicationFactory(intake=intake, status="withdrawn", withdrawn_at=NOW)

    report = make_fairness_report(intake=intake, actor=actor)

    assert FairnessStanding.objects.filter(report=report).count() == 180


def answer_all(intake: Intake) -> None:
    Offer.objects.filter(intake=intake, status="made").update(
        status="declined", answered_at="2026-11-20T00:00Z"
    )


def test_the_second_report_repeats_the_first_and_adds_who_accepted(intake: Intake, actor: Actor) -> None:
    choose(intake, [WOMEN.times(3), MEN, SILENT.times(4)])
    first = make_fairness_report(intake=intake, actor=actor)
    with pytest.raises(Invalid):
        make_fairness_report(intake=intake, actor=actor)
    answer_all(intake)

    second = make_fairness_report(intake=intake, actor=actor)

    columns = ("dimension", "stage", "base", "group", "pool", "low", "high", "chosen", "counted_at")
    before, after = (list(each.figures.values_list(*columns)) for each in (first, second))
    assert [row for row in after if row[1] not in ("accepted", "enrolled")] == before
    assert not {"accepted", "enrolled"} & set(told(first))
    assert counts(told(second)["accepted"])["Woman"] == (27, 36, 36)
    assert counts(told(second, "country")["accepted"])["Thailand"] == (36, 36, 36)
    with pytest.raises(Conflict):
        make_fairness_report(intake=intake, actor=actor)


def test_no_correction_and_no_changed_answer_shows_in_the_second_report(intake: Intake, actor: Actor) -> None:
    """Offers taken back, made anew, and a person who answers otherwise: the told figures stay."""
    applications = choose(intake, [WOMEN.times(3), MEN])
    first = make_fairness_report(intake=intake, actor=actor)
    before = list(first.figures.exclude(stage="x").values_list("group", "stage", "low", "high"))
    answer_all(intake)
    Offer.objects.filter(application=applications[0]).update(status="rescinded")
    Offer.objects.create(
        application=applications[100], intake=intake, made_at="2026-11-20T00:00Z", status="lapsed"
    )
    Person.objects.filter(pk=applications[1].person_id).update(country=None)

    second = make_fairness_report(intake=intake, actor=actor)

    later = second.figures.exclude(stage__in=["accepted", "enrolled"])
    assert list(later.values_list("group", "stage", "low", "high")) == before


def test_when_all_offers_are_answered_one_report_tells_everything(intake: Intake, actor: Actor) -> None:
    choose(intake, [replaced(WOMEN, 20), replaced(MEN, 24)], answered=True)

    report = make_fairness_report(intake=intake, actor=actor)

    assert report.is_complete
    assert counts(told(report)["accepted"])["Woman"] == (20, 20, 40)
    with pytest.raises(Conflict):
        make_fairness_report(intake=intake, actor=actor)


def replaced(some: Some, accepted: int) -> Some:
    return Some(some.gender, some.applied, some.eligible, offered=40, accepted=accepted)


def test_a_third_report_cannot_be_stored(intake: Intake, actor: Actor) -> None:
    choose(intake, [WOMEN, MEN])
    report = make_fairness_report(intake=intake, actor=actor)

    with pytest.raises(IntegrityError):
        FairnessReport.objects.filter(pk=report.pk).update(number=3)


def test_the_merit_list_is_told_when_it_differs_by_many(intake: Intake, actor: Actor) -> None:
    Intake.objects.filter(pk=intake.pk).update(seats=80)
    intake.refresh_from_db()
    better = [Some(gender, 50, 50, offered=0, first_score=90, country=code) for gender, code in HOMES]
    worse = [Some(gender, 50, 50, offered=40, first_score=40, country=code) for gender, code in HOMES]
    choose(intake, [*better, *worse])

    report = make_fairness_report(intake=intake, actor=actor)

    assert counts(told(report)["merit"])["Woman"] == (40, 40, 100)
    assert sorted(counts(told(report, "country")["merit"]).values()) == [(40, 40, 100), (40, 40, 100)]
    assert not chose_by_merit(report)


def test_the_same_people_are_said_to_be_the_same(intake: Intake, actor: Actor) -> None:
    Intake.objects.filter(pk=intake.pk).update(seats=40)
    intake.refresh_from_db()
    choose(intake, [Some("woman", 60, 60, 40, first_score=90), Some("man", 60, 60, 0, first_score=20)])

    report = make_fairness_report(intake=intake, actor=actor)

    assert chose_by_merit(report)
    assert "merit" not in told(report)


def test_what_a_release_shows_is_not_completed_by_a_report(intake: Intake, actor: Actor) -> None:
    choose(
        intake,
        [
            replace(WOMEN, country=None),
            replace(MEN, country=None),
            Some("", applied=4, eligible=4, offered=1),
        ],
    )
    release = release_figures(actor=SYSTEM)
    own = release.figures.filter(scope="program", stage="applied", dimension="gender", is_hidden=False)
    assert set(own.values_list("group", flat=True)) == {"woman"}
    ReleasedFigure.objects.filter(stage="applied", group="other").update(is_hidden=False, value=120)
    ReleasedFigure.objects.filter(stage="applied", group="woman").update(is_hidden=True, value=None)

    report = make_fairness_report(intake=intake, actor=actor)

    assert reading_of(report, "gender").counted_at is None


def test_a_later_release_hides_no_figure_that_its_coordinators_have(intake: Intake, actor: Actor) -> None:
    choose(
        intake,
        [
            replace(WOMEN, country=None),
            replace(MEN, country=None),
            Some("", applied=4, eligible=4, offered=1),
        ],
    )
    make_fairness_report(intake=intake, actor=actor)

    release = release_figures(actor=SYSTEM)

    own = release.figures.filter(scope="program", stage="applied", dimension="gender")
    assert dict(own.values_list("group", "value")) == {
        **{"woman": 60, "other": None, "not_stated": None},
        **{"man": None, "another": None},
    }


@pytest.fixture
def address(intake: Intake) -> str:
    return reverse("inclusion:fairness", args=[intake.public_id])


def test_coordinators_make_and_read_it_and_each_reading_is_recorded(
    intake: Intake, address: str, as_coordinator: Client, coordinator: User
) -> None:
    assert "There is no report yet" in as_coordinator.get(address).content.decode()
    assert as_coordinator.post(address).status_code == 422
    choose(intake, [WOMEN, MEN])

    text = as_coordinator.post(address, follow=True).content.decode().replace("\xa0", " ")

    for words in (
        "20 %",
        "12 of 60",
        "95 %: 12 to 32 %",
        "Alert",
        "ratio 0.50 (95 %: 0.29 to 0.87)",
        "p 0.007",
    ):
        assert words in text
    assert "unstable in small samples" in text
    assert "Of 180 applicants fewer than 10 did not answer" in text
    read = EventRecord.objects.get(name="FairnessReportRead")
    assert read.actor_user_id == coordinator.pk
    assert read.payload["intake_id"] == intake.pk


def test_the_page_names_nobody_and_no_canary(intake: Intake, address: str, as_coordinator: Client) -> None:
    choose(intake, [Some("woman", 60, 50, 3, country="VN"), MEN])
    make_fairness_report(intake=intake, actor=SYSTEM)

    text = as_coordinator.get(address).content.decode().replace("\xa0", " ")

    assert "0 to 9 of 60" in text
    assert ">3 of" not in text
    assert "P 0 0" not in text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FUNDER, Role.TRAINER])
def test_nobody_else_reads_it(
    role: Role, address: str, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(staff(role)).get(address).status_code == 403


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    groups: int, intake: Intake, address: str, as_coordinator: Client, django_assert_max_num_queries: Callable
) -> None:
    more = [Some("man", 12, 12, 2, country=code) for code in ("LA", "KH", "MM")[:groups]]
    choose(intake, [WOMEN, MEN, *more])
    make_fairness_report(intake=intake, actor=SYSTEM)
    as_coordinator.get(address)

    with django_assert_max_num_queries(14):
        assert as_coordinator.get(address).status_code == 200


@pytest.mark.parametrize("times", [1, 3])
def test_making_it_costs_the_same_for_any_number(
    times: int, intake: Intake, actor: Actor, django_assert_max_num_queries: Callable
) -> None:
    choose(intake, [WOMEN.times(times), MEN.times(times)])

    with django_assert_max_num_queries(36):
        make_fairness_report(intake=intake, actor=actor)
