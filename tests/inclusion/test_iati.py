"""Activity files keep the schema and the rules of the standard, and leave out what is hidden."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.events.models import EventRecord
from apps.inclusion.exports.iati.records import activities_of, known, lacking_of, programs_told
from apps.inclusion.exports.iati.xml import file_lines
from apps.inclusion.models import DacMarker, IatiOrganisation, Release
from apps.inclusion.rules.groups import DIMENSIONS, crossings, groups_of
from apps.inclusion.selectors import reporting, sheet_of
from apps.inclusion.selectors.reporting import ProgramTarget
from apps.programs.models import Program
from tests.factories.accounts import UserFactory
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.places import CountryFactory
from tests.factories.programs import FundingFactory, InclusionTargetFactory, IntakeFactory, ProgramFactory
from tests.inclusion.iati_rules import broken_rules

pytestmark = pytest.mark.django_db
VECTORS = Path(__file__).parent / "vectors" / "iati"
SCHEMA = etree.XMLSchema(etree.parse(VECTORS / "iati-activities-schema.xsd"))
EXAMPLE = VECTORS / "example_vn_women_completed_2026.xml"
NOW = datetime(2027, 1, 20, 8, tzinfo=UTC)
GROUPS = [
    ("", ""),
    *((each, group) for each in DIMENSIONS for group in groups_of(each)),
    *((dimension, "+".join(words)) for dimension, words in crossings()),
]
counts = st.none() | st.integers(0, 400).map(lambda n: 5 * n)
stages = st.dictionaries(
    st.sampled_from(["applied", "offered", "enrolled", "completed"]),
    st.fixed_dictionaries({}, optional=dict.fromkeys(GROUPS, counts)),
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.fixture
def program() -> Program:
    found = ProgramFactory(
        slug="vn-voc-2026",
        country=CountryFactory(code="VN"),
        title={"en": "AI-ready vocational courses, Viet Nam", "vi": "Khóa học nghề", "tet": "Kursu"},
        summary={"en": "Short courses in data skills & AI."},
    )
    intake = IntakeFactory(
        program=found, status="released", starts_on=date(2026, 1, 12), ends_on=date(2027, 12, 31)
    )
    InclusionTargetFactory(intake=intake, group="women", percent=Decimal("50.0"))
    FundingFactory(program=found)
    return found


@pytest.fixture
def publisher(program: Program) -> IatiOrganisation:
    return IatiOrganisation.objects.create(
        organisation=program.organisation, ref="XM-EXAMPLE-0001", type="30"
    )


def written(release: Release, now: datetime = NOW) -> etree._Element:
    programs, kept = programs_told(release), known()
    text = "".join(file_lines(activities_of(release, programs, kept, now), now))
    return etree.fromstring(text.encode())


def actuals(root: etree._Element, code: str) -> dict[frozenset, str]:
    """Of one indicator: groups → value."""
    found = root.xpath(f"//indicator[reference/@code='{code}']/period/actual")
    return {
        frozenset((part.get("name"), part.get("value")) for part in each.iterfind("dimension")): each.get(
            "value"
        )
        for each in found
    }


def told(program: Program, figures: dict, **more: Any) -> Release:
    release = ReleaseFactory(cadence="running", released_at=NOW, as_of=date(2026, 12, 31), **more)
    tell_figures(release, figures, scope="program", scope_key=program.slug)
    return release


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(figures=stages, start=days, end=days | st.none(), country=st.sampled_from(["VN", None]))
def test_any_release_validates_and_tells_only_what_is_told(
    program: Program,
    publisher: IatiOrganisation,
    figures: dict,
    start: date,
    end: date | None,
    country: str | None,
) -> None:
    program.intakes.update(starts_on=start, ends_on=end)
    Program.objects.filter(pk=program.pk).update(country=country)
    release = told(program, {**figures, "offered": {("", ""): None}})

    root = written(release)

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert broken_rules(root, NOW.date()) == []
    shown = {str(value) for stage in figures.values() for value in stage.values() if value is not None}
    for code in ("OUT-APP", "OUT-ENR", "OUT-COMP"):
        assert set(actuals(root, code).values()) <= shown


def structure(root: etree._Element) -> dict[str, set[str]]:
    """Path of every element → the names of its attributes."""
    found: dict[str, set[str]] = {}
    for element in root.iter(etree.Element):
        path = "/".join(reversed([element.tag, *(each.tag for each in element.iterancestors())]))
        found.setdefault(path, set()).update(element.attrib)
    return found


@pytest.fixture
def more_known(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    targets = [
        ProgramTarget("OUT-COMP", Decimal(240)),
        ProgramTarget("OUT-COMP", Decimal(120), (("gender", "woman"),)),
    ]
    monkeypatch.setattr(reporting, "target_sources", [lambda program: targets])
    for marker in ("gender", "disability"):
        DacMarker.objects.create(
            program=program,
            marker=marker,
            version=1,
            score=1,
            justification="An objective of the program, with a target of its own. " * 3,
            evidence="https://example.org/analysis",
            screened_by=UserFactory(),
            screened_at=timezone.now(),
        )


def test_the_example_of_viet_nam_comes_from_records(program: Program, more_known: None) -> None:
    Program.objects.filter(pk=program.pk).update(title={"en": "AI-ready vocational courses, Viet Nam"})
    funder = program.fundings.get().funder.name
    codes = {"currency": "USD", "email": "data@example.org", "flow_type": "10", "finance_type": "110"}
    more = {"aid_type": "C01", "tied_status": "5", "collaboration_type": "1"}
    call_command(
        "iati_set_up",
        organisation=program.organisation.name,
        ref="XM-EXAMPLE-0001",
        type="30",
        **codes,
        **more,
    )
    call_command("iati_set_up", organisation=funder, ref="XM-EXAMPLE-FUNDER", type="10")
    place = {"place_name": "Example province", "geonames_id": "1905480", "scope": "6"}
    call_command("iati_set_up", program=program.slug, results_page="https://example.org/results/", **place)
    figures = {
        "enrolled": {("", ""): 250, **split("gender", 130, 115, 5)},
        "completed": {
            ("", ""): 230,
            **split("gender", 120, None, None),
            **split("disability", None, 200, None),
            ("gender+residence", "woman+rural"): 40,
        },
    }

    root = written(told(program, figures))
    example = etree.parse(EXAMPLE).getroot()

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert broken_rules(root, NOW.date()) == []
    assert structure(root) == structure(example)
    assert actuals(root, "OUT-COMP") == {
        frozenset(): "230",
        frozenset({("sex", "female")}): "120",
        frozenset({("sex", "female"), ("residence", "rural")}): "40",
        frozenset({("disability", "ss3-no")}): "200",
    }
    assert actuals(root, "OUT-SHARE-W") == {frozenset(): "53"}
    for path in (
        "iati-activity/sector",
        "iati-activity/tag",
        "iati-activity/policy-marker",
        "iati-activity/recipient-country",
    ):
        ours, theirs = ([dict(each.attrib) for each in one.iterfind(path)] for one in (root, example))
        assert ours == theirs, path
    assert root.findtext("iati-activity/iati-identifier") == "XM-EXAMPLE-0001-vn-voc-2026"


def test_the_example_itself_keeps_schema_and_rules() -> None:
    root = etree.parse(EXAMPLE).getroot()

    assert SCHEMA.validate(root)
    assert broken_rules(root, NOW.date()) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda root: root.find(".//sector").set("percentage", "60"), "sectors"),
        (lambda root: root.find(".//actual").attrib.pop("value"), "no number"),
        (lambda root: root.find(".//actual").set("value", "<10"), "no number"),
        (lambda root: setattr(root.find(".//iati-identifier"), "text", "XM-EXAMPLE-0001"), "begins"),
        (lambda root: root.find(".//activity-date").set("iso-date", "2030-01-01"), "future"),
        (lambda root: root.find(".//actual/location").set("ref", "elsewhere"), "no place"),
        (lambda root: root.find(".//policy-marker").attrib.pop("significance"), "marker"),
    ],
)
def test_the_rules_find_what_is_broken(change: Callable[[Any], Any], rule: str) -> None:
    root = etree.parse(EXAMPLE).getroot()

    change(root)

    assert any(rule in each for each in broken_rules(root, NOW.date()))


def test_blank_never_becomes_nought(program: Program, publisher: IatiOrganisation) -> None:
    root = written(told(program, {"completed": {("", ""): 230, **split("gender", None, 110, None)}}))

    for path in (
        "policy-marker",
        "default-flow-type",
        "default-tied-status",
        "contact-info",
        "location",
        "document-link",
    ):
        assert root.find(f"iati-activity/{path}") is None
    assert actuals(root, "OUT-COMP") == {frozenset(): "230", frozenset({("sex", "other")}): "110"}
    assert root.xpath("//indicator[reference/@code='OUT-SHARE-W']/period/target/@value") == ["50"]
    assert root.xpath("//title/narrative/@xml:lang") == ["vi"]


def test_every_count_of_a_sheet_is_in_the_file(program: Program, publisher: IatiOrganisation) -> None:
    release = told(
        program, {"enrolled": {("", ""): 250, **split("gender", 130, 115, 5), ("gender", "man"): 110}}
    )
    sheet = sheet_of(release, "program", program.slug)

    found = actuals(written(release), "OUT-ENR")

    words = {"female": "woman", "male": "man", "not-stated": "not_stated"}
    for group, value in found.items():
        place = ("gender", words[next(iter(group))[1]]) if group else ("", "")
        assert sheet.count("enrolled", *place) == int(value)
    assert len(found) == 4


def test_programs_that_lack_something_are_named_with_what_to_do(
    program: Program, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    release = told(program, {"enrolled": {("", ""): 250}})
    client = signed_in(staff(Role.FUNDER))
    address = reverse("inclusion:activities-xml", args=[release.number])

    refused = client.get(address)
    page = client.get(reverse("inclusion:take-away", args=[release.number])).content.decode()

    assert (refused.status_code, "iati_set_up" in refused.content.decode()) == (409, True)
    assert str(program) in page
    assert not EventRecord.objects.filter(name="FiguresTaken").exists()
    assert client.get(address, {"program": "nothing"}).status_code == 404


def test_the_file_is_taken_over_http(
    program: Program,
    publisher: IatiOrganisation,
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    release = told(program, {"enrolled": {("", ""): 250}})

    answer = signed_in(staff(Role.FUNDER)).get(reverse("inclusion:activities-xml", args=[release.number]))

    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    assert SCHEMA.validate(etree.fromstring(answer.getvalue()))
    assert EventRecord.objects.get(name="FiguresTaken").payload["file"] == "activities.xml"


def test_the_file_is_the_same_in_every_language(program: Program, publisher: IatiOrganisation) -> None:
    release = told(program, {"enrolled": {("", ""): 250}})
    english = etree.tostring(written(release))

    with override("th"):
        assert etree.tostring(written(release)) == english


def test_a_program_without_a_first_day_is_left_out(program: Program, publisher: IatiOrganisation) -> None:
    program.intakes.update(starts_on=None)
    release = told(program, {"enrolled": {("", ""): 250}})

    assert [each.program for each in lacking_of(programs_told(release), known())] == [program]
    assert written(release).find("iati-activity") is None


def test_a_sign_that_xml_cannot_hold_is_left_out(program: Program, publisher: IatiOrganisation) -> None:
    Program.objects.filter(pk=program.pk).update(title={"en": "Data\x0b <skills> & \ufffemore"})

    root = written(told(program, {"enrolled": {("", ""): 250}}))

    assert root.findtext("iati-activity/title/narrative") == "Data <skills> & more"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ref": ""},
        {"ref": "a/b-c"},
        {"type": "99"},
        {"aid_type": "c1"},
        {"currency": "usd"},
        {"tied_status": "9"},
    ],
)
def test_codes_of_the_wrong_shape_are_refused(program: Program, wrong: dict[str, str]) -> None:
    codes = {"ref": "XM-EXAMPLE-0001", "type": "30", **wrong}

    with pytest.raises(CommandError, match=next(iter(wrong))):
        call_command("iati_set_up", organisation=program.organisation.name, **codes)
    assert not IatiOrganisation.objects.exists()


def test_two_organisations_cannot_share_an_identifier(program: Program, publisher: IatiOrganisation) -> None:
    other = FundingFactory().funder.name

    with pytest.raises(CommandError, match="ref"):
        call_command("iati_set_up", organisation=other, ref=publisher.ref, type="10")
    with pytest.raises(CommandError):
        call_command("iati_set_up", organisation="nobody", ref="XM-2", type="10")
    with pytest.raises(CommandError, match="geonames_id"):
        call_command("iati_set_up", program=program.slug, place_name="Ha Noi")


def test_a_file_costs_the_same_for_any_number_of_programs(
    program: Program, publisher: IatiOrganisation, django_assert_max_num_queries: Callable
) -> None:
    release = told(program, {"enrolled": {("", ""): 250}})
    for _number in range(3):
        more = ProgramFactory(organisation=program.organisation)
        IntakeFactory(program=more, starts_on=date(2026, 1, 1))
        tell_figures(release, {"enrolled": {("", ""): 250}}, scope="program", scope_key=more.slug)

    with django_assert_max_num_queries(10):
        assert len(written(release).findall("iati-activity")) == 4
