"""Asking a virus scanner: the INSTREAM command of clamd, over TCP or a local socket.

The protocol (clamd(8)): `zINSTREAM` and a zero byte; then the file in chunks, each after its length in four bytes, most
significant first; a length of zero ends it. The answer is "stream: OK", "stream: NAME FOUND", or a sentence that ends
in "ERROR", such as "INSTREAM size limit exceeded. ERROR", after which clamd closes the connection.
"""

import enum
import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

CHUNK = 1 << 16
LONGEST_ANSWER = 4096


class Verdict(enum.StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    TOO_BIG = "too big"
    AWAY = "away"  # no answer, or none that means anything: ask again later


@dataclass(frozen=True)
class Scanner:
    """`address`: tcp://host:port or unix:///path. Raises ValueError for anything else."""

    address: str
    seconds: float = 30.0  # without an answer

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        is_known = parts.path if parts.scheme == "unix" else parts.scheme == "tcp" and parts.hostname and parts.port
        if not is_known:
            raise ValueError(self.address)

    def scan(self, stream: IO[bytes]) -> tuple[Verdict, str]:
        """The verdict, and what the scanner said: the name of what it found, or why it gave no answer."""
        try:
            with closing(self._connected()) as connection:
                return _judged(_ask(connection, stream))
        except OSError as error:
            return Verdict.AWAY, f"{type(error).__name__}: {error}"

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "tcp":
            return socket.create_connection((parts.hostname or "", parts.port or 0), self.seconds)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(self.seconds)
            connection.connect(parts.path)
        except BaseException:
            connection.close()
            raise
        return connection


def _ask(connection: socket.socket, stream: IO[bytes]) -> bytes:
    try:
        connection.sendall(b"zINSTREAM\0")
        while chunk := stream.read(CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError) as error:
        answer = _answer(connection)  # it may have said why it stopped listening
        if not answer:
            raise error
        return answer
    return _answer(connection)


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        try:
            more = connection.recv(LONGEST_ANSWER)
        except ConnectionResetError:
            break
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0\n")


def _judged(answer: bytes) -> tuple[Verdict, str]:
    said = answer.decode(errors="replace").removeprefix("stream: ")
    if said == "OK":
        return Verdict.CLEAN, ""
    if said.endswith(" FOUND"):
        return Verdict.FOUND, said.removesuffix(" FOUND")[:200]
    if "size limit exceeded" in said:
        return Verdict.TOO_BIG, said[:200]
    return Verdict.AWAY, said[:200] or "geen antwoord"
