"""A dossier as `dossier show` says it: each check with its evidence, and what becomes true if something comes in."""

from collections.abc import Mapping
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.stuk_rows import named_kinds
from bedrijfsbureau.actions.what_if import Outcome, WhatIf, says, what_if
from bedrijfsbureau.checks import Verdict
from bedrijfsbureau.model import Json, Stuk, Verzoek, Vrijstelling


def shown(at_hand: AtHand) -> dict[str, Any]:
    """For a program; `at_hand` is loaded to read."""
    dossier, found = at_hand.dossier, what_if(at_hand)
    return {
        "number": dossier.number,
        "dossiersoort": dossier.dossiersoort,
        "regime": dossier.regime,
        "stage": dossier.stage.value,
        "heading": dossier.heading,
        "gehoor_op": dossier.gehoor_op and dossier.gehoor_op.isoformat(),
        "policy_version": at_hand.kind.policy_number,
        "process_version": at_hand.kind.process_number,
        "planbaar": found.readiness.planbaar,
        "behandelklaar": found.readiness.behandelklaar,
        "setback": dossier.setback,
        "tasks": [{"element": task.element, "name": task.name, "team": task.team} for task in dossier.tasks],
        "items": [_item(at_hand, verdict, found) for verdict in found.verdicts],
        "if_it_arrives": [
            {
                "stuk": arrival.stuk, "name": arrival.name, "partij": arrival.party, "codes": list(arrival.codes),
                **_outcome(found, arrival.outcome),
            }
            for arrival in found.arrivals
        ],
    }  # fmt: skip


def _item(at_hand: AtHand, verdict: Verdict, found: WhatIf) -> Json:
    kept = at_hand.dossier.verdicts.get(verdict.code, {})
    kinds = named_kinds(verdict.rule.check, at_hand.kind.soort.stukken)
    same = kept.get("state") == verdict.state.value
    return {
        "code": verdict.code,
        "title": verdict.title,
        "state": verdict.state.value,
        "reason": verdict.message,
        "basis": verdict.basis,
        "partij": verdict.partij,
        "since": kept["since"] if same else at_hand.tx.now.isoformat(),
        "phase": verdict.phase,
        "blocks": verdict.blocks,
        "missing": list(verdict.missing),
        "waiver": verdict.waiver,
        "four_eyes": verdict.rule.four_eyes,
        "evidence": [_stuk(stuk) for stuk in at_hand.dossier.stukken if stuk.soort in kinds],
        "verzoeken": [_verzoek(each) for each in at_hand.dossier.verzoeken if each.code == verdict.code],
        "vrijstellingen": [_vrijstelling(v) for v in at_hand.dossier.vrijstellingen if v.code == verdict.code],
        "if_in_order": _outcome(found, found.items[verdict.code]) if verdict.code in found.items else None,
    }


def _stuk(stuk: Stuk) -> Json:
    return {
        "stuk": stuk.id, "soort": stuk.soort, "state": stuk.state.value, "received_on": stuk.received_on.isoformat(),
        "valid_until": stuk.valid_until and stuk.valid_until.isoformat(),
        "version": stuk.versions[-1].number if stuk.versions else None,
        "sha256": stuk.versions[-1].sha256 if stuk.versions else None,
    }  # fmt: skip


def _verzoek(row: Verzoek) -> Json:
    return {
        "partij": row.partij, "asked_on": row.asked_on.isoformat(), "reminders": row.reminders, "open": row.is_open,
    }  # fmt: skip


def _vrijstelling(row: Vrijstelling) -> Json:
    state = "ingetrokken" if row.withdrawn_at else "aangevraagd" if row.is_asked else "gegeven"
    return {
        "state": state, "ground": row.ground, "reason": row.reason, "by": row.granted_by,
        "confirmed_by": row.confirmed_by, "valid_until": row.valid_until.isoformat(),
    }  # fmt: skip


def _outcome(found: WhatIf, outcome: Outcome) -> Json:
    return {
        "then": in_words(found, outcome), "planbaar": outcome.readiness.planbaar,
        "behandelklaar": outcome.readiness.behandelklaar, "open": outcome.open_then,
        "settles": list(outcome.settles), "opens": list(outcome.opens),
    }  # fmt: skip


def in_words(found: WhatIf, outcome: Outcome) -> str:
    template, number = says(found.readiness, outcome)
    return template % {"num": number}


def print_shown(said: Mapping[str, Any]) -> None:
    click.secho(f"{said['number']}  {said['heading']}  ({said['stage']})", bold=True)
    if said["setback"]:
        click.echo(f"  {said['setback']['sentence']}")
    for task in said["tasks"]:
        click.echo(f"  {task['name']} - {task['team']}")
    is_open = [item for item in said["items"] if item["if_in_order"] is not None]
    if is_open:
        table = Table("punt", "oordeel", "", "wie", "wat er is", "is het in orde")
        for item in sorted(is_open, key=lambda item: not item["blocks"]):
            weight = "blokkeert" if item["blocks"] else "adviseert"
            then = item["if_in_order"]["then"]
            table.add_row(item["code"], item["state"], weight, item["partij"], item["reason"], then)
        Console().print(table)
    for arrival in said["if_it_arrives"]:
        if arrival["settles"] or arrival["opens"]:
            click.echo(f"Komt {arrival['name']} vandaag binnen (levert: {arrival['partij']}), {arrival['then']}.")

