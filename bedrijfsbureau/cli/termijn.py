"""`bedrijfsbureau termijn`: the terms of law, a date worked out, and recomputing after a rule changed."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.recompute import recompute
from bedrijfsbureau.cli.sentence import bad_input_is_status_2
from bedrijfsbureau.cli.shipped import folder
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.queries import termijnen as queries
from bedrijfsbureau.termijnen import (
    Computed,
    Extension,
    Length,
    Options,
    Rule,
    Suspension,
    apply,
    day_of,
    in_force,
    number_date,
    parse_length,
    read_own,
    rule_named,
    shipped,
    short_date,
)
from bedrijfsbureau.termijnen.apply import in_words
from bedrijfsbureau.termijnen.facts import Fact, FactKind, too_long
from bedrijfsbureau.termijnen.words import counted, euros, unlabelled

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@click.group()
def termijn() -> None:
    """Termijnen: welke regels er zijn, waarom een datum zo is, en herberekenen."""


termijn.add_command(recompute)


@termijn.command("list")
@click.option("--dossier", "number", metavar="NUMMER", help="De termijnen van dit dossier, met hun berekening.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
@bad_input_is_status_2
def list_(installation: Installation, number: str | None, as_json: bool) -> None:
    """Toon alle termijnregels en waar zij vandaan komen, of de termijnen van één dossier met de som achter elke datum.

    Eigen regels van uw organisatie staan in het bestand of de map van BEDRIJFSBUREAU_TERMIJNREGELS.
    """
    if number is None:
        rows = [_described(rule) for rule in in_force().values()]
        _print(rows, as_json, _of_rule)
        return
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found, today = queries.of_number(tx, number), day_of(tx.now)
    _print([each.to_json(today) for each in found], as_json, _of_dossier)


@termijn.command()
@click.argument("place", metavar="BESTAND", type=click.Path(exists=True, path_type=Path))
@bad_input_is_status_2
def check(place: Path) -> None:
    """Kijk een bestand of map met eigen termijnregels na, voordat u het gebruikt.

    Zegt per fout het bestand, de regel van het bestand en de termijnregel; status 2 als er iets niet klopt.
    """
    base, found = shipped(), read_own(place, shipped())
    for key, rule in found.items():
        if key not in base:
            click.echo(f"Nieuwe regel '{key}': {rule.name}.")
        for version in rule.versions if key in base else ():
            if version.origin:
                first = f" vanaf {number_date(version.valid_from)}" if version.valid_from else ""
                click.echo(f"Nieuwe versie {version.number} van '{key}'{first}: {version.length}.")
        if rule.windows_from:
            click.echo(f"Eigen waarschuwing van '{key}': {rule.warning} ervoor, dringend {rule.urgent} ervoor.")
    click.echo("Dit klopt." if found != base else "Dit klopt, maar er staat geen regel in.")


@termijn.command()
@click.argument("rule_key", metavar="RULE")
@click.option("--start", metavar="DATE", help="Eerste dag: jjjj-mm-dd of dd-mm-jjjj; bij uren met tijd (T15:30).")
@click.option("--soort", metavar="SLEUTEL", help="Reken met de instellingen van deze dossiersoort.")
@click.option("--locatie", metavar="NAAM", help="Locatie, waar de telwijze van afhangt.")
@click.option("--suspend", "suspended", metavar="FROM:UNTIL", multiple=True,
              help="Opgeschort van FROM tot UNTIL (die dag telt weer); mag vaker.")
@click.option("--extend", "extended", metavar="LENGTE", multiple=True,
              help="Verlengd, bijvoorbeeld '9 maanden' of 'vw42-4-b: 9 maanden'; mag vaker.")
@click.option("--grond", "ground", metavar="LETTER", help="Grond die een andere lengte kiest.")
@click.option("--versie", "number", type=int, metavar="NUMMER", help="Deze versie van de regel.")
@click.option("--json", "as_json", is_flag=True, help='Uitkomst als JSON: {"date": ..., "steps": [...]}.')
@bad_input_is_status_2
def explain(
    rule_key: str, start: str | None, soort: str | None, locatie: str | None, suspended: tuple[str, ...],
    extended: tuple[str, ...], ground: str | None, number: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Reken een termijn uit en zeg bij elke stap waarom.

    Status 2 als de invoer niet klopt, 1 als de regel of dossiersoort niet bestaat. Zonder --soort telt wat de bronnen
    zeggen; met --soort gelden de instellingen, en wat leeg is, staat er als 'te bevestigen'.
    """
    rule = rule_named(rule_key)
    begin = _start(start)
    settings = _settings(soort) if soort else None
    options = Options(ground, tuple(map(_suspension, suspended)), tuple(_extensions(rule, extended)))
    made = _applied(rule, begin, settings, options, locatie, number)
    if as_json:
        steps = [{"text": step.text, "on": step.on and step.on.isoformat()} for step in made.steps]
        click.echo(json.dumps({"date": made.due_on and made.due_on.isoformat(), "steps": steps}, ensure_ascii=False))
        return
    click.secho(f"{rule.name}: {short_date(made.due_on) if made.due_on else 'nog niet te berekenen'}", bold=True)
    for step in made.steps:
        click.echo(f"  {step.text}")
    if made.days:
        click.echo(f"  De dagen: {', '.join(short_date(day) for day in made.days)}.")
    click.echo(f"  Bron: {made.basis}")


def _applied(
    rule: Rule, start: date, settings: dict[str, Any] | None, options: Options, locatie: str | None, number: int | None
) -> Computed:
    if not rule.versions:
        raise _wrong(f"'{rule.key}' wordt niet berekend: {rule.start_label}.")
    version = rule.version(number) if number is not None else rule.version_on(day_of(start))
    if version is None:
        raise _wrong(f"Voor {number_date(day_of(start))} heeft de regel '{rule.key}' geen versie.")
    return apply(rule, version, start, settings, options, locatie)


def _start(text: str | None) -> date:
    if text is None:
        raise _wrong("Geef met --start de eerste dag, bijvoorbeeld --start 2026-06-12.")
    if "T" in text:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise _wrong(f"'{text[:40]}' is geen tijdstip. Schrijf het als 2026-06-12T15:30.") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return _day(text)


def _day(text: str) -> date:
    parts = text.split("-")
    try:
        if len(parts) == 3 and len(parts[2]) == 4:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(f"'{text[:40]}' is geen datum. Schrijf hem als 2026-06-12 of 12-06-2026.") from error


def _suspension(text: str) -> Suspension:
    first, colon, last = text.partition(":")
    if not colon:
        raise _wrong(f"'{text[:40]}' is geen opschorting. Schrijf haar als 2026-07-01:2026-07-11.")
    begin, end = _day(first), _day(last) if last else None
    if end is not None and end <= begin:
        raise _wrong("Een opschorting eindigt na de dag waarop zij begint.")
    return Suspension(begin, end, "opgegeven met --suspend")


def _extensions(rule: Rule, texts: Iterable[str]) -> Iterable[Extension]:
    made: list[Fact] = []
    for text in texts:
        key, colon, words = text.partition(":")
        length = parse_length(words if colon else text)
        ground = rule.extensions.get(key.strip()) if colon else None
        if colon and ground is None:
            known = ", ".join(rule.extensions) or "geen"
            raise _wrong(f"De grond '{key[:40]}' bestaat niet bij '{rule.key}'. Gronden: {known}.")
        if ground and (why := too_long(rule, None, ground, made, length)):
            raise _wrong(why)
        made.append(Fact(0, FactKind.EXTENSION, "", ground=ground.key if ground else "", length=str(length)))
        basis = unlabelled(ground.basis) if ground else "--extend"
        yield Extension(length, ground.name if ground else "opgegeven", basis)


def _settings(soort: str) -> dict[str, Any]:
    place = folder("bpmn") / soort
    if not soort.replace("-", "").isalnum() or not (place / "soort.yaml").is_file():
        known = ", ".join(sorted(each.parent.name for each in folder("bpmn").glob("*/soort.yaml")))
        raise NotFound(f"De dossiersoort '{soort[:80]}' bestaat niet. Kies uit: {known}.")
    return dict(dossiersoort.read(place).settings())


def _described(rule: Rule) -> dict[str, Any]:
    length = rule.latest.length if rule.versions else "door de rechter bepaald"
    return {
        "rule": rule.key, "term": rule.term, "name": rule.name, "start": rule.start_label, "length": length,
        "origin": rule.origin or None, "warning": _words(rule.warning), "urgent": _words(rule.urgent),
        "versions": [
            {"number": each.number, "from": each.valid_from and each.valid_from.isoformat(),
             "until": each.valid_until and each.valid_until.isoformat(), "length": each.length, "basis": each.basis,
             "to_be_confirmed": each.te_bevestigen, "origin": each.origin or None}
            for each in rule.versions
        ],
    }  # fmt: skip


def _words(length: Length | None) -> str | None:
    return str(length) if length else None


def _of_rule(row: dict[str, Any]) -> str:
    """Its newest version in words, and every file that something of it comes from."""
    newest = row["versions"][-1] if row["versions"] else None
    unsure = " (te bevestigen)" if newest and newest["to_be_confirmed"] else ""
    lines = [row["rule"], f"  {row['name']}: {in_words(row['length'])}{unsure}", f"  begin: {unlabelled(row['start'])}"]
    if row["warning"]:
        lines.append(f"  waarschuwt {row['warning']} ervoor, dringend {row['urgent']} ervoor")
    if row["origin"]:
        lines.append(f"  eigen regel, uit {row['origin']}")
    own = [each for each in row["versions"] if each["origin"] and not row["origin"]]
    lines += [f"  eigen versie {each['number']}: {each['length']}, uit {each['origin']}" for each in own]
    return "\n".join(lines)


def _of_dossier(row: dict[str, Any]) -> str:
    due = short_date(date.fromisoformat(row["date"])) if row["date"] else "nog niet te berekenen"
    lines = [f"{row['title']}: {due}", *(f"  {step['text']}" for step in row["steps"])]
    if dwangsom := row["dwangsom"]:
        most = ", het maximum" if dwangsom["is_full"] else ""
        days = counted(dwangsom["days"], "dag", "dagen")
        lines.append(f"  Dwangsom tot en met vandaag: {euros(dwangsom['euros'])} ({days}{most}).")
    return "\n".join(lines)


def _print(rows: list[dict[str, Any]], as_json: bool, shown: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(shown(row))


def _wrong(message: str) -> InvalidInput:
    return InvalidInput({}, message)
