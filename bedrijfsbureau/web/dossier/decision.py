"""Why a decision came out as it did: what its tables saw and which rules hit, for a reader who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from bedrijfsbureau import feel
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dmn import Input, Literal, Table, tables_in
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor
from bedrijfsbureau.queries.access import SHIELDED_FOR, may_see_field
from bedrijfsbureau.web.formats import source

OPEN_TO_ALL = frozenset({"regime", "dossiersoort", "vandaag", "instellingen", "aanwezig", "gereedheid", "open_taken"})


@dataclass(frozen=True)
class Seen:
    """One input of a table, as it was then."""

    label: str
    text: str
    is_shielded: bool


@dataclass(frozen=True)
class Hit:
    """A rule that hit. `conditions`: what it asked, `outcome`: what it says; both empty when the reader may not see
    all that it looked at, or the table is another by now."""

    number: int
    conditions: tuple[str, ...] = ()
    outcome: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Weighed:
    """One table on the way to a decision."""

    title: str
    inputs: tuple[Seen, ...]
    hits: tuple[Hit, ...]
    is_current: bool  # the dossier still runs on the version of the process that has this table


def weighed(kind: Kind, actor: Actor, data: Mapping[str, Any]) -> tuple[Weighed, ...]:
    """`data`: of an event that kept `tables`, as `actions.kinds.decisions.trace_of` makes them."""
    is_current = data.get("process") == kind.process_number
    return tuple(_weighed(kind, actor, seen, is_current) for seen in data.get("tables") or ())


def _weighed(kind: Kind, actor: Actor, seen: Mapping[str, Any], is_current: bool) -> Weighed:
    table = _table(kind, str(seen["table"]))
    by_label = {each.label: each for each in table.inputs} if table else {}
    inputs = tuple(_seen(kind, actor, by_label.get(label), label, value) for label, value in seen["inputs"].items())
    told = table if table and is_current and not any(each.is_shielded for each in inputs) else None
    hits = tuple(_hit(told, number) for number in seen["rules"])
    return Weighed(str(seen["decision"]).replace("_", " "), inputs, hits, is_current)


def _seen(kind: Kind, actor: Actor, found: Input | None, label: str, value: Json) -> Seen:
    paths = _paths(found)
    if paths is None or not all(_may_see(kind, actor, path) for path in paths):
        return Seen(label, "", is_shielded=True)
    only = ".".join(next(iter(paths))) if len(paths) == 1 and found and found.text in map(".".join, paths) else ""
    if only and value not in (None, "", []) and kind.soort.record.knows(only):
        return Seen(label, kind.soort.record.show(only, value), is_shielded=False)
    return Seen(label, _text(value), is_shielded=False)


def _paths(found: Input | None) -> frozenset[tuple[str, ...]] | None:
    """What an input looks at; None when nobody can say."""
    if found is None:
        return None
    try:
        return feel.compile(found.text, NAMES).reads
    except feel.FeelSyntaxError:
        return None


def _may_see(kind: Kind, actor: Actor, path: Sequence[str]) -> bool:
    """A name that is no field and not known to be harmless may hold anything."""
    if path[0] in OPEN_TO_ALL:
        return True
    try:
        sensitivities = [str(kind.soort.record.field(".".join(path[:2])).sensitivity)]
    except NotFound:
        sensitivities = list(SHIELDED_FOR)
    return all(may_see_field(actor, each) for each in sensitivities)


def _hit(table: Table | None, number: int) -> Hit:
    if table is None or not 0 < number <= len(table.rules):
        return Hit(number)
    rule = table.rules[number - 1]
    asked = zip(table.inputs, rule.tests, strict=True)
    conditions = tuple(f"{each.label}: {_plain(test.text)}" for each, test in asked if test is not None and test.tests)
    said = [
        f"{column.name.replace('_', ' ')}: {_word(each)}"
        for column, each in zip(table.outputs, rule.outputs, strict=True)
    ]
    outcome = ", ".join(said) if len(said) > 1 else ", ".join(_word(each) for each in rule.outputs)
    basis = "; ".join(text for each in rule.annotations if (text := source(each).strip(" ;")))
    return Hit(number, conditions, outcome, basis)


def _word(output: object) -> str:
    """Of an outcome as the table writes it; "" for one that is no text."""
    text = output.expression.text if isinstance(output, Literal) and output.expression else ""
    plain = {"true": _("ja"), "false": _("nee"), "null": _("geen")}
    return str(plain.get(text, _plain(text)))


def _table(kind: Kind, wanted: str) -> Table | None:
    models = {id(model): model for model in kind.decisions.values()}.values()
    logics = (getattr(each, "logic", None) for model in models for each in model.elements.values())
    return next((table for logic in logics for table in tables_in(logic) if table.id == wanted), None)


def _plain(text: str) -> str:
    return text.replace('"', "")


def _text(value: Json) -> str:
    if value is None or value == "":
        return str(_("niet ingevuld"))
    if isinstance(value, bool):
        return str(_("ja")) if value else str(_("nee"))
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value) or str(_("geen"))
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')}: {_text(each)}" for name, each in value.items())
    return str(value)
