"""A small SMTP server that remembers each letter's Message-ID, and can be told to break off."""

import re
import socketserver
import threading
import time
from collections import Counter


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink: SmtpSink = self.server.sink  # type: ignore[attr-defined]
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                if not self._letter(sink):
                    return
            elif word in (b"EHLO", b"HELO"):
                self._say("250 sink")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _letter(self, sink: "SmtpSink") -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        found = re.search(rb"(?im)^message-id:\s*(<[^>]+>)", b"".join(lines))
        if sink.should_break():
            return False  # before the letter is accepted: the connection is simply gone
        time.sleep(sink.slow)
        sink.accept(found.group(1).decode() if found else "")
        self._say("250 accepted")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class SmtpSink:
    """Use as a context manager; `taken` counts each Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.break_every = 0
        #: Seconds it takes over each letter.
        self.slow = 0.0
        self._seen = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.sink = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]

    def __enter__(self) -> "SmtpSink":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def should_break(self) -> bool:
        with self._lock:
            self._seen += 1
            return bool(self.break_every) and self._seen % self.break_every == 0

    def accept(self, message_id: str) -> None:
        with self._lock:
            self.taken[message_id] += 1
