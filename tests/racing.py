"""Two or more at once: real threads, real connections, real locks."""

import threading
from collections.abc import Callable
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
