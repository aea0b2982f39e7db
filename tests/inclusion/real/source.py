"""The rows of the published files as people who take part, by what the columns are published to mean.

The csv module reads, and every class is decided here: nothing of the importer, of facts or of the rules of
inclusion is used.
"""

import csv
import io
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[3] / "apps" / "records" / "data"
STAGES = ("applied", "offered", "enrolled", "completed")
#: Where no country of one code is known: the region of both Irelands, the Carpentries' online "W3", a blank.
NOWHERE = "ZZ"


@dataclass(frozen=True)
class Participation:
    """One person in one intake. A stage they came to has its day; classes are "missing" where a file is silent."""

    person: str
    kind: str
    program: str
    intake: str
    country: str
    days: dict[str, date]
    gender: str = "missing"
    disability: str = "missing"
    residence: str = field(default="missing", init=False)  # no file says it
    age: str = field(default="missing", init=False)  # nor gives a birth date


def rows(name: str) -> list[dict[str, str]]:
    with lzma.open(DATA / f"{name}.csv.xz", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(io.StringIO(lines.read())))


def everybody(today: date) -> list[Participation]:
    """`today` is the day on which the files were imported."""
    return [*open_university(), *scholarships(today), *applications(), *instructors()]


def open_university() -> Iterator[Participation]:
    """Pass and Distinction complete. B begins in February, J in October; days count from there.

    Whoever has no day of registration was there at the latest when they left, or at the end.
    """
    for row in rows("open-university-registrations"):
        presentation = row["code_presentation"]
        start = date(int(presentation[:4]), {"B": 2, "J": 10}[presentation[4]], 1)
        end = start + timedelta(int(row["module_presentation_length"]))
        has_left = row["final_result"] == "Withdrawn" and row["date_unregistration"]
        last = start + timedelta(int(row["date_unregistration"])) if has_left else end
        registered = row["date_registration"]
        came = start + timedelta(int(registered)) if registered else last
        has_completed = row["final_result"] in ("Pass", "Distinction")
        yield Participation(
            person=f"ou {row['id_student']}",
            kind="course",
            program=row["code_module"],
            intake=presentation,
            country=NOWHERE if row["region"] == "Ireland" else "GB",
            days=_days(came, end if has_completed else None),
            gender={"F": "woman", "M": "man"}[row["gender"]],
            disability={"Y": "yes", "N": "no"}[row["disability"]],
        )


def scholarships(today: date) -> Iterator[Participation]:
    """Scholarship holders only. The file has no days at all, so everything is known from today on."""
    for number, row in enumerate(rows("scholarship-students")):
        if row["Scholarship holder"] == "1":
            yield Participation(
                person=f"uci {number}",
                kind="scholarship",
                program="portalegre-scholarships",
                intake="all-years",
                country="PT",
                days=_days(today, today if row["Target"] == "Graduate" else None),
                gender={"1": "man", "0": "woman"}[row["Gender"]],
                disability={"1": "yes", "0": "no"}[row["Educational special needs"]],
            )


def applications() -> Iterator[Participation]:
    """Nobody can be told from anybody else, and the file ends on 18 March 2019."""
    for number, row in enumerate(rows("carpentries-applications")):
        country = row["Country"] if row["Country"] != "W3" else ""
        yield Participation(
            person=f"carpentries application {number}",
            kind="cohort",
            program="instructor-training",
            intake="applications-until-2019",
            country=country or NOWHERE,
            days={"applied": date(2019, 3, 18)},
        )


def instructors() -> Iterator[Participation]:
    """Whoever has a badge has completed, on that day; the intake is its year."""
    for row in rows("carpentries-instructors"):
        badged = date.fromisoformat(row["first_badge_date"])
        country = row["country"] if row["country"] != "W3" else ""
        yield Participation(
            person=f"carpentries {row['person']}",
            kind="cohort",
            program="instructor-training",
            intake=f"certified-{badged.year}",
            country=country or NOWHERE,
            days=_days(badged, badged),
        )


def _days(came: date, completed: date | None) -> dict[str, date]:
    """Nobody takes part who has not applied and been offered a place: at the latest on the day they came."""
    days = dict.fromkeys(("applied", "offered", "enrolled"), came)
    return days | ({"completed": completed} if completed else {})
