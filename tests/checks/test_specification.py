"""The checks in Python against the FEEL of the specification: two ways to say the same, on any record."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import checks
from bedrijfsbureau.checks.row import compile_row
from tests.checks.kinds import KINDS, changes, kind, relaties, stukken

SPECIFIED: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "specification.yaml").read_text())
SETTINGS = st.fixed_dictionaries({"instellingen.adres_bevestiging_dagen": st.sampled_from([None, 3, 30])})


@cache
def specified(key: str) -> dict[str, checks.Rule]:
    return {rule.check.code: _specified(rule) for rule in kind(key).policy.rules if rule.check.code in SPECIFIED}


def _specified(rule: checks.Rule) -> checks.Rule:
    said = {str(state): "-" for state in checks.State}
    row = {"code": rule.check.code, "titel": "-", "thema": "-", "basis": "-", "meldingen": said}
    return replace(rule, check=compile_row({**row, **SPECIFIED[rule.check.code]}))


@pytest.mark.parametrize("key", KINDS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_python_says_what_the_specification_says(key: str, data: st.DataObject) -> None:
    changed: dict[str, Any] = data.draw(changes(key)) | data.draw(SETTINGS)
    view = kind(key).view(changed, stukken=data.draw(stukken()), relaties=data.draw(relaties()))

    found = {code: checks.judge(kind(key).policy.rule(code), view).state for code in specified(key)}

    assert found == {code: checks.judge(rule, view).state for code, rule in specified(key).items()}


def test_every_check_in_python_is_specified() -> None:
    assert {check.code for check in checks.built_in()} == set(SPECIFIED)
