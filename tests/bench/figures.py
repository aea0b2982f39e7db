"""The dashboard with a million facts behind it, and the import of all registrations."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import Client

from apps.accounts.enums import Role
from apps.core.actors import SYSTEM
from apps.inclusion.models import ParticipationFact
from apps.inclusion.services import release_figures
from tests.bench.measure import Cost, Row, cost
from tests.factories.accounts import MembershipFactory
from tests.notifications.house import database_url

MILLION = 1_000_000
#: Runs what it is told and prints the most memory it held, in KiB.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows() -> Iterator[Row]:
    call_command("load_places", stdout=StringIO())
    yield _import()
    yield _release()
    client = Client()
    client.force_login(
        MembershipFactory(role=Role.FUNDER).user, backend="apps.accounts.backends.EmailBackend"
    )
    yield Row("Dashboard, 1,000,000 facts behind it", cost(lambda: client.get("/en/inclusion/")), 25, 10)


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


#: Each fact of the import, copied under other people until there are a million.
COPY = """
WITH made AS (
    INSERT INTO people_person (created_at, updated_at, public_id, full_name, latin_name, phone, settlement,
                               source, source_key)
    SELECT now(), now(), gen_random_uuid(), '', '', '', '', 'bench', n::text
    FROM generate_series(1, %s) AS n
    RETURNING id
), numbered AS (SELECT id, row_number() OVER () AS n FROM made),
facts AS (SELECT f.*, row_number() OVER (ORDER BY f.id) AS n
          FROM inclusion_participationfact AS f)
INSERT INTO inclusion_participationfact (person_id, intake_id, program_id, kind, country_id, gender, residence,
                                         disability, asked, applied, offered, enrolled, completed, withdrawn)
SELECT p.id, f.intake_id, f.program_id, f.kind, f.country_id, f.gender, f.residence, f.disability, f.asked,
       f.applied, f.offered, f.enrolled, f.completed, f.withdrawn
FROM numbered AS p JOIN facts AS f ON f.n = 1 + p.n %% %s
"""


def _release() -> Row:
    with connection.cursor() as cursor:
        have = ParticipationFact.objects.count()
        cursor.execute(COPY, [MILLION - have, have])
        cursor.execute("VACUUM ANALYZE")
    found = cost(lambda: release_figures(actor=SYSTEM), times=1)
    return Row("Release of 1,000,000 facts", found)
