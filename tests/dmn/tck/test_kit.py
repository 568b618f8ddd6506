"""The public half of the DMN TCK that lies beside the checkout, and what the docs say of it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bedrijfsbureau.dmn import tck

KIT = Path(__file__).parents[4] / "shared" / "data" / "dmn-tck"
PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "dmn-conformance.md").read_text("utf-8")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.skipif(not KIT.is_dir(), reason="the DMN TCK is not here")
def test_the_docs_name_every_result_that_fails_and_no_other() -> None:
    report = tck.run(KIT, NOW)
    rows = [(Path(file.name).name, node.trial, node.node) for file in report.files for node in file.failures]
    failing = [" | ".join(row) for row in rows]
    assert failing == re.findall(r"(?m)^\| (\S+-test-\S+\.xml \| .+? \| .+?) \|", PAGE)
    counted = {level: (row["passed"], row["total"]) for level, row in report.levels.items()}
    said = re.findall(r"(?m)^\| (\d) \| ([\d,]+) \| ([\d,]+) \|", PAGE)
    assert counted == {level: tuple(int(n.replace(",", "")) for n in numbers) for level, *numbers in said}
