"""Asking clamd about a file by INSTREAM: the content goes over the wire, clamd reads no path of ours."""

import socket
import struct
import time
from contextlib import suppress

PIECE = 64 * 1024
LONGEST_REPLY = 4096


class ScannerAway(OSError):
    """No verdict: not there, too slow, too busy, or its size limit is below ours. Ask again later."""


def find_harm(content: bytes, *, address: str, patience: float) -> str:
    """The name of what clamd found, or "" when it found nothing. All together take `patience` seconds.

    A clamd whose size limit is passed answers and hangs up while we still send: its answer is read
    even then.
    """
    until = time.monotonic() + patience
    try:
        with _connect(address, patience) as line:
            with suppress(BrokenPipeError, ConnectionResetError):  # the reply says why
                _send(line, content, until)
            return _verdict(_reply(line, until))
    except ScannerAway:
        raise
    except OSError as error:
        raise ScannerAway(str(error)) from error


def _connect(address: str, patience: float) -> socket.socket:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        line.connect(address.removeprefix("unix:"))
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=patience)


def _wait(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise ScannerAway("too slow")
    line.settimeout(left)


def _send(line: socket.socket, content: bytes, until: float) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        _wait(line, until)
        piece = content[start : start + PIECE]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _reply(line: socket.socket, until: float) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < LONGEST_REPLY:
        _wait(line, until)
        piece = line.recv(1024)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(reply: str) -> str:
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    if reply == "stream: OK":
        return ""
    raise ScannerAway(reply or "no answer")
