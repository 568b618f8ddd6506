"""`bedrijfsbureau policy settings|set`: the instellingen of a policy, shown, filled in and confirmed."""

import json

import click

from bedrijfsbureau.actions.drafting import policy_drafts, policy_instellingen
from bedrijfsbureau.actions.drafting.policy_instellingen import Filled
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.policies import draft_of, person, version_of
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import reading
from bedrijfsbureau.dossiersoort import instelling_in, instellingen_in
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM


@click.command()
@click.argument("soort")
@click.option("--version", "number", type=int, help="Nummer van de versie; zonder: die vandaag geldt.")
@click.option("--draft", is_flag=True, help="Het concept in plaats van een versie.")
@click.option("--unsure", is_flag=True, help="Alleen wat nog te bevestigen is.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def settings(
    installation: Installation, soort: str, number: int | None, draft: bool, unsure: bool, as_json: bool
) -> None:
    """Toon de instellingen: naam, waarde, betekenis, en of iemand de waarde heeft bevestigd."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        content = draft_of(tx, soort).policy if draft else version_of(tx, soort, number).content["policy"]
    found = [each for each in instellingen_in(content) if each.te_bevestigen or not unsure]
    if as_json:
        rows = [
            {"name": each.name, "type": each.field.type.value, "value": each.value, "meaning": each.meaning,
             "standing": each.standing, "te_bevestigen": each.te_bevestigen} for each in found
        ]  # fmt: skip
        click.echo(json.dumps({"dossiersoort": soort, "instellingen": rows}, ensure_ascii=False))
        return
    for each in found:
        click.echo(f"{each.name}: {each.shown}{' (te bevestigen)' if each.te_bevestigen else ''}")
        click.echo(f"  {each.meaning}")
    word = "instelling" if len(found) == 1 else "instellingen"
    click.echo(f"{len(found)} {word}, {sum(each.te_bevestigen for each in found)} te bevestigen.")


@click.command("set")
@click.argument("soort")
@click.argument("name")
@click.argument("value")
@click.option("--by", "username", required=True, help="Gebruikersnaam van de proceseigenaar die dit doet.")
@click.option("--basis", help="Waarop de waarde berust: een wet, een artikel, een afspraak met een datum.")
@click.option("--confirmed", is_flag=True, help="De waarde is bevestigd; zonder blijft zij te bevestigen.")
@with_installation
def set_(
    installation: Installation, soort: str, name: str, value: str, username: str, basis: str | None, confirmed: bool
) -> None:
    """Vul een instelling in het concept in, dat zo nodig wordt begonnen. Een lege waarde is: niet ingevuld."""
    with installation.database() as database:
        actor = person(database, username)
        with reading(database, actor, now()) as tx:
            draft = policy_drafts.draft_of(tx, soort)
        draft = draft or perform(database, actor, now(), policy_drafts.begin, soort)
        found = instelling_in(draft.policy, name)
        if found is None:
            raise NotFound(f"Instelling '{name}' staat niet in het beleid van {soort}.")
        filled = Filled(value, found.meaning, basis or found.standing, not confirmed)
        try:
            saved = perform(database, actor, now(), policy_instellingen.save_instelling, draft.id, name, filled)
        except InvalidInput as error:
            said = " ".join(message for messages in error.fields.values() for message in messages)
            raise InvalidInput(error.fields, said) from error
    kept = instelling_in(saved.policy, name)
    assert kept is not None
    click.echo(f"{name}: {kept.shown}{'' if confirmed else ' (te bevestigen)'}, bewaard in het concept van {soort}.")
