"""Do the types in the FEEL of a policy fit? A date compared with a text is never true, so its check would never be
voldaan."""

from collections.abc import Mapping

from bedrijfsbureau import feel
from bedrijfsbureau.checks.policy import Policy
from bedrijfsbureau.dossiersoort import Field, Group, Record, Type
from bedrijfsbureau.termijnen import functions

TYPES = {
    Type.TEKST: "string",
    Type.DATUM: "date",
    Type.JA_NEE: "boolean",
    Type.GETAL: "number",
    Type.LANDCODES: "list<string>",
    Type.TAALCODE: "string",
}
ALWAYS = {
    "regime": "string",
    "dossiersoort": "string",
    "vandaag": "date",
    "aanwezig": "list<string>",
    "stukken": "list<context<soort: string, staat: string, ontvangen_op: date, van: string, geldig_tot: date,"
    " in_gebruik: boolean, gegevens: context>>",
}  # what `DossierView.context` gives beside the record; of the rest the types are not told


def schema(record: Record) -> Mapping[str, str]:
    """The FEEL type of every name that an expression about a dossier with this record may use."""
    return {**{group.name: type_of_group(group) for group in record.groups}, **ALWAYS}


def mistyped(policy: Policy, record: Record) -> Mapping[str, tuple[str, ...]]:
    """Code -> what can never be right in its FEEL. A name that does not exist is not said: see `unknown_paths`."""
    types = schema(record)
    found = {
        rule.check.code: tuple(
            f"{finding.message.removesuffix('.')} (in '{key}', teken {finding.start + 1})."
            for key, text in rule.check.expressions.items()
            for finding in feel.check(text, types, functions, result="boolean")
            if finding.code == "type"
        )
        for rule in policy.rules
    }
    return {code: messages for code, messages in found.items() if messages}


def type_of_group(group: Group) -> str:
    return type_of(group.rows) if group.rows else context_of(group.fields)


def context_of(fields: tuple[Field, ...]) -> str:
    return f"context<{', '.join(f'{field.name}: {type_of(field)}' for field in fields)}>" if fields else "context"


def type_of(field: Field) -> str:
    if field.type is Type.LIJST:
        return f"list<{context_of(field.fields) if field.fields else 'string'}>"
    if field.type is Type.LIJST_KEUZE:
        return f"list<{type_of_choice(field)}>"
    return type_of_choice(field) if field.type is Type.KEUZE else TYPES[field.type]


def type_of_choice(field: Field) -> str:
    kinds = {type(value) for value in field.choices}
    return "string" if kinds == {str} else "number" if kinds == {int} else "Any"
