"""Two or more at once: real threads, real connections, real locks."""

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection


def race(*rivals: Callable[[], Any]) -> list[Any]:
    """Run all rivals at the same moment; return what each returned or raised, in their order."""
    start = threading.Barrier(len(rivals))
    results: list[Any] = [None] * len(rivals)

    def run(number: int, rival: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=10)
            results[number] = rival()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


RIVALS, ROUNDS = 8, 50


def rounds(prepare: Callable[[], Any], rival: Callable[[int, Any], Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Fifty times: prepare something, let eight rivals at it at the same moment, tell what each got.

    The rivals keep their threads and connections from round to round, so that nobody is late
    because their connection was. Leave early and no more rounds are run.
    """
    gate = threading.Barrier(RIVALS + 1)
    shared: dict[str, Any] = {}

    def run(number: int) -> None:
        try:
            while True:
                gate.wait(timeout=60)
                if shared["is_over"]:
                    return
                try:
                    shared["results"][number] = rival(number, shared["thing"])
                except Exception as error:
                    shared["results"][number] = error
                gate.wait(timeout=60)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(RIVALS)]
    for thread in threads:
        thread.start()
    try:
        for _round in range(ROUNDS):
            shared.update(thing=prepare(), results=[None] * RIVALS, is_over=False)
            gate.wait(timeout=60)
            gate.wait(timeout=60)
            yield shared["thing"], shared["results"]
    finally:
        shared["is_over"] = True
        gate.wait(timeout=60)
        for thread in threads:
            thread.join(timeout=30)


#: PostgreSQL takes a hundred connections as it comes: a crowd leaves room for everybody else.
AT_ONCE = 32


def crowd(rivals: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run far more rivals than there can be connections: 32 threads start at one moment, and each takes
    the next rival when it is done with one. Returns what each returned or raised, in their order.
    """
    gate = threading.Barrier(AT_ONCE)
    results: list[Any] = [None] * len(rivals)
    turns = itertools.count()

    def run() -> None:
        try:
            gate.wait(timeout=60)
            while (number := next(turns)) < len(rivals):
                try:
                    results[number] = rivals[number]()
                except Exception as error:
                    results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results
