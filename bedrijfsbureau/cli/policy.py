"""`bedrijfsbureau policy`: policies as files, checked, compared, tried on all running dossiers, and published."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings, policy_publishing
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.checks import Comparison, Finding
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.policies import draft_of, person, read_policy, version_of
from bedrijfsbureau.cli.policy_settings import set_, settings
from bedrijfsbureau.cli.trying import try_out
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import reading
from bedrijfsbureau.dossiersoort import exchange
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import SYSTEM, DraftStatus

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
FILE = click.argument("file", type=click.Path(path_type=Path))
SOORT = click.argument("soort")
BY = click.option("--by", "username", required=True, help="Gebruikersnaam van de proceseigenaar die dit doet.")
VERSION = click.option("--version", "number", type=int, help="Nummer van de versie; zonder: die vandaag geldt.")


@click.group()
def policy() -> None:
    """Compleetheidsbeleid: exporteren, inlezen, controleren, vergelijken, proberen en publiceren."""


policy.add_command(try_out)
policy.add_command(settings)
policy.add_command(set_)


@policy.command()
@SOORT
@VERSION
@click.option("--draft", is_flag=True, help="Het concept in plaats van een versie.")
@with_installation
def export(installation: Installation, soort: str, number: int | None, draft: bool) -> None:
    """Schrijf het beleid als YAML, compleet met alle regels, om het elders te bewerken."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        content = draft_of(tx, soort).policy if draft else version_of(tx, soort, number).content["policy"]
        click.echo(exchange.write_policy(content), nl=False)


@policy.command("import")
@SOORT
@FILE
@BY
@with_installation
def import_(installation: Installation, soort: str, file: Path, username: str) -> None:
    """Zet het beleid in een bestand in het concept van deze dossiersoort; er gaat nog niets gelden."""
    content = read_policy(file)
    with installation.database() as database:
        actor = person(database, username)
        begins = content.get("geldig_vanaf")
        day = max(date.fromisoformat(str(begins)), now().date()) if begins else None
        draft = perform(database, actor, now(), policy_drafts.replace, soort, content, day)
        with reading(database, actor, now()) as tx:
            found = policy_findings.findings(tx, policy_drafts.newest_policy(tx, soort), content)
    click.echo(f"Concept van {soort}: {len(content['punten'])} punten, bewaard door {draft.saved_by}.")
    print_findings(found)


@policy.command()
@SOORT
@click.argument("file", required=False, type=click.Path(path_type=Path))
@AS_JSON
@with_installation
def check(installation: Installation, soort: str, file: Path | None, as_json: bool) -> None:
    """Zeg per punt wat er mis is met het concept, of met een bestand. Status 1 bij een fout."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        content = read_policy(file) if file else draft_of(tx, soort).policy
        found = policy_findings.findings(tx, policy_drafts.newest_policy(tx, soort), content)
    if as_json:
        rows = [{"code": f.code, "field": f.field, "severity": f.severity, "message": f.message} for f in found]
        click.echo(json.dumps({"dossiersoort": soort, "findings": rows}, ensure_ascii=False))
    else:
        print_findings(found)
    sys.exit(1 if any(finding.severity == "error" for finding in found) else 0)


@policy.command()
@SOORT
@click.argument("file", required=False, type=click.Path(path_type=Path))
@VERSION
@AS_JSON
@with_installation
def compare(installation: Installation, soort: str, file: Path | None, number: int | None, as_json: bool) -> None:
    """Zeg per punt en per veld wat het concept, of een bestand, anders zegt dan een versie."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        content = read_policy(file) if file else draft_of(tx, soort).policy
        found = checks.compare(version_of(tx, soort, number).content["policy"], content, checks.titles())
    click.echo(json.dumps(as_rows(found), ensure_ascii=False)) if as_json else print_comparison(found)


@policy.command()
@SOORT
@BY
@click.option("--remark", default="", help="Opmerking bij de goedkeuring.")
@with_installation
def publish(installation: Installation, soort: str, username: str, remark: str) -> None:
    """Keur het concept goed en publiceer het. Dat doet een andere proceseigenaar dan wie eraan werkte."""
    with installation.database() as database:
        actor = person(database, username)
        with reading(database, actor, now()) as tx:
            draft = draft_of(tx, soort)
        if draft.status is DraftStatus.CONCEPT:
            raise InvalidInput(
                {}, "Dit concept is nog niet aangeboden. Bied het eerst aan met 'policy offer'."
            )
        version = perform(database, actor, now(), policy_publishing.publish, draft.id, remark)
    click.echo(f"Beleid versie {version.number} van {soort} geldt vanaf {version.valid_from:%d-%m-%Y}.")


@policy.command()
@SOORT
@BY
@click.option("--note", help="Wat er verandert en waarom.")
@with_installation
def offer(installation: Installation, soort: str, username: str, note: str | None) -> None:
    """Bied het concept aan een tweede paar ogen aan."""
    with installation.database() as database:
        actor = person(database, username)
        with reading(database, actor, now()) as tx:
            draft = draft_of(tx, soort)
        if note is not None:
            perform(
                database, actor, now(), policy_drafts.save_terms, draft.id, valid_from=draft.valid_from,
                transition=draft.transition, note=note, counts_from=draft.policy.get("peildatum"),
            )  # fmt: skip
        perform(database, actor, now(), policy_drafts.offer, draft.id)
    click.echo(f"Het concept van {soort} is aangeboden.")


def print_findings(found: list[Finding]) -> None:
    for finding in found:
        weight = "fout" if finding.severity == "error" else "advies"
        where = " ".join(filter(None, (weight, finding.code, f"({finding.field})" if finding.field else "")))
        click.echo(f"  {where}: {finding.message}")
    count = len(found)
    click.echo({0: "Geen bevindingen.", 1: "1 bevinding."}.get(count, f"{count} bevindingen."))


def as_rows(found: Comparison) -> dict[str, Any]:
    return {
        "rows": [
            {"code": row.code, "title": row.title, "kind": row.kind.value,
             "fields": [{"label": f.label, "old": f.old, "new": f.new} for f in row.fields]}
            for row in found.rows
        ],
        "instellingen": [{"label": f.label, "old": f.old, "new": f.new} for f in found.instellingen],
        "reordered": found.reordered,
    }  # fmt: skip


def print_comparison(found: Comparison) -> None:
    for row in found.rows:
        click.secho(f"{row.code} {row.title}: {row.kind}", bold=True)
        for field in row.fields if row.kind == "gewijzigd" else ():
            click.echo(f"  {field.label}: {field.old or 'niets'} → {field.new or 'niets'}")
    for setting in found.instellingen:
        click.secho(f"Instelling {setting.label}", bold=True)
        click.echo(f"  {setting.old or 'niets'} → {setting.new or 'niets'}")
    if found.reordered:
        click.echo("De volgorde van de punten is anders.")
    if not found:
        click.echo("Er is geen verschil.")
