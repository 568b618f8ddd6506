"""A policy is published only when its own examples come out and it reads what exists."""

from typing import Any

import pytest
from sqlalchemy import select

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.publishing.policies import check_policy
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import PolicyInvalid
from bedrijfsbureau.model import SYSTEM, PolicyVersion, Role
from tests.actions.conftest import KLEIN, RECEIPT, Scene, shipped


def changed(**row: Any) -> dossiersoort.Dossiersoort:
    """The small dossiersoort with another first row in its policy."""
    content = shipped(KLEIN).to_json()
    first, *others = content["policy"]["punten"]
    content["policy"] = {**content["policy"], "punten": [{**first, **row}, *others]}
    return dossiersoort.from_json(content)


@pytest.mark.parametrize("key", [KLEIN, RECEIPT, "asiel-aa", "asiel-pact"])
def test_what_ships_may_be_published(key: str) -> None:
    check_policy(shipped(key))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"voldaan_als": "persoon.naam = null"}, "NAM01 op klein, voorbeeld 'compleet': verwacht voldaan"),
        ({"voldaan_als": "persoon.achternaam != null"}, "Punt NAM01: persoon.achternaam bestaat niet"),
        ({"meldingen": {"ontbreekt": "Vul {persoon.nam} in."}}, "Punt NAM01: persoon.nam bestaat niet"),
        ({"voldaan_als": "instellingen.grens > 1"}, "Punt NAM01: instellingen.grens bestaat niet"),
        ({"voldaan_als": "persoon.naam !="}, "Punt NAM01, 'voldaan_als'"),
        ({"voldaan_als": "persoon.naam = 3"}, "Tekst en getal zijn niet te vergelijken (in 'voldaan_als', teken 1)."),
        ({"voldaan_als": "vandaag"}, "De uitkomst is datum, maar hier hoort ja/nee (in 'voldaan_als', teken 1)."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_published(klein: Scene, row: dict[str, Any], message: str) -> None:
    owner = klein.by(role=Role.PROCESEIGENAAR, id=None)

    with pytest.raises(PolicyInvalid) as error:
        owner.act(processes.publish_dossiersoort, changed(**row))

    assert message in str(error.value)
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert [version.number for version in tx.session.scalars(select(PolicyVersion))] == [1]


def test_many_mistakes_are_told_in_part(klein: Scene) -> None:
    examples = [{"naam": f"voorbeeld {n}", "op": "klein", "staat": "verlopen"} for n in range(9)]

    with pytest.raises(PolicyInvalid) as error:
        check_policy(changed(voorbeelden=examples))

    assert (str(error.value).count("verwacht verlopen"), "En nog 4." in str(error.value)) == (5, True)


def test_a_policy_that_is_right_holds_for_new_dossiers(klein: Scene) -> None:
    owner = klein.by(role=Role.PROCESEIGENAAR, id=None)
    before = klein.open_dossier()

    _, policy = owner.act(processes.publish_dossiersoort, changed(blokkeert=False))
    after = klein.open_dossier()

    assert policy.number == 2
    assert [klein.dossier(each).verdicts["NAM01"]["blocking"] for each in (before, after)] == [True, False]
