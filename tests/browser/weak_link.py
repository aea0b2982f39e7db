"""A bad mobile link in front of the test server: slow, far away, and losing one request in ten.

It stands between browser and server rather than in the browser, so that the service worker suffers too
and an answer can be lost after the server has acted.
"""

import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

#: 400 ms there and back, 50 kbit/s in either direction, 10 % of the requests lost.
ONE_WAY, BYTES_A_SECOND, LOST = 0.2, 50_000 / 8, 0.1
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "upgrade"}


class WeakLink(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, server: str, seed: int) -> None:
        super().__init__(("localhost", 0), Handler)
        self.behind = urlsplit(server).netloc
        self.chance = random.Random(seed)
        self.air = threading.Lock()
        self.is_weak = False
        self.lost: list[str] = []
        #: Beside what chance takes: the first request of each of these ends so.
        self.doomed: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"

    def fate(self, request: str) -> str:
        """Whether a request arrives, is lost on its way, or loses its answer."""
        if not self.is_weak:
            return "arrives"
        with self.air:
            drawn = self.chance.random()
        fate = "arrives" if drawn >= LOST else "never arrives" if drawn < LOST / 2 else "loses its answer"
        fate = next((self.doomed.pop(each) for each in list(self.doomed) if re.search(each, request)), fate)
        if fate == "arrives":
            return fate
        self.lost.append(f"{request} {fate}")
        return fate

    def carry(self, data: bytes) -> bytes:
        """Take as long as the link does: far away, and one thing at a time."""
        if self.is_weak:
            time.sleep(ONE_WAY)
            with self.air:
                time.sleep(len(data) / BYTES_A_SECOND)
        return data


class Handler(BaseHTTPRequestHandler):
    server: WeakLink

    def handle_request(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        fate = self.server.fate(f"{self.command} {self.path}")
        self.close_connection = True
        self.server.carry(bytes(self.headers) + body)
        if fate == "never arrives":
            return
        line = HTTPConnection(self.server.behind, timeout=30)
        line.request(self.command, self.path, body, dict(self.headers.items()))
        answer = line.getresponse()
        content = self.server.carry(answer.read())
        line.close()
        if fate == "arrives":
            self.pass_on(answer, content)

    def pass_on(self, answer: HTTPResponse, content: bytes) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser went on to another page
            self.wfile.write(content)

    def do_GET(self) -> None:
        self.handle_request()

    do_POST = do_PATCH = do_DELETE = do_HEAD = do_GET

    def log_message(self, *args: object) -> None:
        """A line for each request would bury what pytest has to say."""


@contextmanager
def weak_link(server: str, seed: int) -> Iterator[WeakLink]:
    link = WeakLink(server, seed)
    thread = threading.Thread(target=link.serve_forever, daemon=True)
    thread.start()
    yield link
    link.shutdown()
    link.server_close()
    thread.join()
