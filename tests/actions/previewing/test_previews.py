"""A policy is tried on all running dossiers; what is asked of fewer checks is what asking all of them would say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import dossiers, stukken, vrijstellingen
from bedrijfsbureau.actions.drafting import policy_drafts
from bedrijfsbureau.actions.previewing import preview_work, previews
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, PolicyInvalid
from bedrijfsbureau.model import (
    SYSTEM,
    Base,
    Competence,
    Preview,
    PreviewChange,
    PreviewStatus,
    Role,
    Transition,
)
from tests.actions.command.test_policy_moves import released, work
from tests.actions.conftest import Scene, shipped
from tests.actions.drafting.test_policy_drafts import ROW, TODAY, drafted, owner, publish

Row = tuple[int, str, str, str, str]


def content(scene: Scene) -> dict[str, Any]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return policy_drafts.newest_policy(tx, scene.soort).content["policy"]


def changed(policy: dict[str, Any], code: str, **row: Any) -> dict[str, Any]:
    return {**policy, "punten": [{**each, **row} if each["code"] == code else each for each in policy["punten"]]}


def tried(
    scene: Scene, policy: dict[str, Any], transition: Transition = Transition.ALL, thorough: bool = False, most: int = 2
) -> list[Row]:
    """What a preview of this policy finds, carried out here, in two parts."""
    preview: Preview = owner(scene).act(previews.begin, scene.soort, policy, TODAY, transition)
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        parts = previews.parts(tx, tx.session.get_one(Preview, preview.id))
    for part in parts:
        for _ in preview_work.carry_out(
            scene.database, owner(scene).actor, lambda: scene.now, preview.id, part, most, thorough
        ):
            pass
    assert status(scene, preview.id) is PreviewStatus.DONE
    return found(scene, preview.id)


def found(scene: Scene, preview_id: int) -> list[Row]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        columns = (getattr(PreviewChange, name) for name in ("dossier_id", "kind", "code", "old", "new"))
        query = select(*columns).where(PreviewChange.preview_id == preview_id)
        return sorted((id, str(kind), *rest) for id, kind, *rest in tx.session.execute(query))  # type: ignore[misc]


def status(scene: Scene, preview_id: int) -> PreviewStatus:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.get_one(Preview, preview_id).status


def everything(scene: Scene) -> dict[str, list[Any]]:
    """All rows of all tables but those of previews and of work."""
    own = {"preview", "preview_change", "due_work", "policy_draft"}
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return {
            table.name: sorted(map(repr, tx.connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in own
        }


def test_nothing_changes_by_a_policy_that_says_the_same(klein: Scene) -> None:
    klein.open_dossier()
    assert tried(klein, content(klein)) == []


def test_verdicts_tasks_and_vrijgaven_that_would_change_are_found(klein: Scene) -> None:
    empty, complete = klein.open_dossier(), released(klein)
    policy = content(klein)

    assert tried(klein, {**policy, "punten": [*policy["punten"], {**ROW, "taak": "t_akkoord"}]}) == [
        (empty, "oordeel", "AKK01", "", "ontbreekt, blokkeert"),
        (empty, "taak", "t_akkoord", "", "open"),
        (complete, "gereedheid", "behandelklaar", "ja", "nee"),
        (complete, "oordeel", "AKK01", "", "ontbreekt, blokkeert"),
        (complete, "taak", "t_akkoord", "", "open"),
        (complete, "vrijgave", "", "vrijgegeven", "ingetrokken"),
    ]
    assert tried(klein, changed(policy, "NAM01", blokkeert=False)) == [
        (empty, "gereedheid", "planbaar", "nee", "ja"),
        (empty, "oordeel", "NAM01", "ontbreekt, blokkeert", "ontbreekt, adviseert"),
    ]
    without = {**policy, "punten": policy["punten"][1:]}
    assert tried(klein, without) == [
        (empty, "gereedheid", "planbaar", "nee", "ja"),
        (empty, "oordeel", "NAM01", "ontbreekt, blokkeert", ""),
        (empty, "taak", "t_naam", "open", ""),
        (complete, "oordeel", "NAM01", "voldaan", ""),
    ]


def test_a_dossier_that_nobody_looked_at_today_is_judged_with_its_stukken(klein: Scene) -> None:
    """What the draft changes looks at no stuk, but whether the dossier is ready hangs on its paspoort."""
    complete = released(klein)
    policy = content(klein)
    later = klein.by(now=klein.now + timedelta(days=3))
    draft = {**policy, "punten": [*policy["punten"], {**ROW, "taak": "t_akkoord"}]}
    assert tried(later, draft) == tried(later, draft, thorough=True)
    assert (complete, "vrijgave", "", "vrijgegeven", "ingetrokken") in tried(later, draft)


def test_a_released_dossier_that_keeps_its_policy_is_counted_as_such(klein: Scene) -> None:
    empty = klein.open_dossier()
    released(klein)
    policy = content(klein)
    rows = tried(klein, {**policy, "punten": [*policy["punten"], ROW]}, Transition.UNRELEASED)

    assert {row[0] for row in rows} == {empty}
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert [(p.total, p.done, p.stay) for p in tx.session.scalars(select(Preview))] == [(2, 2, 1)]


def test_a_rule_with_days_of_its_own_is_tried_as_on_the_day_the_policy_takes_effect(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    policy = content(klein)
    later = (TODAY + timedelta(days=5)).isoformat()
    preview: Preview = owner(klein).act(
        previews.begin, klein.soort, {**policy, "punten": [*policy["punten"], {**ROW, "geldig_vanaf": later}]},
        TODAY + timedelta(days=5), Transition.ALL,
    )  # fmt: skip
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        (part,) = previews.parts(tx, tx.session.get_one(Preview, preview.id))
    assert list(preview_work.carry_out(klein.database, SYSTEM, lambda: klein.now, preview.id, part)) == [1]

    assert (dossier_id, "oordeel", "AKK01", "", "ontbreekt, blokkeert") in found(klein, preview.id)


@pytest.fixture
def several(asiel: Scene) -> Iterator[Scene]:
    """Dossiers of the large dossiersoort that differ: empty, half known, with stukken, with a vrijstelling."""
    kind, basis = asiel.open_dossier, shipped(asiel.soort).basisdossier
    assert basis is not None
    complete = basis["gegevens"]
    kind()
    kind({group: complete[group] for group in ("aanvraag", "taal", "amv") if group in complete})
    whole = kind(dict(complete))
    for soort in ("m35h", "aanmeldgehoor_rapport"):
        asiel.act(stukken.add_stuk, whole, soort=soort, received_on=TODAY, source="AVIM")
    let_go = kind({"taal": {"gehoortaal": "tir"}})
    asiel.by(competences=frozenset(Competence)).act(
        vrijstellingen.grant, let_go, "AAN03", "Niet nodig", TODAY + timedelta(days=30), "Overmacht"
    )
    yield asiel


DRAFTS: dict[str, dict[str, Any]] = {
    "TAL01": {"blokkeert": False},
    "AAN01": {"voldaan_als": "true"},
    "TAL02": {"fase": "P", "taak": "t_taal"},
    "AAN03": {"ontheffing": "nee"},
    "BAS01": {"taak": "t_aanvraag"},
}


def test_asking_only_what_differs_is_asking_everything(several: Scene) -> None:
    """Three days later the verdicts that the dossiers keep are those of another day, so nothing of them counts. At the
    end one of the changes is carried out, and the verdicts become what the preview said."""
    policy = content(several)
    for codes in (["TAL01"], ["AAN01"], ["BAS01"], list(DRAFTS)):
        draft = policy
        for code in codes:
            draft = changed(draft, code, **DRAFTS[code])
        for days in (0, 3) if len(codes) > 1 else (0,):
            scene = several.by(now=several.now + timedelta(days=days))
            narrow, whole = tried(scene, draft), tried(scene, draft, thorough=True)
            assert narrow == whole != [], (codes, days)

    foretold = tried(several, changed(policy, "TAL01", **DRAFTS["TAL01"]))
    publish(several, drafted_from(several, "TAL01", DRAFTS["TAL01"]))
    work(several)

    told = [(dossier_id, code, new) for dossier_id, kind, code, _, new in foretold if kind == "oordeel"]
    assert told == [(dossier_id, code, standing(several, dossier_id, code)) for dossier_id, code, _ in told]


def standing(scene: Scene, dossier_id: int, code: str) -> str:
    verdict = scene.dossier(dossier_id).verdicts[code]
    return f"{verdict['state']}, {'blokkeert' if verdict['blocking'] else 'adviseert'}"


def drafted_from(scene: Scene, code: str, changes: dict[str, Any]) -> int:
    draft = owner(scene).act(policy_drafts.begin, scene.soort)
    row = next(row for row in draft.policy["punten"] if row["code"] == code)
    owner(scene).act(policy_drafts.save_row, draft.id, {**row, **changes}, instead_of=code)
    about: dict[str, Any] = {"valid_from": TODAY, "transition": Transition.ALL, "note": "Waarom"}
    owner(scene).act(policy_drafts.save_terms, draft.id, **about)
    return int(draft.id)


def test_workers_carry_it_out_and_write_nothing_else(klein: Scene) -> None:
    ids = [klein.open_dossier() for _ in range(3)]
    work(klein)
    before = everything(klein)
    preview: Preview = owner(klein).act(previews.start, drafted(klein, ROW))
    work(klein)

    assert status(klein, preview.id) is PreviewStatus.DONE
    assert [row[0] for row in found(klein, preview.id) if row[1] == "oordeel"] == ids
    assert everything(klein) == before


def test_a_preview_that_is_stopped_goes_no_further(klein: Scene) -> None:
    for _ in range(3):
        klein.open_dossier()
    preview: Preview = owner(klein).act(previews.start, drafted(klein, ROW))
    with pytest.raises(Conflict, match="Er loopt al een proef"):
        owner(klein).act(previews.start, preview.draft_id)
    owner(klein).act(previews.stop, preview.id)
    work(klein)

    assert (status(klein, preview.id), found(klein, preview.id)) == (PreviewStatus.STOPPED, [])
    again: Preview = owner(klein).act(previews.start, preview.draft_id)
    work(klein)
    assert status(klein, again.id) is PreviewStatus.DONE


def test_a_policy_that_is_none_or_an_empty_office_has_no_preview(klein: Scene) -> None:
    with pytest.raises(InvalidInput, match="Er lopen geen dossiers"):
        owner(klein).act(previews.start, drafted(klein, ROW))
    klein.open_dossier()
    with pytest.raises(PolicyInvalid):
        owner(klein).act(previews.begin, klein.soort, {"punten": [{"code": "X"}]}, TODAY, Transition.ALL)
    with pytest.raises(Forbidden):
        klein.by(role=Role.MANAGER).act(previews.begin, klein.soort, content(klein), TODAY, Transition.ALL)


def test_decision_tables_of_a_draft_of_a_process_are_tried(asiel: Scene) -> None:
    """A table that answers otherwise: its outcome changes, and so does the field that it fills."""
    dossier_id = asiel.open_dossier({"aanvraag": {"soort": "eerste"}})
    path, files = "prioriteit.dmn", shipped(asiel.soort).files
    other = files[path].replace('"normaal"', '"spoed"')
    assert other != files[path]
    draft = asiel.by(role=Role.PROCESEIGENAAR, id=None).act(processes.save_draft, asiel.soort, {path: other})
    before = everything(asiel)
    preview: Preview = owner(asiel).act(previews.start_process, draft.id)
    work(asiel)

    assert status(asiel, preview.id) is PreviewStatus.DONE
    assert found(asiel, preview.id) == [(dossier_id, "beslissing", "prioriteit", "normaal", "spoed")]
    assert everything(asiel) == before


def test_what_a_decision_wrote_is_followed_to_the_verdicts(asiel: Scene) -> None:
    """The step that decides wrote a field; what it would write with the other table, the checks would see."""
    basis = shipped(asiel.soort).basisdossier
    assert basis is not None
    told_nothing = {**basis["gegevens"], "voorlichting": {}}
    dossier_id = asiel.open_dossier(told_nothing)
    asiel.act(stukken.add_stuk, dossier_id, soort="m35h", received_on=TODAY, source="AVIM")
    asiel.do(dossier_id, "t_aanvraag")
    path, before = "rvt_en_medisch.dmn", '<outputEntry id="regel_9_grond_overslaan">\n          <text>null</text>'
    table = shipped(asiel.soort).files[path]
    other = table.replace(before, before.replace("null", '"overlast"'))
    assert other != table
    draft = asiel.by(role=Role.PROCESEIGENAAR, id=None).act(processes.save_draft, asiel.soort, {path: other})
    preview: Preview = owner(asiel).act(previews.start_process, draft.id)
    work(asiel)

    told = {(kind, code): (old, new) for _, kind, code, old, new in found(asiel, preview.id)}
    assert told["oordeel", "VOO01"] == ("ontbreekt, blokkeert", "niet van toepassing")
    assert told["oordeel", "TEG05"] == ("voldaan", "niet van toepassing")
    asiel.act(dossiers.change_gegevens, dossier_id, {"rvt.grond_overslaan": "overlast"})
    assert standing(asiel, dossier_id, "VOO01").startswith("niet van toepassing")
