"""The two checks in docs/how-to/write-a-check.md do what the page says."""

import re
from typing import Any

import pytest
import yaml

from bedrijfsbureau import checks
from tests.checks.kinds import KINDS, ROOT, kind

PAGE = (ROOT / "docs" / "how-to" / "write-a-check.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
ROW, PLACE = (yaml.safe_load(text)[0] for language, text in BLOCKS if language == "yaml")


@pytest.mark.parametrize("key", KINDS)
def test_the_row_can_be_used(key: str) -> None:
    policy = checks.policy({"punten": [{**ROW, **PLACE}], "instellingen": {}})

    assert checks.failing(policy, kind(key).soort) == []
    assert checks.unknown_paths(policy, kind(key).soort.record) == {}


@pytest.mark.parametrize("key", KINDS)
def test_the_file_can_be_used(key: str) -> None:
    (source, _) = (text for language, text in BLOCKS if language == "python")
    module: dict[str, Any] = {}
    exec(source, module)

    assert checks.failing(checks.policy({"punten": [PLACE]}, (module["check"],)), kind(key).soort) == []
