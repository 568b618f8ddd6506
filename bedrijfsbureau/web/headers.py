"""Headers of every answer: only our own scripts and styles run, nobody frames us, nothing personal is cached."""

from flask import Flask, Response, request

from bedrijfsbureau.web.config import Config

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ONE_YEAR = 31_536_000  # seconds


def send_headers(app: Flask, config: Config) -> None:
    @app.after_request
    def _(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if config.https:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
        if request.endpoint == "static":
            stamped = "v" in request.args  # the address changes with the content: `asset` in shell.py
            response.headers["Cache-Control"] = f"max-age={ONE_YEAR}, public" if stamped else "no-cache"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
