"""The language of names: a word of the glossary is never translated."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"

# English words in which a forbidden one only happens to occur.
UNRELATED = {"lower_case", "upper_case", "ignore_case"}
# Also forbidden, whatever the glossary says: what they name is called task, process and dossier.
ALWAYS = {"taak": "task", "zaken": "dossiers", "formulier": "form", "gebeurtenis": "event"}


def glossary() -> list[list[str]]:
    """The rows of the table: word, meaning, Dutch gloss, source, never."""
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def forbidden() -> dict[str, str]:
    """Each forbidden word and the glossary word to write instead."""
    words = dict(ALWAYS)
    for row in glossary():
        words |= {translation.strip(): row[0] for translation in row[4].split(",") if translation.strip() != "-"}
    return words


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What a module names itself, with the line; not what it uses of others."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


def words(name: str) -> list[str]:
    """The words of snake_case and CamelCase, and each pair joined: `case_type` is case, type, casetype."""
    parts = [part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]
    singular = [part.removesuffix("s") for part in parts]
    return [*parts, *singular, *(first + second for first, second in pairwise(parts))]


def test_every_row_of_the_glossary_is_complete() -> None:
    incomplete = [row for row in glossary() if len(row) != 5 or not all(row)]

    assert incomplete == []


def test_no_word_of_the_glossary_is_forbidden_by_another() -> None:
    own = {word.strip() for row in glossary() for word in row[0].split(",")}

    assert own & set(forbidden()) == set()


def test_no_identifier_translates_a_word_of_the_glossary() -> None:
    instead = forbidden()
    found = []
    for module in sorted((ROOT / "bedrijfsbureau").rglob("*.py")):
        path = module.relative_to(ROOT)
        names = [(module.stem, 1), *identifiers(ast.parse(module.read_text()))]
        for name, line in names:
            wrong = sorted(set(words(name)) & set(instead)) if name.lower() not in UNRELATED else []
            found += [f"{path}:{line}: {name}: write {instead[word]}, not {word}" for word in wrong]

    assert found == [], "\n".join(found)


def test_an_identifier_falls_apart_into_its_words() -> None:
    assert words("plan_DossierTypes") == [
        *("plan", "dossier", "types"),
        *("plan", "dossier", "type"),
        *("plandossier", "dossiertypes"),
    ]
