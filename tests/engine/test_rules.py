"""The examples in each rule are its tests; the page in the docs is written from them."""

import re
from pathlib import Path

import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.engine.rule import Rule, example
from bedrijfsbureau.engine.rules import rules

RULES = [rule for rule, _ in rules()]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_valid_examples_pass_every_rule(rule: Rule) -> None:
    assert rule.valid
    for body in rule.valid:
        assert engine.check({"m.bpmn": example(body)}) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_invalid_examples_are_found_with_line_and_advice(rule: Rule) -> None:
    assert rule.invalid
    for body in rule.invalid:
        found = [problem for problem in engine.check({"m.bpmn": example(body)}) if problem.code == rule.code]
        assert found, body
        for problem in found:
            assert problem.line is not None
            assert problem.element is not None or rule.code == "root-element" or "geen id" in problem.message
            assert len(re.findall(r"[.)](?: |$)", problem.message)) >= 2, "what is wrong, and what to do"


def test_every_rule_has_a_code_of_its_own_and_says_why() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(why.strip().endswith(".") for _, why in rules())


def test_the_page_in_the_docs_is_the_one_the_rules_write() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "bpmn-profile.md"
    assert page.read_text() == engine.profile_page(), "write it again: bedrijfsbureau.engine.profile_page()"
