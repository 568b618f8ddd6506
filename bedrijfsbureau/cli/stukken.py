"""`bedrijfsbureau stukken`: look whether all bytes are there, and put files that came in into the postvak."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from sqlalchemy import select

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.post.incoming import About, keep
from bedrijfsbureau.actions.post.receiving import receive
from bedrijfsbureau.actions.work import scrubbing
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.errors import InvalidInput, UploadRefused
from bedrijfsbureau.model import SYSTEM, Dossier, IncomingState, IncomingStuk, Locatie
from bedrijfsbureau.queries.incoming import suggested

NO_LOCATIE = "Bij welke locatie hoort dit? De naam noemt geen dossier. Zeg het met --locatie."


@click.group()
def stukken() -> None:
    """Stukken nakijken, en post zonder dossier in het postvak leggen."""


@stukken.command()
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def verify(installation: Installation, as_json: bool) -> None:
    """Lees alle stukken opnieuw en vergelijk ze met hun hash. Status 1 als er een weg of beschadigd is.

    Wees (geen rij noemt de inhoud) en onaf zijn resten van een afgebroken upload; daar is niets aan verloren.
    """
    with installation.database() as database:
        outcome = scrubbing.verify(database, now())
    if as_json:
        click.echo(json.dumps({**asdict(outcome), "whole": outcome.is_whole}, ensure_ascii=False))
    else:
        named = {
            "weg": outcome.missing,
            "beschadigd": outcome.damaged,
            "wees": outcome.orphans,
            "onaf": outcome.unfinished,
        }
        for word, found in named.items():
            for each in found:
                click.echo(f"{word:<11} {each}")
        sums = ", ".join(f"{len(found)} {word}" for word, found in named.items())
        click.echo(f"{outcome.checked} nagekeken: {sums}.")
    sys.exit(0 if outcome.is_whole else 1)


@stukken.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--locatie", help="Locatie; niet nodig als er maar één is of de naam een dossier noemt.")
@click.option("--from", "source", default="post", help="Van wie de stukken kwamen.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def inbox(installation: Installation, paths: tuple[Path, ...], locatie: str | None, source: str, as_json: bool) -> None:
    """Leg bestanden, of alles uit een map, in het postvak. Een fout bestand wordt gemeld; de andere komen binnen.

    Wat al in het postvak ligt, komt er niet nog eens bij. Status 1 als er een bestand is geweigerd.
    """
    files = list(_files(paths))
    outcomes = []
    with installation.database() as database:
        place = _place(database, locatie)
        for file in track(files, "Inlezen", disable=as_json or not sys.stderr.isatty(), console=Console(stderr=True)):
            outcomes.append(_take_in(database, file, place, source))
    if as_json:
        click.echo(json.dumps(outcomes, ensure_ascii=False))
    else:
        for outcome in outcomes:
            click.echo(
                f"{outcome['file']}: {outcome['message'] or outcome['state']}", err=outcome["state"] == "geweigerd"
            )
    sys.exit(1 if any(outcome["state"] == "geweigerd" for outcome in outcomes) else 0)


def _take_in(database: Database, file: Path, locatie_id: int | None, source: str) -> dict[str, Any]:
    """{file, state, id, suggestions, message} of one file."""
    name = file.name.encode(errors="replace").decode()
    said: dict[str, Any] = {"file": name, "state": "geweigerd", "id": None, "suggestions": [], "message": ""}
    try:
        with file.open("rb") as content:
            received = receive(database, content, file.name)
        with reading(database, SYSTEM, now()) as tx:
            found = suggested(tx, [received.filename])[received.filename]
            ids = [each.dossier_id for each in found]
            own = set(tx.session.scalars(select(Dossier.locatie_id).where(Dossier.id.in_(ids))))
            place = locatie_id or (own.pop() if len(own) == 1 else None)
            if place is None:
                raise UploadRefused(NO_LOCATIE)
            lies = select(IncomingStuk.id).where(IncomingStuk.sha256 == received.stored.sha256)
            lies = lies.where(IncomingStuk.locatie_id == place, IncomingStuk.state != IncomingState.GEKOPPELD)
            known = tx.session.scalar(lies.limit(1))
        if known is not None:
            return {**said, "state": "lag er al", "id": known}
        about = About(now().astimezone(AMSTERDAM).date(), source)
        row = perform(database, SYSTEM, now(), keep, received, about, locatie_id=place)
    except (UploadRefused, OSError) as error:
        return {**said, "message": str(error)}
    return {**said, "state": row.state.value, "id": row.id, "suggestions": [each.number for each in found]}


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Those of a folder in order of name, without what is hidden or lies deeper."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (each for each in inside if each == path or (each.is_file() and not each.name.startswith(".")))


def _place(database: Database, name: str | None) -> int | None:
    with reading(database, SYSTEM, now()) as tx:
        ids = {row[1]: row[0] for row in tx.session.execute(select(Locatie.id, Locatie.name))}
    if name is not None and name not in ids:
        raise InvalidInput({}, f"Locatie '{name}' bestaat niet. Kies uit: {', '.join(sorted(ids)) or 'geen'}.")
    if name is not None:
        return ids[name]
    return next(iter(ids.values())) if len(ids) == 1 else None
