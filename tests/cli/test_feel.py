"""`bedrijfsbureau feel`: one expression on the command line."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import run_alone


def test_the_value_is_json_or_feel() -> None:
    context = json.dumps({"aantal dagen": 2.50, "start": "2026-01-01"})
    text = "werkdagen(date(start), aantal dagen + 0.5)"

    result = run_alone("feel", text, "--context", context)
    as_json = run_alone("feel", text, "--context", context, "--json")

    assert (result.exit_code, result.output) == (0, "2026-01-06\n")
    assert json.loads(as_json.stdout) == {"value": "2026-01-06"}


def test_the_context_can_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "gegevens.json"
    file.write_text('{"stukken": [{"soort": "paspoort"}]}')

    result = run_alone("feel", "count(stukken[soort = \"paspoort\"])", "--context", f"@{file}", "--json")

    assert json.loads(result.stdout) == {"value": 1}


def test_a_wrong_expression_is_pointed_at() -> None:
    result = run_alone("feel", "a and\n  (b or")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Hier hoort een waarde, niet het einde (regel 2, teken 8).\n    (b or\n         ^\n"
    )


def test_a_warning_does_not_touch_the_outcome() -> None:
    result = run_alone("feel", "onbekend = 2", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"value": False})
    assert result.stderr == "Let op: De naam 'onbekend' is niet bekend (teken 1).\n"


def test_every_part_is_explained() -> None:
    arguments = ("leeftijd < 18 and amv", "--context", '{"leeftijd": 17, "amv": false}', "--explain")

    result, as_json = run_alone("feel", *arguments), run_alone("feel", *arguments, "--json")

    assert result.output.splitlines() == [
        "leeftijd < 18 and amv = false",
        "  leeftijd < 18 = true",
        "    leeftijd = 17",
        "  amv = false",
    ]
    assert json.loads(as_json.stdout)["explanation"]["children"][1] == {"text": "amv", "value": False}


def test_what_is_too_large_or_no_json_is_one_sentence() -> None:
    runaway = run_alone("feel", "for i in 1..1000000 return i")
    wrong = [run_alone("feel", "1", "--context", text) for text in ("[1]", "{", "@/nergens.json", "[" * 100_000)]

    assert (runaway.exit_code, runaway.stdout) == (1, "")
    assert runaway.stderr.startswith("De berekening is gestopt")
    assert [result.exit_code for result in wrong] == [1] * len(wrong)


def test_it_starts_without_the_web_and_the_database() -> None:
    heavy = "flask", "sqlalchemy", "SpiffWorkflow", "alembic", "lxml"
    program = f"import sys, bedrijfsbureau.cli.feel; print([name for name in {heavy!r} if name in sys.modules])"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout == "[]\n"
