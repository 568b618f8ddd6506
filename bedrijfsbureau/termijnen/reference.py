"""The reference page of the rules that travel with the package, made from the rules themselves.

`python -m bedrijfsbureau.termijnen > docs/reference/termijnen.md`; a test compares.
"""

from collections.abc import Iterator, Mapping

from bedrijfsbureau.termijnen.law import Ground, Rule, Version
from bedrijfsbureau.termijnen.shipped import shipped
from bedrijfsbureau.termijnen.words import number_date

HEAD = """# Termijnregels

Gemaakt door `python -m bedrijfsbureau.termijnen` uit de regels zelf (`bedrijfsbureau/termijnen/rules/*.yaml`).

Elke regel zegt waar een termijn begint, welke versie voor welke datum geldt, op welke gronden hij kan worden verlengd
of opgeschort, en vanaf wanneer er wordt gewaarschuwd. De beslistabel `termijnen` van een dossiersoort zegt welke regels
voor een dossier gelden. **[D]**: een bron zegt het; **[D-2017]**, **[D-2018]**: wetstekst van dat jaar; **[I]**:
afgeleid; **[U]**: niet bevestigd. Waar *te bevestigen* staat, beslist de proceseigenaar. Vensters zijn [I]."""
ANY_DAY = "elke datum"


def page() -> str:
    return "\n\n".join([HEAD, *(block for rule in shipped().values() for block in _described(rule))]) + "\n"


def _described(rule: Rule) -> Iterator[str]:
    yield f"## {rule.name}\n\n`{rule.key}`, termijn `{rule.term}`"
    yield "\n".join(f"- {line}" for line in _facts(rule))
    if rule.versions:
        rows = "\n".join(_row(version) for version in rule.versions)
        yield f"| versie | geldt voor | lengte | telwijze | bron |\n|---|---|---|---|---|\n{rows}"
    for title, grounds in (("Verlengen", rule.extensions), ("Opschorten", rule.suspensions)):
        if grounds:
            yield f"{title} kan op grond van:\n\n" + "\n".join(_grounds(grounds))


def _facts(rule: Rule) -> Iterator[str]:
    paths = f" (`{'`, anders `'.join(rule.starts)}`)" if rule.starts and not rule.start_setting else ""
    setting = f" (instelling `{rule.start_setting}`)" if rule.start_setting else ""
    yield f"Begint op: {rule.start_label}{paths}{setting}."
    if rule.also_kept:
        yield f"Bewaard, maar telt niet: `{'`, `'.join(rule.also_kept)}`."
    if rule.dated_by:
        yield f"De versie volgt uit `{'`, anders `'.join(rule.dated_by)}`."
    if rule.not_with:
        yield f"Geldt niet als `{rule.not_with}` is ingevuld."
    if rule.met_by:
        yield f"Gehaald als `{rule.met_by}` is ingevuld."
    if rule.warning:
        yield f"Waarschuwt {rule.warning} voor de laatste dag, dringend vanaf {rule.urgent} ervoor."
    if rule.steers:
        yield "Taken in het dossier hebben vanaf de waarschuwing geen latere datum dan deze termijn."
    if rule.notice:
        yield "Na afloop kan een ingebrekestelling volgen."


def _row(version: Version) -> str:
    length = version.length
    if version.extended:
        length += f", voor iedereen verlengd met {version.extended[0]} ({version.extended[1]})"
    calendar = version.calendar
    if version.assumed:
        calendar += f"; zonder instelling: {version.assumed}"
    calendar += "".join(f"; {name}: {words}" for name, words in version.by_locatie.items())
    unsure = "; *te bevestigen*" if version.te_bevestigen else ""
    why = f". {version.why}" if version.why else ""
    return f"| {version.number} | {_period(version)} | {length} | {calendar} | {version.basis}{unsure}{why} |"


def _period(version: Version) -> str:
    parts = [f"vanaf {number_date(version.valid_from)}"] if version.valid_from else []
    parts += [f"tot en met {number_date(version.valid_until)}"] if version.valid_until else []
    return " ".join(parts) or ANY_DAY


def _grounds(grounds: Mapping[str, Ground]) -> Iterator[str]:
    for ground in grounds.values():
        most = f"; samen hoogstens {ground.most}" if ground.most else ""
        latest = f"; uiterlijk {ground.most_after_start} na het begin" if ground.most_after_start else ""
        unsure = "; *te bevestigen*" if ground.te_bevestigen else ""
        yield f"- `{ground.key}`: {ground.name} ({ground.basis}){most}{latest}{unsure}"
