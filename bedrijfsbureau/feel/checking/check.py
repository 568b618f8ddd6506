"""The static check of one expression against the types of the names it may use."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bedrijfsbureau.feel.checking.findings import Finding, Findings, dutch
from bedrijfsbureau.feel.checking.infer import Inference
from bedrijfsbureau.feel.checking.scope import Scope, known
from bedrijfsbureau.feel.errors import FeelLimitError, FeelSyntaxError
from bedrijfsbureau.feel.expression import TOO_DEEP, Expression, compile, parser
from bedrijfsbureau.feel.types import Type
from bedrijfsbureau.feel.values import Function

Schema = Mapping[str, Type | str]
NO_FUNCTIONS: Mapping[str, Function] = {}


def check(
    expression: Expression | str,
    schema: Schema,
    functions: Mapping[str, Function] = NO_FUNCTIONS,
    result: Type | str | None = None,
) -> tuple[Finding, ...]:
    """Everything that can be said without data, in the order of the text. Never raises on what is checked.

    `schema`: name -> its type, or the type's text, such as "list<context<soort: string>>"; a type "Any" is not judged.
    `result`: the type the whole must have ("boolean" for a condition)."""
    types = {name: read_type(wanted) if isinstance(wanted, str) else wanted for name, wanted in schema.items()}
    try:
        if isinstance(expression, str):
            expression = compile(expression, frozenset((*functions, *types, *names_of(types.values()))))
        findings = Findings()
        found = known(Inference(findings, functions).infer(expression.node, Scope(types)))
    except FeelSyntaxError as error:
        return (Finding(error.position, error.position, "syntax", error.message),)
    except (RecursionError, FeelLimitError):
        return (Finding(0, 0, "syntax", FeelLimitError(TOO_DEEP).message),)
    wanted = read_type(result) if isinstance(result, str) else result
    if wanted is not None and found is not None and found.name != wanted.name:
        findings.type(expression.node, f"De uitkomst is {dutch(found)}, maar hier hoort {dutch(wanted)}.")
    return tuple(sorted(dict.fromkeys(findings.found)))


@lru_cache(maxsize=1024)
def read_type(text: str) -> Type:
    """Raises FeelSyntaxError when the text is no type."""
    reader = parser(text, frozenset())
    read = reader.type()
    if reader.token.kind != "end":
        reader.fail(f"Hier hoort het einde van het type, niet {reader.found()}", "einde")
    return read


def names_of(types: Iterable[Type | None]) -> Iterable[str]:
    for kind in types:
        if kind is not None:
            yield from (name for name, _ in kind.fields)
            yield from names_of([kind.element, *(below for _, below in kind.fields)])
