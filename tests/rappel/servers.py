"""A mail server and a web server on this machine, that keep what they get and say what they are told to say."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class Got:
    """`answer`: of the mail server to the content of a message, of the web server a status."""

    address: str = ""
    answer: str = "250 Ok"
    status: int = 204
    messages: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Got]:
    """The few words of RFC 5321 that a client needs."""
    got = Got()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 hier")
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("RCPT"):
                    address = line.partition("<")[2].partition(">")[0]
                    if "weg" in address:
                        self.say("550 onbekend")
                        continue
                    got.recipients.append(address)
                elif word == "DATA":
                    self.say("354 ga door")
                    content = b""
                    while not content.endswith(b"\r\n.\r\n"):
                        content += self.rfile.readline()
                    got.messages.append(content)
                    if got.answer == "":
                        return  # goes away without a word
                    self.say(got.answer)
                    continue
                self.say("221 dag" if word == "QUIT" else "250 goed")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with _serving(socketserver.TCPServer(("127.0.0.1", 0), Talk)) as port:
        got.address = f"smtp://127.0.0.1:{port}"
        yield got


@contextmanager
def web_server() -> Iterator[Got]:
    got = Got()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.messages.append(self.rfile.read(int(self.headers["Content-Length"])))
            got.headers.append(dict(self.headers))
            self.send_response(got.status)
            if got.status == 302:
                self.send_header("Location", "http://127.0.0.1:1/elders")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with _serving(HTTPServer(("127.0.0.1", 0), Answer)) as port:
        got.address = f"http://127.0.0.1:{port}/rappels"
        yield got


@contextmanager
def _serving(server: Any) -> Iterator[int]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
