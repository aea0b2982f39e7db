"""Copies of one thing in processes of their own, asked side by side.

For rules that calculate for many seconds: Python lets one thread of a process calculate at a time. The standard
library's pools may not be started by a worker that is itself a child of a pool, as Celery's are, so the copies are
plain child processes: the thing and the questions go there by pickle, answers and errors come back so. A copy ends
when its questions do, so none outlives its owner.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from typing import IO, Any


class CopyEnded(RuntimeError):
    """A copy ended before it answered: there was no memory left for it, or somebody stopped it."""


class Copies:
    """`ask` may be called from one thread at a time."""

    def __init__(self, copies: Sequence[subprocess.Popen[bytes]]) -> None:
        self.count = len(copies)
        self.idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for copy in copies:
            self.idle.put(copy)

    def ask(self, method: str, questions: Sequence[Any]) -> list[Any]:
        """What the thing's method answers to each, in this order. Raises what the method raises, and CopyEnded."""
        with ThreadPoolExecutor(self.count) as threads:
            return list(threads.map(lambda question: self._ask(method, question), questions))

    def _ask(self, method: str, question: Any) -> Any:
        copy = self.idle.get()
        try:
            _send(copy.stdin, (method, question))
            is_answer, answer = pickle.load(_is_there(copy.stdout))  # noqa: S301  our own process wrote it
        except (EOFError, pickle.UnpicklingError) as error:
            raise CopyEnded(f"A copy ended with {copy.wait()}") from error
        finally:
            self.idle.put(copy)
        if is_answer:
            return answer
        raise answer


@contextmanager
def copies_of(thing: object, count: int) -> Iterator[Copies]:
    """`thing` is of a class that a module has, and can be pickled."""
    with ExitStack() as stack:
        copies = [stack.enter_context(_started()) for _number in range(count)]
        for copy in copies:
            _send(copy.stdin, thing)
        yield Copies(copies)


@contextmanager
def _started() -> Iterator[subprocess.Popen[bytes]]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    command = [sys.executable, "-m", "apps.core.copies"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=env) as copy:  # noqa: S603  a constant
        try:
            yield copy
        finally:
            copy.kill()
            with suppress(BrokenPipeError):  # what it did not read is lost with it
                _is_there(copy.stdin).close()


def _is_there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise CopyEnded("A copy was started without pipes")
    return pipe


def _send(pipe: IO[bytes] | None, what: object) -> None:
    try:
        pickle.dump(what, _is_there(pipe), pickle.HIGHEST_PROTOCOL)
        _is_there(pipe).flush()
    except BrokenPipeError as error:
        raise CopyEnded("A copy ended before it was asked") from error


def _answer(thing: object, method: str, question: Any) -> tuple[bool, Any]:
    try:
        return True, getattr(thing, method)(question)
    except Exception as error:
        return False, error


def main() -> None:
    """Whatever the rules or their libraries print goes to standard error: the answers have the other pipe alone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    thing = pickle.load(questions)  # noqa: S301  our own parent wrote it, as it does all that follows
    gc.disable()  # looking for garbage in a large thing, again and again, would take a fifth of the time
    while True:
        try:
            method, question = pickle.load(questions)  # noqa: S301
        except EOFError:
            return
        _send(answers, _answer(thing, method, question))


if __name__ == "__main__":
    main()
