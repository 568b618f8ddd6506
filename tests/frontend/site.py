"""A small server with the built assets and whatever pages a test gives it, under the application's own CSP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bedrijfsbureau.web.headers import CONTENT_SECURITY_POLICY

ROOT = Path(__file__).parents[2]
DIST = ROOT / "bedrijfsbureau" / "web" / "static" / "dist"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".map": "application/json"}


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Site:
    """Answers `pages` (path -> type and body, or a function of the request); keeps what was posted."""

    url: str = ""
    pages: dict[str, tuple[str, str] | Callable[[Request], tuple[int, str, str]]] = field(default_factory=dict)
    posted: list[Request] = field(default_factory=list)

    def show(self, body: str, head: str = "", path: str = "/") -> str:
        """Puts a page at `path` and returns its address."""
        head = f"<title>test</title><link rel=stylesheet href=/dist/fonts.css><link rel=icon href=data:,>{head}"
        document = f"<!doctype html><html lang=nl><head>{head}</head><body>{body}</body></html>"
        self.pages[path] = ("text/html; charset=utf-8", document)
        return self.url + path

    def answer(self, request: Request) -> tuple[int, str, bytes]:
        path = request.path.partition("?")[0]
        if path.startswith("/dist/"):
            file = DIST / path.removeprefix("/dist/")
            return 200, TYPES.get(file.suffix, "text/plain"), file.read_bytes()
        page = self.pages[path]
        status, kind, body = page(request) if callable(page) else (200, *page)
        return status, kind, body.encode()


@contextmanager
def serve() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            request = Request(self.path, dict(self.headers.items()), body)
            if self.command == "POST":
                site.posted.append(request)
            status, kind, content = site.answer(request)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the names http.server calls

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: a test that fails says itself what was wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
