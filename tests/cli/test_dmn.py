"""`bedrijfsbureau dmn`: decisions and findings, and never a traceback."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import run_alone
from tests.dmn.models import decision, definitions, needs, table, text

DAY = '<inputData id="dag" name="dag"><variable name="dag" typeRef="date"/></inputData>'
RULES = [(['< @"2026-06-12"'], ['"oud"']), (['>= @"2026-06-12"'], ['"nieuw"'])]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return put(tmp_path, DAY, decision("regime", table(RULES, inputs=["dag"]), [needs("Input", "dag")]))


def put(folder: Path, *elements: str) -> Path:
    path = folder / "besluit.dmn"
    path.write_bytes(definitions(*elements))
    return path


@pytest.mark.parametrize("start", [["dmn"], ["dmn", "decide"]])
@pytest.mark.parametrize("named", [[], ["--decision", "regime"]])
def test_a_decision(file: Path, start: list[str], named: list[str]) -> None:
    result = run_alone(*start, file, *named, "--context", '{"dag": "2026-07-01"}')
    assert (result.exit_code, result.output) == (0, '"nieuw"\n')


def test_options_may_come_first(file: Path) -> None:
    assert run_alone("dmn", "--context", '{"dag": "2026-01-01"}', file).output == '"oud"\n'


def test_a_decision_as_json(file: Path) -> None:
    result = run_alone("dmn", file, "--context", '{"dag": "2026-07-01"}', "--json")
    assert json.loads(result.stdout) == {"value": "nieuw"}


def test_a_decision_with_its_reasons_as_json(file: Path) -> None:
    result = run_alone("dmn", file, "--context", '{"dag": "2026-07-01"}', "--json", "--explain")
    hit = {"number": 2, "id": "r2", "outputs": {"uit": "nieuw"}, "annotations": ["bron 2"]}
    seen = {"table": "t", "inputs": [{"label": "dag", "value": "2026-07-01"}], "rules": [hit]}
    taken = {"id": "regime", "name": "regime", "value": "nieuw", "tables": [seen]}
    assert json.loads(result.stdout) == {"value": "nieuw", "decisions": [taken], "warnings": []}


def test_a_decision_with_its_reasons(file: Path) -> None:
    lines = run_alone("dmn", file, "--context", '{"dag": "2026-07-01"}', "--explain").output.splitlines()
    assert (lines[:2], lines[-1]) == (['regime = "nieuw"', "  dag: 2026-07-01"], '"nieuw"')
    assert [line.split() for line in lines if "bron" in line] == [["│", "2", "│", '"nieuw"', "│", "bron", "2", "│"]]


def test_no_rule_that_holds_is_said(file: Path) -> None:
    output = run_alone("dmn", file, "--explain").output
    assert output.splitlines() == ["regime = null", "  dag: null", "  Geen enkele regel geldt.", "null"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--decision", "weg"], "weg: Deze beslissing staat niet in het model."),
        (["--context", "[1]"], "De gegevens zijn geen JSON-object."),
        (["--context", "{"], "De gegevens zijn geen JSON ("),
        (["--context", '{"dag": "gisteren"}'], "dag: 'dag' klopt niet: de waarde is niet van het type date (regel 1)."),
    ],
)
def test_a_wrong_question_gets_a_sentence(file: Path, arguments: list[str], sentence: str) -> None:
    result = run_alone("dmn", file, *arguments)
    assert result.exit_code == 1
    assert str(result.exception).startswith(sentence)


def test_of_several_decisions_one_must_be_named(tmp_path: Path) -> None:
    result = run_alone("dmn", put(tmp_path, decision("a", text("1")), decision("b", text("2"))))
    assert str(result.exception) == "Noem met --decision welke beslissing u bedoelt: a, b."


JUNK = {
    "leeg.dmn": (b"", "Het bestand is geen goede XML"),
    "tekst.dmn": (b"geen xml", "Het bestand is geen goede XML"),
    "nullen.dmn": (b"\x00" * 1000, "Het bestand is geen goede XML"),
    "bom.dmn": (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "Het bestand heeft een DOCTYPE"),
    "anders.dmn": (b"<html/>", "html: Dit is geen DMN-bestand"),
    "groot.dmn": (b"<definitions>" + b" " * 5_000_000, "{} is groter dan 5 MB"),
}


@pytest.mark.parametrize("command", [["dmn"], ["dmn", "check"]])
@pytest.mark.parametrize("name", JUNK)
def test_any_file_gets_an_answer(tmp_path: Path, command: list[str], name: str) -> None:
    content, sentence = JUNK[name]
    (path := tmp_path / name).write_bytes(content)
    result = run_alone(*command, path)
    assert (result.exit_code, str(result.exception)[: len(sentence.format(path))]) == (1, sentence.format(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert (
        str(run_alone("dmn", tmp_path / "weg.dmn").exception)
        == f"{tmp_path / 'weg.dmn'} bestaat niet. Controleer de naam."
    )


def test_a_good_table_is_accepted(file: Path) -> None:
    result = run_alone("dmn", "check", file)
    assert (result.exit_code, result.output) == (0, f"{file}: aanvaard\n")


GAP = "Voor dag = 2026-06-12 geldt geen enkele regel; de uitkomst is dan leeg."
OVERLAP = "De regels 1 en 2 gelden tegelijk voor dag = 2026-06-11; in een UNIQUE-tabel mag maar één regel gelden."


def test_findings_are_told_with_rules_and_an_example(tmp_path: Path) -> None:
    rules = [(['<= @"2026-06-11"'], ["1"]), (['@"2026-06-11"'], ["2"])]
    path = put(tmp_path, DAY, decision("a", table(rules, inputs=["dag"]), [needs("Input", "dag")]))
    result = run_alone("dmn", "check", path)
    assert (result.exit_code, result.output.splitlines()) == (1, [
        f"{path}: geweigerd", f"  fout [overlap] regel 1 a: {OVERLAP}", f"  advies [gap] regel 1 a: {GAP}"
    ])  # fmt: skip
    report = json.loads(run_alone("dmn", "check", path, "--json").stdout)
    assert (report["file"], report["accepted"], len(report["findings"])) == (str(path), False, 2)
    assert report["findings"][0] == {
        "kind": "overlap", "severity": "error", "decision": "a", "table": "t", "line": 1, "rules": [1, 2],
        "example": {"dag": "2026-06-11"}, "message": OVERLAP,
    }  # fmt: skip


def test_only_advice_is_accepted(tmp_path: Path) -> None:
    path = put(tmp_path, decision("a", table([(["< 5"], ["1"])])))
    result = run_alone("dmn", "check", path)
    assert (result.exit_code, len(result.output.splitlines())) == (0, 2)


def test_what_cannot_be_read_is_refused_and_the_rest_examined(tmp_path: Path) -> None:
    path = put(tmp_path, decision("a", text("1 +")), decision("b", table([(["< 5"], ["1"])])))
    report = json.loads(run_alone("dmn", "check", path, "--json").stdout)
    assert [each["kind"] for each in report["findings"]] == ["unreadable", "gap"]
    assert not report["accepted"]
