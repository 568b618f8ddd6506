"""An answer is worked up with the fields of the check it is about, beside those of the answer itself."""

import pytest

from bedrijfsbureau.actions import verzoeken
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import InvalidInput
from tests.actions.conftest import Scene


def test_what_a_partij_answered_is_filled_in_with_the_answer(asiel: Scene) -> None:
    dossier_id = asiel.open_dossier({"persoon": {"in_vreemdelingenadministratie": True}})
    asiel.act(verzoeken.ask, dossier_id, "IDE01")
    asiel.act(verzoeken.answer, dossier_id, "IDE01", "per brief")

    with pytest.raises(InvalidInput):  # no field of another check
        asiel.do(dossier_id, "t_antwoord", {"antwoord.volledig": True, "taal.gehoortaal": "ti"})
    asiel.do(dossier_id, "t_antwoord", {"antwoord.volledig": True, "persoon.v_nummer": "2912345678"})

    dossier = asiel.dossier(dossier_id)
    assert dossier.gegevens["persoon"]["v_nummer"] == "2912345678"
    assert dossier.verdicts["IDE01"]["state"] == "voldaan"
    assert "antwoord" not in dossier.gegevens


def test_its_form_is_that_of_the_answer_with_what_the_check_reads_and_nothing_is_required(asiel: Scene) -> None:
    dossier = asiel.dossier(asiel.open_dossier())
    with reading(asiel.database, asiel.actor, asiel.now) as tx:
        kind = load_kind(tx, dossier.process_version_id, dossier.policy_version_id)
    answer, of_check, unknown = (kind.form_of("t_antwoord", local) for local in ({}, {"punt": "TAL02"}, {"punt": "X"}))

    assert answer is not None and unknown is answer and of_check is not None
    assert [field.path for field in of_check.fields][len(answer.fields):] == [
        "planning.gehoor_op", "tolk.status", "tolk.taal", "tolk.datum",
    ]
    assert [part.name for part in of_check.parts if part.is_required({})] == ["antwoord.volledig"]
    assert kind.form_of(None, {}) is None
