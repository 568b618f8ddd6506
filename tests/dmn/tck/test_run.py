"""Running test files in the format of the TCK: ours here, so that every way to pass and to fail is seen."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bedrijfsbureau.dmn import tck
from tests.dmn.models import decision, definitions, needs, text

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADULT = '<inputData id="in" name="leeftijd nu"><variable name="leeftijd nu" typeRef="number"/></inputData>'
SERVICE = '<decisionService id="s" name="dienst"><variable name="dienst"/>{}<inputData href="#in"/></decisionService>'
MODEL = definitions(
    ADULT,
    decision("derde", text("leeftijd nu / 3"), [needs("Input", "in")], "number"),
    decision("som", text("leeftijd nu + 1"), [needs("Input", "in")]),
    decision("lijst", text('[@"2026-03-02", null, {a: "x"}]')),
    decision("fout", text("1"), type_ref="string"),
    decision("nu", text("now()")),
    SERVICE.format('<outputDecision href="#som"/><outputDecision href="#derde"/>'),
)
TESTS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>een.dmn</modelName>
 <labels><label>Compliance Level 2</label></labels>{}</testCases>"""
AGE = '<inputNode name="leeftijd nu"><value xsi:type="xsd:{}">{}</value></inputNode>'
LIST = """<list><item><value xsi:type="xsd:date">2026-03-02</value></item><item><value xsi:nil="true"/></item>
 <item><component name="a"><value>x</value></component></item></list>"""


def case(node: str, expected: str, inputs: str = AGE.format("decimal", 20), attributes: str = "", of: str = "") -> str:
    result = f'<resultNode name="{node}" {attributes}><expected>{expected}</expected></resultNode>'
    return f'<testCase id="1" {of}>{inputs}{result}</testCase>'


def value(content: object, kind: str = "decimal") -> str:
    return f'<value xsi:type="xsd:{kind}">{content}</value>'


NIL = '<value xsi:nil="true"/>'
PASSING = [
    case("derde", value("6.66666666667")),
    case("lijst", LIST),
    case("fout", NIL, attributes='errorResult="true"'),
    case("fout", NIL),
    case("som", value(21), of='type="decisionService" invocableName="dienst"'),
    case("dienst", f'<component name="som">{value(21)}</component><component name="derde">{value("6.66666666667")}'
         "</component>"),
    case("nu", value("2026-03-02T09:00:00Z", "dateTime")),
]  # fmt: skip
FAILING = [
    case("derde", value("6.667")),
    case("som", value(20)),
    case("som", value("21", "string")),
    case("som", NIL, attributes='errorResult="true"'),
    case("lijst", LIST.replace('<value xsi:nil="true"/>', value(1))),
    case("weg", value(1)),
    case("som", value(21), AGE.format("string", "20")),
    case("derde", value("NaN", "double")),
    case("nu", value("gisteren", "dateTime")),
]


def put(folder: Path, *cases: str, model: bytes = MODEL) -> Path:
    (folder / "een.dmn").write_bytes(model)
    (folder / "een-test-01.xml").write_text(TESTS.format("".join(cases)), "utf-8")
    return folder


@pytest.mark.parametrize("content", PASSING)
def test_an_expected_outcome_passes(tmp_path: Path, content: str) -> None:
    report = tck.run(put(tmp_path, content), NOW)
    assert (report.levels, report.passed) == ({"2": {"passed": 1, "failed": 0, "total": 1}}, True)


@pytest.mark.parametrize("content", FAILING)
def test_another_outcome_fails(tmp_path: Path, content: str) -> None:
    report = tck.run(put(tmp_path, content), NOW)
    assert (report.levels, report.passed) == ({"2": {"passed": 0, "failed": 1, "total": 1}}, False)


def test_the_level_is_that_of_the_folder(tmp_path: Path) -> None:
    (folder := tmp_path / "compliance-level-3").mkdir()
    put(folder, PASSING[0])
    assert list(tck.run(tmp_path, NOW).levels) == ["3"]


def test_a_model_that_cannot_be_read_fails_every_node(tmp_path: Path) -> None:
    report = tck.run(put(tmp_path, *PASSING, model=b"<x/>"), NOW)
    assert report.levels["2"]["failed"] == len(PASSING)


@pytest.mark.parametrize("content", ["", "<testCases/>", "<!DOCTYPE x><x/>"])
def test_a_test_file_that_cannot_be_read_is_a_failure(tmp_path: Path, content: str) -> None:
    put(tmp_path, PASSING[0])
    (tmp_path / "twee-test-01.xml").write_text(content)
    assert tck.run(tmp_path, NOW).levels == {
        "2": {"passed": 1, "failed": 0, "total": 1}, "?": {"passed": 0, "failed": 1, "total": 1}
    }  # fmt: skip


def test_an_input_of_an_imported_model(tmp_path: Path) -> None:
    (tmp_path / "basis.dmn").write_bytes(definitions(ADULT, namespace="urn:basis"))
    required = '<informationRequirement><requiredInput href="urn:basis#in"/></informationRequirement>'
    importing = definitions(
        '<import name="basis" namespace="urn:basis" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        decision("som", text("basis.leeftijd nu + 1"), [required]),
    )
    inputs = AGE.format("decimal", 20).replace('name="leeftijd nu"', 'name="leeftijd nu" namespace="urn:basis"')
    assert tck.run(put(tmp_path, case("som", value(21), inputs), model=importing), NOW).passed


@pytest.mark.parametrize(
    ("cases", "numbers", "status"),
    [
        (PASSING[:-1], {"passed": len(PASSING) - 1, "failed": 0, "total": len(PASSING) - 1}, 0),
        (FAILING, {"passed": 0, "failed": len(FAILING), "total": len(FAILING)}, 1),
    ],
)
def test_the_command(tmp_path: Path, cases: list[str], numbers: dict[str, int], status: int) -> None:
    put(tmp_path, *cases)
    command = [sys.executable, "-m", "bedrijfsbureau.dmn.tck", str(tmp_path), "--json"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (json.loads(made.stdout), made.returncode, made.stderr) == ({"levels": {"2": numbers}}, status, "")


def test_nothing_to_run_is_no_success(tmp_path: Path) -> None:
    assert not tck.run(tmp_path, NOW).passed
