"""What the workbench shows of a scenario: meters, swaps, one page of the ranking, the comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.applications.models import Application
from apps.applications.selectors import declared_groups
from apps.places.selectors import country_names
from apps.programs.enums import InclusionGroup
from apps.programs.models import Intake
from apps.reviews.selectors import progress_of
from apps.selection.enums import ScenarioStatus
from apps.selection.models import Decision, Override, Scenario
from apps.selection.rules.outcomes import compare
from apps.selection.selectors.deciding import in_force

ROWS = 100
THOUSAND = Decimal(1000)
COUNTRY = "country:"


@dataclass(frozen=True, slots=True)
class MeterLine:
    """have / need / gap of one target, with what merit alone would have given; `words` says it in one line."""

    label: str
    have: int
    need: int
    plain: int

    @property
    def gap(self) -> int:
        return max(0, self.need - self.have)

    @property
    def words(self) -> str:
        if self.gap:
            return ngettext("{n} more is needed", "{n} more are needed", self.gap).format(n=self.gap)
        return str(_("The target is met"))


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the ranking. `state` is chosen, waiting, below or out; `moved` says what a target did.

    Below the row with `is_line` merit alone would have no seat left.
    """

    place: int
    score: Decimal
    state: str
    waits: int | None
    moved: str
    application: Application
    marks: Mapping[str, Any] = field(default_factory=dict)
    groups: Sequence[str] = ()
    override: Override | None = None
    decision: Decision | None = None
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class SwapLine:
    """Who came in, who would have been in on merit, what it cost (points), and what it was for."""

    out: Application | None
    come: Application | None
    cost: Decimal
    targets: list[str]


def scenario_shown(intake: Intake, wanted: str | None) -> Scenario | None:
    """The one asked for, else the newest that works out the rule itself, else the newest."""
    mine = Scenario.objects.filter(intake=intake)
    if wanted:
        return mine.filter(public_id=wanted).first()
    return by_the_rule(intake) or mine.first()


def by_the_rule(intake: Intake) -> Scenario | None:
    return Scenario.objects.filter(intake=intake, settings={}).first()


def solved_by_the_rule(intake: Intake) -> Scenario | None:
    return Scenario.objects.filter(intake=intake, settings={}, status=ScenarioStatus.SOLVED).first()


def label_of(key: str, countries: Mapping[str, str]) -> str:
    if key.startswith(COUNTRY):
        code = key.removeprefix(COUNTRY)
        return countries.get(code, code)
    return str(dict(InclusionGroup.choices).get(key, key))


def meters_of(result: Mapping[str, Any]) -> list[MeterLine]:
    codes = [each["key"].removeprefix(COUNTRY) for each in result["meters"]]
    countries = country_names(codes)
    return [
        MeterLine(label_of(each["key"], countries), each["have"], each["need"], each["plain"])
        for each in result["meters"]
    ]


def swaps_of(result: Mapping[str, Any], most: int = 200) -> list[SwapLine]:
    """The costliest first; one statement."""
    shown = result["swaps"][:most]
    ids = [pk for each in shown for pk in (each["out"], each["in"]) if pk]
    people = Application.objects.select_related("person").in_bulk(ids)
    countries = country_names(key.removeprefix(COUNTRY) for each in shown for key in each["for"])
    return [
        SwapLine(
            people.get(each["out"]),
            people.get(each["in"]),
            each["cost"] / THOUSAND,
            [label_of(key, countries) for key in each["for"]],
        )
        for each in shown
    ]


#: What the list can be narrowed to, and its words.
SHOWS: dict[str, str | Promise] = {
    "": _("Everyone"),
    "chosen": _("Chosen"),
    "moved": _("Moved by a target"),
    "waiting": _("Waitlist"),
}


def places_of(result: Mapping[str, Any], show: str) -> list[int]:
    """Positions in the ranking (from 0) that the list shows."""
    chosen, plain, waiting = (set(result[name]) for name in ("chosen", "plain", "waiting"))
    wanted = {"chosen": chosen, "moved": chosen ^ plain, "waiting": waiting}.get(show)
    return [at for at, pk in enumerate(result["order"]) if wanted is None or pk in wanted]


def rows_of(intake: Intake, result: Mapping[str, Any], places: Sequence[int]) -> list[Row]:
    """Some people of the ranking with what is known of them; five statements."""
    ids = [result["order"][at] for at in places]
    people = Application.objects.select_related("person__country").in_bulk(ids)
    marks, groups = progress_of(ids), declared_groups(ids)
    overrides = {
        row.application_id: row for row in Override.objects.filter(application__in=ids, ended_at=None)
    }
    decisions = {row.application_id: row for row in in_force(ids)}
    chosen, plain = set(result["chosen"]), set(result["plain"])
    waits = {pk: number for number, pk in enumerate(result["waiting"], start=1)}
    return [
        Row(
            place=at + 1,
            score=result["merit"][at] / THOUSAND,
            state=_state(pk, result["merit"][at], chosen, waits, result["floor"]),
            waits=waits.get(pk),
            moved="in" if pk in chosen - plain else "out" if pk in plain - chosen else "",
            application=people[pk],
            marks=marks.get(pk, {}),
            groups=[str(InclusionGroup(each).label) for each in sorted(groups.get(pk, ()))],
            override=overrides.get(pk),
            decision=decisions.get(pk),
            is_line=bool(result["plain"]) and pk == result["plain"][-1],
        )
        for at, pk in zip(places, ids, strict=True)
        if pk in people
    ]


def _state(pk: int, merit: int, chosen: set[int], waits: Mapping[int, int], floor: int) -> str:
    if pk in chosen:
        return "chosen"
    if merit < floor:
        return "below"
    return "waiting" if pk in waits else "out"


def comparison(base: Mapping[str, Any], other: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the other scenario has more or less of, in words and with a sign."""
    found = compare(base, other)
    countries = country_names(each.key.removeprefix(COUNTRY) for each in found)
    words = {
        "chosen": _("Seats filled"),
        "mean": _("Mean score"),
        "in": _("People who come in"),
        "out": _("People who drop out"),
    }
    return [
        (str(words.get(each.key) or label_of(each.key, countries)), _signed(each.key, each.by))
        for each in found
    ]


def _signed(key: str, by: int) -> str:
    if key in ("in", "out"):
        return str(by)
    return f"{by / THOUSAND:+.1f}" if key == "mean" else f"{by:+d}"
