"""What a request costs. Processor time, because on a shared machine the clock on the wall lies."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time for one request, and its statements."""

    web: float
    database: float
    queries: int

    @property
    def total(self) -> float:
        return self.web + self.database


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and the most it may cost (None: no limit set)."""

    name: str
    cost: Cost
    most: float | None = None
    most_queries: int | None = None

    def __str__(self) -> str:
        limits = [f"{limit} {unit}" for limit, unit in self._limits() if limit is not None]
        spent = f"{self.cost.total:9.1f} {self.cost.web:9.1f} {self.cost.database:9.1f}"
        return f"{self.name:<50} {spent} {self.cost.queries:8}  {', '.join(limits) or '–'}"

    def _limits(self) -> list[tuple[float | None, str]]:
        return [(self.most, "ms"), (self.most_queries, "queries")]


def ticks(pid: int | str) -> int:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def cost(request: Callable[[], object], *, times: int = 25) -> Cost:
    """The median web time of `times` requests after a warm-up, and the mean of the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    request()
    with CaptureQueriesContext(connection) as seen:
        request()
    queries = len(seen)  # now: the next request empties the log
    spent = []
    before = ticks(pid)
    for _time in range(times):
        start = time.process_time()
        request()
        spent.append((time.process_time() - start) * 1000)
    database = (ticks(pid) - before) * TICK / times
    return Cost(web=median(spent), database=database, queries=queries)
