"""What becomes true if a stuk arrives today: what the real checks say then, and what really happens when it does."""

from datetime import date
from typing import Any

from bedrijfsbureau.actions import stukken
from bedrijfsbureau.actions.command.at_hand import look
from bedrijfsbureau.actions.what_if import NOTHING, READY, SAYINGS, WhatIf, says, what_if
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import DueWork, Event, Role, Stage
from tests.actions.command.test_vrijgave import add_paspoort
from tests.actions.conftest import Scene


def asked(scene: Scene, dossier_id: int) -> WhatIf:
    with reading(scene.database, scene.actor, scene.now) as tx:
        return what_if(look(tx, dossier_id))


def in_words(found: WhatIf, outcome: Any) -> str:
    template, number = says(found.readiness, outcome)
    assert template in SAYINGS
    return template % {"num": number}


def test_it_says_what_comes_true_when_the_stuk_really_comes(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})

    found = asked(klein, dossier_id)
    (paspoort,) = found.arrivals
    assert (paspoort.stuk, paspoort.codes, paspoort.outcome.settles) == ("paspoort", ("PAS01",), ("PAS01",))
    assert in_words(found, paspoort.outcome) == READY

    klein.do(dossier_id, "t_naam")
    add_paspoort(klein, dossier_id)
    assert klein.dossier(dossier_id).stage is Stage.BEHANDELKLAAR
    assert asked(klein, dossier_id).arrivals == ()


def test_what_else_blocks_is_counted(klein: Scene) -> None:
    found = asked(klein, klein.open_dossier())

    (paspoort,) = found.arrivals
    assert in_words(found, paspoort.outcome) == "dan blokkeert nog 1 punt"
    assert (
        in_words(found, found.items["NAM01"]) == "dan is het dossier planbaar; voor behandelklaar blokkeert nog 1 punt"
    )


def test_a_stuk_alone_is_not_always_enough(asiel: Scene) -> None:
    """The form without its date brings nothing in order, and it says what to fill in."""
    dossier_id = asiel.open_dossier({"aanvraag": {"soort": "eerste"}})

    form = next(arrival for arrival in asked(asiel, dossier_id).arrivals if arrival.stuk == "m35h")

    assert form.outcome.changes is False
    assert form.outcome.still_missing["AAN01"] == (
        "aanvraag.datum_indiening", "aanvraag.ondertekend", "aanvraag.op_aangewezen_wijze",
    )  # fmt: skip
    assert says(asked(asiel, dossier_id).readiness, form.outcome) == (NOTHING, 0)


def test_asking_is_the_same_as_doing_for_every_stuk_of_a_dossier(asiel: Scene) -> None:
    dossier_id = asiel.open_dossier({"aanvraag": {"soort": "kind_hier_geboren"}})
    for arrival in asked(asiel, dossier_id).arrivals[:6]:
        before = asked(asiel, dossier_id)
        said = next(each for each in before.arrivals if each.stuk == arrival.stuk).outcome
        asiel.act(
            stukken.add_stuk, dossier_id, soort=arrival.stuk, received_on=date(2026, 11, 23), source=arrival.party
        )
        verdicts = asiel.dossier(dossier_id).verdicts
        blocking = [c for c, v in verdicts.items() if v["blocking"] and v["state"] in ("ontbreekt", "tegenstrijdig")]
        assert sorted(blocking) == sorted((*said.readiness.open_p, *said.readiness.open_b))


def test_nothing_is_written_and_who_only_reads_may_ask(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    events, work = klein.rows(Event, dossier_id), klein.rows(DueWork, dossier_id)

    assert asked(klein.by(role=Role.AUDITOR), dossier_id).arrivals != ()

    assert len(klein.rows(Event, dossier_id)) == len(events)
    assert len(klein.rows(DueWork, dossier_id)) == len(work)


def test_what_is_open_is_open_under_the_same_code(klein: Scene) -> None:
    found = asked(klein, klein.open_dossier())

    assert [verdict.code for verdict in found.verdicts if verdict.is_open] == list(found.items)
