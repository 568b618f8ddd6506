"""A browser without a screen, over real HTTP: cookies, the token of a page, forms and files."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO, Any, NamedTuple

from tests.e2e.office import PASSWORD

BOUNDARY = "grens-van-een-deel"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Answer(NamedTuple):
    status: int
    text: str
    location: str
    retry_after: str | None = None


class _Here(urllib.request.HTTPRedirectHandler):
    """Stays where it is: a redirect is the answer."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Client:
    def __init__(self, address: str, username: str) -> None:
        self.address, self.token = address, ""
        without_proxy = urllib.request.ProxyHandler({})
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(without_proxy, cookies, _Here)
        self.get("/inloggen")
        assert self.post("/inloggen", gebruikersnaam=username, wachtwoord=PASSWORD).status == 302
        self.get("/werkvoorraad")

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: Any) -> Answer:
        """Fields as a form sends them, with the token of the last page that had one."""
        body = urllib.parse.urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        return self.send(path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, filename: str, content: bytes, **fields: str) -> Answer:
        parts = [_part(f'name="{name}"', text.encode()) for name, text in {"csrf_token": self.token, **fields}.items()]
        parts.append(_part(f'name="bestand"; filename="{filename}"', content))
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        return self.send(path, body, f"multipart/form-data; boundary={BOUNDARY}")

    def send(self, path: str, body: bytes, media_type: str) -> Answer:
        return self._ask(urllib.request.Request(self.address + path, body, {"Content-Type": media_type}))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode(errors="replace")
            if found := TOKEN.search(text):
                self.token = found[1]
            return Answer(answer.status, text, answer.headers.get("Location", ""), answer.headers.get("Retry-After"))


def _part(disposition: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"
