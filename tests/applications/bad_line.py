"""A proxy between a sender and us that hangs up in the middle of what is sent."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator


class BadLine:
    """Forwards TCP. Of each connection that carries more than `cuts[0]` bytes to the server, only so many
    arrive; then the line is dead and the next number counts. With no numbers left the line is good.
    """

    def __init__(self, host: str, port: int, cuts: list[int]) -> None:
        self._to = (host, port)
        self.cuts = cuts
        self.dropped = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._over = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._over = True
        self._listening.close()

    def _accept(self) -> None:
        while not self._over:
            try:
                sender, _address = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(sender,), daemon=True).start()

    def _carry(self, sender: socket.socket) -> None:
        with sender, socket.create_connection(self._to) as server, contextlib.suppress(OSError):
            carried = 0
            while True:
                ready, _w, _x = select.select([sender, server], [], [], 10)
                if not ready:
                    return
                for line in ready:
                    piece = line.recv(16_384)
                    if not piece:
                        return
                    if line is server:
                        sender.sendall(piece)
                        continue
                    if self.cuts and carried + len(piece) > self.cuts[0]:
                        server.sendall(piece[: max(self.cuts.pop(0) - carried, 0)])
                        self.dropped += 1
                        return
                    carried += len(piece)
                    server.sendall(piece)


@contextlib.contextmanager
def bad_line(url: str, cuts: list[int]) -> Iterator[BadLine]:
    host, _colon, port = url.removeprefix("http://").partition(":")
    line = BadLine(host, int(port), cuts)
    try:
        yield line
    finally:
        line.close()
