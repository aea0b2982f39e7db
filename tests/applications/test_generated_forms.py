"""What was saved is what is shown: 5,000 generated forms with answers, on every surface that shows them.

Check page and print view are one partial, review page and its API one blind reader, the applicant's
API one serializer, the download one table: each is asked for every form. A few forms walk through the
real pages, to prove that these are what the pages use. Each run throws other forms; one that fails
names its seed.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format
from rest_framework.authtoken.models import Token

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.answers import is_hidden, read_answers
from apps.applications.api.views import ApplicationDetailSerializer
from apps.applications.forms import SectionForm
from apps.applications.models import Application, FormVersion, SectionAnswers
from apps.applications.rules.counting import Counted, count, together
from apps.applications.rules.definition import SILENT_KINDS, Form, Question, Section, form_from_definition
from apps.core.texts import say
from apps.people.models import Person
from apps.places.models import Country
from apps.portal.selectors.answers import answer_rows, answer_table
from apps.programs.models import Intake
from tests.applications.filling import posted
from tests.applications.generated import answers_to, definition_of, dice_of, seeds
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Pair = tuple[dict[str, Any], dict[str, dict[str, Any]]]
HOW_MANY, HOW_MANY_ON_PAGES = 5_000, 40


@pytest.fixture(autouse=True)
def _english(real_places: None) -> Iterator[None]:
    with translation.override("en"):
        yield


def filled_in(form: Form, answers: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is kept when a person types `answers` section by section."""
    kept: dict[str, dict[str, Any]] = {}
    for number, section in enumerate(form.sections):
        known = count(Form(form.sections[:number]), together(kept)).answers
        kept[section.key] = _saved(section, answers[section.key], known)
    return kept


def _saved(section: Section, answers: dict[str, Any], known: Any) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for question in section.answered:
        for name, value in posted(question, answers.get(question.key)).items():
            data.setlist(name, value if isinstance(value, list) else [str(value)])
    filled = SectionForm(section, {}, data, known=known)
    filled.is_valid()
    return filled.answers()


def words(question: Question, value: Any) -> list[str]:
    """What a reader must find of an answer, said here once more and without the code under test."""
    if value in (None, "", [], {}):
        return []
    if question.kind == "rows":
        return [
            each
            for row in value
            for column in question.columns
            for each in words(column, row.get(column.key))
        ]
    if isinstance(value, list) and question.kind != "several_choices":  # a wrong answer, as it was typed
        return [str(each) for each in value if each]
    if question.kind in ("one_choice", "several_choices"):
        labels = {option.value: say(option.label, "en") or option.value for option in question.options}
        return [labels[each] for each in (value if isinstance(value, list) else [value])]
    if question.kind in ("yes_no", "declaration"):
        return ["Yes" if value in (True, "yes") else "No"]
    if question.kind == "date" and isinstance(value, str):
        return [date_format(date.fromisoformat(value), "DATE_FORMAT")]
    if question.kind == "date_time":
        moment = datetime.fromisoformat(value)
        return [date_format(moment, "DATE_FORMAT"), time_format(moment, "TIME_FORMAT")]
    if question.kind == "time":
        return [time_format(time.fromisoformat(value), "TIME_FORMAT")]
    if question.kind == "country":
        return [Country.objects.get(pk=value).name]
    if question.kind == "place":
        return [str(Country.objects.get(pk=value["country"])), value["settlement"]]
    return [str(value)]


def in_memory(form: Form, definition: dict[str, Any], kept: dict[str, dict[str, Any]]) -> Application:
    """An application that is read like one from the database, without asking it."""
    application = Application(pk=1, form_version=FormVersion(definition=definition), status="in_review")
    rows = SectionAnswers.objects.none()
    rows._result_cache = [SectionAnswers(section=key, answers=answers) for key, answers in kept.items()]
    application._prefetched_objects_cache = {"sections": rows}
    return application


def in_database(intake: Intake, made: list[Pair]) -> list[Application]:
    """An application for each definition and what was kept, sent."""
    last = FormVersion.objects.count()
    people = Person.objects.bulk_create(Person(full_name="Suda") for _pair in made)
    versions = FormVersion.objects.bulk_create(
        FormVersion(intake=intake, number=number, definition=definition, published_at=intake.opens_at)
        for number, (definition, _kept) in enumerate(made, start=last + 1)
    )
    applications = Application.objects.bulk_create(
        Application(
            reference=f"AP-{version.pk}",
            intake=intake,
            form_version=version,
            person=person,
            status="in_review",
            submitted_at=intake.opens_at,
        )
        for version, person in zip(versions, people, strict=True)
    )
    SectionAnswers.objects.bulk_create(
        SectionAnswers(application=application, section=key, answers=answers)
        for application, (_definition, kept) in zip(applications, made, strict=True)
        for key, answers in kept.items()
    )
    return applications


def expected(counted: Counted, *, blind: bool = False) -> dict[str, list[str]]:
    """Every question that is asked, with the words a reader must find beside it."""
    return {
        question.key: words(question, counted.answers.get(question.key))
        for _section, questions in counted.sections
        for question in questions
        if question.kind not in SILENT_KINDS and not (blind and is_hidden(question))
    }


def flat(text: str) -> str:
    """Line ends and the neutralising mark of a table do not matter to a reader."""
    return " ".join(text.replace("<br>", " ").replace("'", "").split())


def shows(texts: dict[str, str], wanted: dict[str, list[str]]) -> None:
    assert texts.keys() == wanted.keys()
    for key, each in wanted.items():
        for word in each:
            assert flat(word) in flat(texts[key]), (key, word, texts[key])


def test_what_was_saved_is_what_every_surface_shows(intake: Intake) -> None:
    made: list[Pair] = []

    for seed in seeds(HOW_MANY):
        with dice_of(seed) as dice:
            definition = definition_of(dice)
            form = form_from_definition(definition)
            kept = filled_in(form, answers_to(dice, definition))
            shown(form, in_memory(form, definition, kept), kept)
            made.append((definition, kept))

    assert len(made) == HOW_MANY
    for portion in batched(made, 100):
        downloaded(intake, portion)


def shown(form: Form, application: Application, kept: dict[str, dict[str, Any]]) -> None:
    counted = count(form, together(kept))
    wanted = expected(counted)

    sections = read_answers(application, form, [])
    shows({each.key: each.text for part in sections for each in part.answers}, wanted)
    page = flat(unescape(render_to_string("applications/_answers.html", {"sections": sections})))
    for word in (word for each in wanted.values() for word in each):
        assert flat(word) in page, word

    blind = read_answers(application, form, [], blind=True)
    shows({each.key: each.text for part in blind for each in part.answers}, expected(counted, blind=True))

    told = {part["key"]: part["answers"] for part in ApplicationDetailSerializer().get_sections(application)}
    assert told == {section.key: kept[section.key] for section, _questions in counted.sections}


def batched(made: list[Pair], size: int) -> Iterator[list[Pair]]:
    for start in range(0, len(made), size):
        yield made[start : start + size]


def downloaded(intake: Intake, made: list[Pair]) -> None:
    """The table of these applications has a column for each question, and in it what was kept."""
    applications = in_database(intake, made)
    found = Application.objects.filter(pk__in=[each.pk for each in applications])
    table = answer_table(found, with_sensitive=True)
    rows = {row[0]: row[-len(table.questions) :] for row in answer_rows(found, table)}
    for application, (definition, kept) in zip(applications, made, strict=True):
        wanted = expected(count(form_from_definition(definition), together(kept)))
        row = dict(zip(table.questions, rows[application.reference], strict=True))
        shows({key: row[key] for key in wanted}, wanted)
        assert not any(text for key, text in row.items() if key not in wanted)


def test_the_pages_themselves_show_it(
    intake: Intake, signed_in: Callable[[User], Client], staff: Callable[..., User]
) -> None:
    for seed in seeds(HOW_MANY_ON_PAGES):
        with dice_of(seed) as dice, transaction.atomic():
            definition = definition_of(dice)
            shown_by_pages(intake, signed_in, staff, definition, answers_to(dice, definition))
            transaction.set_rollback(True)


def shown_by_pages(
    intake: Intake,
    signed_in: Callable[[User], Client],
    staff: Callable[..., User],
    definition: dict[str, Any],
    answers: dict[str, dict[str, Any]],
) -> None:
    form = form_from_definition(definition)
    kept = filled_in(form, answers)
    (application,) = in_database(intake, [(definition, kept)])
    person = UserFactory()
    Person.objects.filter(pk=application.person_id).update(user=person)
    reviewer = staff(Role.REVIEWER, at=intake.program.organisation)
    assignment = ReviewAssignmentFactory(application=application, reviewer=reviewer, status="in_progress")
    own, reading = signed_in(person), signed_in(reviewer)
    running = signed_in(staff(Role.COORDINATOR, at=intake.program.organisation))
    token = Token.objects.create(user=person).key
    counted = count(form, together(kept))
    everything = [word for each in expected(counted).values() for word in each]
    blind = [word for each in expected(counted, blind=True).values() for word in each]

    paper = own.get(reverse("applications:print", args=[application.public_id]))
    review = reading.get(reverse("reviews:review", args=[assignment.public_id]))
    machine = Client(headers={"authorization": f"Token {token}"})
    told = machine.get(f"/api/applications/{application.public_id}/").json()
    table = running.get(reverse("portal:staff-answers-csv") + "?sensitive=yes").getvalue().decode("utf-8-sig")
    Application.objects.filter(pk=application.pk).update(status="draft", submitted_at=None)
    check = own.get(reverse("applications:check", args=[application.public_id]))

    assert missing_from(paper.content.decode(), everything) == []
    assert missing_from(check.content.decode(), everything) == []
    assert missing_from(review.content.decode(), blind) == []
    assert all(part["answers"] == kept[part["key"]] for part in told["sections"])
    (row,) = [each for each in csv.reader(io.StringIO(table)) if each[0] == application.reference]
    assert missing_from("\n".join(row), everything) == []


def missing_from(page: str, wanted: list[str]) -> list[str]:
    text = flat(unescape(page))
    return [word for word in wanted if flat(word) not in text]
