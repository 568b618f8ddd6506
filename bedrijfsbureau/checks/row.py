"""A row of the catalogue (YAML with FEEL) becomes a `Check` like any other."""

from collections.abc import Callable, Mapping
from typing import Any

from bedrijfsbureau import feel
from bedrijfsbureau.checks.check import Check, Example, Question, State, always, never
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.errors import PolicyInvalid
from bedrijfsbureau.termijnen import functions

QUESTIONS = ("geldt_als", "voldaan_als", "tegenstrijdig_als", "verlopen_als")
FUNCTION_NAMES = frozenset(functions)  # werkdagen(...) and the like
CONSTANTS: Mapping[str, Question] = {"true": always, "false": never}
NAMES = frozenset(
    {"regime", "dossiersoort", "vandaag", "stukken", "aanwezig", "verzoeken", "relaties", "instellingen"}
)


def is_row(row: Mapping[str, Any]) -> bool:
    """Whether the row judges by itself; a row without FEEL only places a Python check in the policy."""
    return row.get("voldaan_als") is not None


def compile_row(row: Mapping[str, Any]) -> Check:
    """Raises PolicyInvalid when a key is missing or an expression is not FEEL."""
    code = str(row.get("code"))
    expressions = {key: " ".join(str(row[key]).split()) for key in QUESTIONS if row.get(key) is not None}
    compiled = {key: _compile(code, key, text) for key, text in expressions.items()}
    satisfied = compiled["voldaan_als"]
    return Check(
        code=code,
        title=_text(row, "titel"),
        theme=_text(row, "thema"),
        basis=_text(row, "basis"),
        evidence=str(row.get("bewijs") or ""),
        messages=_messages(row, expressions),
        applies=_question(expressions.get("geldt_als", "true"), compiled.get("geldt_als")),
        satisfied=_question(expressions["voldaan_als"], satisfied),
        contradictory=_question(expressions.get("tegenstrijdig_als", "false"), compiled.get("tegenstrijdig_als")),
        expired=_question(expressions.get("verlopen_als", "false"), compiled.get("verlopen_als")),
        missing=_empty_paths(satisfied),
        examples=tuple(_example(code, example) for example in row.get("voorbeelden") or ()),
        explanation=str(row.get("uitleg") or ""),
        expressions=expressions,
        reads=frozenset(path for expression in compiled.values() for path in expression.reads),
    )


def _compile(code: str, key: str, text: str) -> feel.Expression:
    try:
        return feel.compile(text, FUNCTION_NAMES)
    except feel.FeelSyntaxError as error:
        raise PolicyInvalid(f"Punt {code}, '{key}': {error}") from error


def _question(text: str, expression: feel.Expression | None) -> Question:
    constant = CONSTANTS.get(text)
    if constant is not None or expression is None:
        return constant or never
    evaluate = expression.evaluate

    def ask(view: DossierView) -> bool | None:
        answer = evaluate(view.context, functions)
        return answer if isinstance(answer, bool) else None

    return ask


def _empty_paths(expression: feel.Expression) -> Callable[[DossierView], tuple[str, ...]]:
    """The record paths that "voldaan als" reads and that are empty: where to look first."""
    paths = sorted(".".join(path) for path in expression.reads if path[0] not in NAMES and len(path) == 2)

    def empty(view: DossierView) -> tuple[str, ...]:
        return tuple(path for path in paths if view[path] is None)

    return empty


def _text(row: Mapping[str, Any], key: str) -> str:
    text = row.get(key)
    if not text or not isinstance(text, str):
        raise PolicyInvalid(f"Punt {row.get('code')}: '{key}' ontbreekt. Vul het in.")
    return text


def _messages(row: Mapping[str, Any], expressions: Mapping[str, str]) -> Mapping[State, str]:
    """Every state that can come out needs its sentence; the ones that read the same everywhere have a default."""
    code, given = row.get("code"), row.get("meldingen") or {}
    try:
        messages = {State(state): str(text) for state, text in given.items()}
    except ValueError as error:
        raise PolicyInvalid(f"Punt {code}: een melding hoort bij een staat die niet bestaat ({error}).") from error
    needed = set() if expressions.get("tegenstrijdig_als") == "true" else {State.ONTBREEKT}
    needed |= {State(key.removesuffix("_als")) for key in QUESTIONS[2:] if key in expressions}
    if expressions.get("geldt_als", "true") != "true":
        needed.add(State.NIET_VAN_TOEPASSING)
    for state in sorted(needed - messages.keys()):
        raise PolicyInvalid(f"Punt {code}: de melding voor '{state}' ontbreekt. Schrijf die zin.")
    return messages


def _example(code: str, example: Mapping[str, Any]) -> Example:
    try:
        return Example(
            name=str(example["naam"]),
            on=(example["op"],) if isinstance(example["op"], str) else tuple(example["op"]),
            state=State(example["staat"]),
            changes=dict(example.get("wijziging") or {}),
            message=example.get("melding"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise PolicyInvalid(f"Punt {code}: een voorbeeld is niet volledig ({error}): naam, op en staat.") from error
