"""The reference page of all checks (Dutch, Markdown), made from the checks themselves."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bedrijfsbureau.checks.check import Check, Example
from bedrijfsbureau.checks.message import show
from bedrijfsbureau.checks.policy import Policy, Rule, policy
from bedrijfsbureau.dossiersoort import read

FOLDER = Path(__file__).parents[2] / "bpmn"
SOORTEN = ("asiel-aa", "asiel-pact")
INTRO = """\
# Compleetheidspunten

Deze pagina is gemaakt uit de punten zelf. Wijzig haar niet met de hand, maar maak haar opnieuw:
`python -m bedrijfsbureau.checks > docs/reference/checks.md`

Een punt kijkt naar één dossier op één dag en zegt in welke staat het is. De eerste die past, geldt:

| staat | betekenis |
|---|---|
| niet van toepassing | het punt geldt niet voor dit dossier; onbekend telt als: geldt wel |
| voldaan | alles is er |
| vrijgesteld | iemand met de juiste rol liet het punt los, met reden, tot en met een datum |
| tegenstrijdig | twee gegevens of stukken spreken elkaar tegen |
| verlopen | het was er, maar telt niet meer |
| wacht op | gevraagd bij een partij, nog geen antwoord |
| ontbreekt | het is er niet, en niemand is erom gevraagd |
| fout | het punt kon niet worden beoordeeld; dat blokkeert altijd |

Fase **P**: nodig vóór een datum wordt gepland (planbaar). Fase **B**: nodig vóór vrijgave (behandelklaar, eist ook P).
**Overal te bevestigen door de proceseigenaar:** fase, blokkeren, wie mag vrijstellen, en welke taak een punt opent.
Basis: [D] gepubliceerde bron; [D-2017], [D-2018] tekst van dat jaar; [I] eigen afleiding; [U] onbevestigd.
"""


def page(folder: Path = FOLDER) -> str:
    """docs/reference/checks.md. Raises DossiersoortInvalid, PolicyInvalid."""
    policies = {key: policy(read(folder / key).policy) for key in SOORTEN}
    placed = _placed(policies)
    themes = dict.fromkeys(check.theme for check, _ in placed)
    parts = [INTRO, *_overview(placed)]
    for theme in themes:
        parts.append(f"\n## {theme}\n")
        for check, rules in placed:
            if check.theme == theme:
                parts += _section(check, rules)
    return "\n".join(parts) + "\n"


Placed = Sequence[tuple[Check, dict[str, Rule]]]


def _placed(policies: dict[str, Policy]) -> Placed:
    """Every check with its rule in each dossiersoort, in the order of the themes of the first policy."""
    found: dict[str, tuple[Check, dict[str, Rule]]] = {}
    for key, compiled in policies.items():
        for rule in compiled.rules:
            found.setdefault(rule.check.code, (rule.check, {}))[1][key] = rule
    return list(found.values())


def _overview(placed: Placed) -> Iterator[str]:
    yield f"| code | punt | {' | '.join(SOORTEN)} |"
    yield "|---" * (len(SOORTEN) + 2) + "|"
    for check, rules in placed:
        cells = " | ".join(_place(rules[key]) if key in rules else "–" for key in SOORTEN)
        yield f"| [{check.code}](#{check.code.lower()}) | {check.title} | {cells} |"


def _place(rule: Rule) -> str:
    return f"{rule.phase}, {'blokkeert' if rule.blocking else 'adviseert'}"


def _section(check: Check, rules: dict[str, Rule]) -> Iterator[str]:
    yield f'### <a id="{check.code.lower()}"></a>{check.code} {check.title}\n'
    if check.explanation:
        yield f"{check.explanation}\n"
    if check.expressions:
        yield from (f"- {key.replace('_', ' ')}: `{text}`" for key, text in check.expressions.items())
    else:
        yield f"- in Python: `bedrijfsbureau/checks/{check.code.lower()}.py`"
    if check.evidence:
        yield f"- bewijs: {check.evidence}"
    yield f"- basis: {check.basis}"
    yield from (_rule(key, rule) for key, rule in rules.items())
    yield "\n| staat | melding |\n|---|---|"
    yield from (f"| {state} | {_cell(text)} |" for state, text in check.messages.items())
    yield "\n| voorbeeld | soort | wijziging op het complete dossier | staat |\n|---|---|---|---|"
    yield from (_example(example) for example in check.examples)
    yield ""


def _rule(key: str, rule: Rule) -> str:
    waiver = f"vrijstellen mag {rule.waiver}" if rule.waiver else "niet vrij te stellen"
    tasks = ", ".join(f"`{task}`" for task in dict.fromkeys(rule.tasks.values()))
    return f"- {key}: fase {_place(rule)}, {waiver}; levert: {rule.partij}; taak: {tasks}"


def _example(example: Example) -> str:
    changes = "; ".join(f"`{path}`: {_value(value)}" for path, value in example.changes.items()) or "geen"
    return f"| {_cell(example.name)} | {', '.join(example.on)} | {_cell(changes)} | {example.state} |"


def _value(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_value(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_items(value)) + "]"
        case None:
            return "leeg"
        case _:
            return show("", value)


def _items(values: Iterable[object]) -> Iterator[str]:
    return (_value(value) for value in values)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
