"""The dashboard and the night's release with ten million facts behind them, and the import of all registrations."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from apps.accounts.enums import Role
from apps.core.actors import SYSTEM
from apps.inclusion.models import ParticipationCell
from apps.inclusion.models.counting import CELLS, KEY
from apps.inclusion.services import release_figures
from apps.programs.enums import ProgramKind
from tests.bench.measure import Cost, Row, cost
from tests.factories.accounts import MembershipFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.notifications.house import database_url

#: Ten million: each person in twenty intakes of 60 programs with five intakes each.
PEOPLE, EACH, PROGRAMS, INTAKES = 500_000, 20, 60, 5
#: And programs as small as most are: three intakes of some thirty people each.
FEW, EACH_OF_FEW, SMALL_PROGRAMS, SMALL_INTAKES = 600, 3, 20, 3
COUNTRIES = ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"]
#: Runs what it is told and prints the most memory it held, in KiB.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows() -> Iterator[Row]:
    call_command("load_places", stdout=StringIO())
    yield _import()
    facts = _load()
    yield Row(f"Cells of {facts:,} facts, counted from nothing", _wall(_count_all))
    yield Row(f"Night: release of {facts:,} facts (wall clock)", _wall(_release), 60_000)
    yield Row("10,000 new facts until their cells are there (wall clock)", _wall(_more), 1000)
    yield Row("The night after: both releases as one system (wall clock)", _wall(_release), 60_000)
    client = Client()
    client.force_login(
        MembershipFactory(role=Role.FUNDER).user, backend="apps.accounts.backends.EmailBackend"
    )
    yield Row(f"Dashboard, {facts:,} facts behind it", cost(lambda: client.get("/en/inclusion/")), 50, 10)


def _wall(work: Callable[[], object]) -> Cost:
    """What a person waits: the database's several processes work side by side."""
    began = time.perf_counter()
    work()
    return Cost((time.perf_counter() - began) * 1000, 0, 0)


def _import() -> Row:
    """In a process of its own, as an operator runs it. A small one in between starts it: Linux lets a
    process begin with the peak of the one it was forked from, and ours has held everything measured before.
    """
    env = {**os.environ, "DATABASE_URL": database_url(), "TEST_DATABASE_NAME": "unused"}
    command = [sys.executable, "manage.py", "import_records", "open-university"]
    began = time.perf_counter()
    between = subprocess.run(
        [sys.executable, "-c", PEAK, *command], env=env, check=True, capture_output=True, text=True
    )
    took = (time.perf_counter() - began) * 1000
    most = int(between.stdout) // 1024
    return Row(f"Import of 32,593 registrations (wall clock; {most} MB ≤ 300)", Cost(took, 0, 0), 60_000)


#: Shares come from a hash of person and intake, so that every run has the same people.
FILL = """
INSERT INTO inclusion_participationfact
       (intake_id, person_id, country_code, gender, residence, residence_basis, residence_conflict, disability,
        ss1, ss2, ss4, age_band, was_asked, has_answered, applied_on, offered_on, enrolled_on, completed_on)
SELECT i.id, n.person, (%(countries)s::text[])[1 + n.person %% 11],
       CASE WHEN h %% 100 < 47 THEN 'woman' WHEN h %% 100 < 94 THEN 'man' WHEN h %% 100 < 95 THEN 'another'
            WHEN h %% 100 < 97 THEN 'not_said' ELSE 'missing' END,
       CASE WHEN h / 100 %% 100 < 38 THEN 'rural' WHEN h / 100 %% 100 < 60 THEN 'town'
            WHEN h / 100 %% 100 < 93 THEN 'city' ELSE 'missing' END, 'self', NULL,
       CASE WHEN h / 10000 %% 100 < 6 THEN 'yes' WHEN h / 10000 %% 100 < 90 THEN 'no'
            WHEN h / 10000 %% 100 < 94 THEN 'unknown' ELSE 'missing' END,
       'no', 'no', 'no',
       CASE WHEN h / 1000000 %% 10 < 4 THEN '18_24' WHEN h / 1000000 %% 10 < 8 THEN '25_29' ELSE '35_44' END,
       true, true, s.day,
       CASE WHEN h %% 7 < 3 THEN s.day + 30 END, CASE WHEN h %% 7 < 2 THEN s.day + 45 END,
       CASE WHEN h %% 7 < 1 THEN s.day + 160 END
FROM (SELECT p.id AS person, k,
             ('x' || substr(md5(p.id::text || '-' || k::text), 1, 7))::bit(28)::int AS h
      FROM people_person AS p CROSS JOIN generate_series(1, %(each)s) AS k
      WHERE p.source = %(source)s) AS n
JOIN LATERAL (SELECT (%(intakes)s::bigint[])[1 + (15 * (k - 1) + n.person * 7 + k) %% %(number)s] AS id) AS i ON true
JOIN LATERAL (SELECT date '2024-01-10' + (i.id %% 8)::int * 90 AS day) AS s ON true
"""


def _load() -> int:
    """Without the checks and triggers of single rows: what is measured comes afterwards."""
    large, small = _intakes(PROGRAMS, INTAKES), _intakes(SMALL_PROGRAMS, SMALL_INTAKES)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        _people(cursor, "bench", PEOPLE)
        _people(cursor, "bench few", FEW)
        _fill(cursor, "bench", large, EACH)
        found = cursor.rowcount
        _fill(cursor, "bench few", small, EACH_OF_FEW)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE inclusion_participationfact")
        _people(cursor, "bench more", 500)
    return int(found)


def _intakes(programs: int, each: int) -> list[int]:
    kinds = ProgramKind.values
    made = [ProgramFactory(kind=kinds[number % len(kinds)]) for number in range(programs)]
    return [IntakeFactory(program=program).pk for program in made for _number in range(each)]


def _people(cursor: object, source: str, number: int) -> None:
    cursor.execute(  # type: ignore[attr-defined]  # a wrapper that Django does not type
        "INSERT INTO people_person (created_at, updated_at, public_id, full_name, latin_name, phone, settlement,"
        " source, source_key) SELECT now(), now(), gen_random_uuid(), '', '', '', '', %s, n::text"
        " FROM generate_series(1, %s) AS n",
        [source, number],
    )


def _fill(cursor: object, source: str, intakes: list[int], each: int) -> None:
    values = {"countries": COUNTRIES, "each": each, "source": source, "intakes": intakes}
    values["number"] = len(intakes)
    cursor.execute(FILL, values)  # type: ignore[attr-defined]  # as above


def _count_all() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        ParticipationCell.objects.all().delete()
        rows = CELLS.format(rows="inclusion_participationfact", key=KEY)
        cursor.execute(f"INSERT INTO inclusion_participationcell ({KEY}, n) {rows}")
        cursor.execute("ANALYZE inclusion_participationcell")


def _release() -> None:
    release_figures(actor=SYSTEM)


def _more() -> None:
    """500 people in twenty intakes each, written as facts are: checks, triggers and all."""
    used = ParticipationCell.objects.order_by("intake_id").values_list("intake_id", flat=True)
    intakes = list(used.distinct())
    with transaction.atomic(), connection.cursor() as cursor:
        _fill(cursor, "bench more", intakes, EACH)
