"""`bedrijfsbureau serve`: the web application."""

from typing import Any

import click
from waitress.server import create_server

from bedrijfsbureau.cli import schema
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.web import Config, create_app


@click.command()
@click.option("--host", default="127.0.0.1", help="Adres om op te luisteren.")
@click.option("--port", default=8080, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, type=click.IntRange(1, 64))
@click.option("--proxy", help="Adres van de proxy die zegt voor wie hij vraagt (X-Forwarded-For), zoals 127.0.0.1.")
@click.option("--plain-http", is_flag=True, help="Zonder TLS ervoor: cookies reizen dan onversleuteld.")
@with_installation
def serve(installation: Installation, host: str, port: int, threads: int, proxy: str | None, plain_http: bool) -> None:
    """Start de webapplicatie. Zet er voor gebruik buiten deze machine een proxy met TLS voor."""
    database = installation.open()
    if not schema.is_current(database.engine):
        raise DatabaseUnavailable("De database heeft een ouder schema. Voer eerst uit: bedrijfsbureau db upgrade")
    click.echo(f"http://{host}:{port}/")
    listen(database, Config(https=not plain_http), host, port, threads, proxy).run()


def listen(  # type: ignore[no-untyped-def]  # waitress has no types
    database: Database, config: Config, host: str, port: int, threads: int = 8, proxy: str | None = None
):
    """A server that has bound its port. Raises OSError when the port is taken."""
    app = create_app(database, config)
    behind: dict[str, Any] = {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}
    largest = app.config["MAX_CONTENT_LENGTH"] * 2  # up to here the application itself says that it is too large
    return create_server(
        app, host=host, port=port, threads=threads, max_request_body_size=largest, ident=None,
        clear_untrusted_proxy_headers=True, **behind,
    )  # fmt: skip
