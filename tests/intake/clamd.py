"""A virus scanner that speaks INSTREAM over a real socket, and answers as it is told."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Clamd:
    """`answer`: what it says of a file; None closes without a word. `most`: bytes after which it stops listening."""

    def __init__(self, answer: str | None = "stream: OK", most: int = 1 << 30) -> None:
        self.answer, self.most = answer, most
        self.seen: list[bytes] = []

    @contextmanager
    def listening(self, path: Path | None = None) -> Iterator[str]:
        """Its address."""
        clamd = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                clamd.talk(self.rfile, self.connection)

        family = socketserver.ThreadingTCPServer if path is None else socketserver.ThreadingUnixStreamServer
        with family(("127.0.0.1", 0) if path is None else str(path), Handler) as server:  # type: ignore[arg-type]
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
            finally:
                server.shutdown()
                thread.join()

    def talk(self, asked: object, connection: socket.socket) -> None:
        read = asked.read  # type: ignore[attr-defined]
        assert read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", read(4))[0]:
            content += read(length)
            if len(content) > self.most:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        if self.answer is not None:
            connection.sendall(self.answer.encode() + b"\0")
