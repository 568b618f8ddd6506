"""A stored state of another hand, of another dossier or of a codec we do not know is never loaded: any bit tells.

CI flips a few hundred bits, spread over the state. BB_BITS=all flips every one.
"""

import os
import random

import pytest
from sqlalchemy import update

from bedrijfsbureau import engine
from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.command.at_hand import load
from bedrijfsbureau.actions.command.host import Host
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import StateTampered
from bedrijfsbureau.model import SYSTEM, Dossier, Incident, IncidentKind
from tests.actions.conftest import Scene

SAMPLE = 300


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_state_with_a_bit_flipped_is_loaded(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    with reading(klein.database, SYSTEM, klein.now) as tx:
        at_hand = load(tx, dossier_id)
        state, key = at_hand.dossier.state or b"", klein.database.key_for(dossier_id)
        host, model = Host(at_hand), at_hand.kind.model
        assert engine.resume(model, state, host, key).tasks
        bits = range(8 * len(state))
        if os.environ.get("BB_BITS") != "all":
            bits = sorted({*range(8 * 34), *random.Random(1).sample(bits, SAMPLE)})  # codec and HMAC, all of them
        for bit in bits:
            flipped = bytearray(state)
            flipped[bit // 8] ^= 1 << bit % 8
            with pytest.raises(StateTampered):
                engine.resume(model, bytes(flipped), host, key)


ALTERED = "buiten het programma om veranderd, of bewaard met een andere geheime sleutel"
WHY = {
    "cut": ALTERED,
    "longer": ALTERED,
    "empty": "leeg, en dit programma leest alleen codec 1",
    "newer codec": "met codec 99, en dit programma leest alleen codec 1",
}


@pytest.mark.parametrize("forge", WHY)
def test_it_is_an_incident_and_the_dossier_stays_as_it_was(klein: Scene, forge: str) -> None:
    dossier_id = klein.open_dossier()
    state = klein.dossier(dossier_id).state or b""
    forged = {"cut": state[:-1], "longer": state + b" ", "empty": b"", "newer codec": b"\x63" + state[1:]}[forge]
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(state=forged))

    with pytest.raises(StateTampered):
        klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})

    assert (klein.dossier(dossier_id).state, klein.dossier(dossier_id).gegevens) == (forged, {})
    assert [(row.kind, row.element, row.cause) for row in klein.rows(Incident, dossier_id)] == [
        (IncidentKind.PROCESSTAND, "processtand", f"De processtand is niet geladen: zij is {WHY[forge]}.")
    ]
