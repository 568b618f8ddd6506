"""The arguments of a call, against the parameters of the function."""

from collections.abc import Mapping, Sequence

from bedrijfsbureau.feel.checking.findings import Findings, dutch
from bedrijfsbureau.feel.checking.scope import Known, Scope, element, known, list_of
from bedrijfsbureau.feel.nodes import Call, FunctionLiteral, Literal, Name
from bedrijfsbureau.feel.registry import BUILTINS, Builtin, Expected, Overload
from bedrijfsbureau.feel.results import RESULTS, SAME_LIST
from bedrijfsbureau.feel.types import Type
from bedrijfsbureau.feel.values import KINDS, Function


def type_of_call(
    node: Call, arguments: Sequence[Known], functions: Mapping[str, Function], scope: Scope, findings: Findings
) -> Known:
    assert isinstance(node.function, Name)
    name = node.function.name
    if name in functions and name not in BUILTINS:
        return type_of_own(node, arguments, functions[name], findings)
    builtin = BUILTINS.get(name)
    if builtin is None:
        if not scope.knows(name):
            findings.name(node.function, f"De functie '{name}' bestaat niet.", name, {*BUILTINS, *functions})
        return None
    if not any(fits(overload, node, arguments) for overload in builtin.overloads):
        findings.type(node, complaint(builtin, node, arguments))
    return result_of(name, node, arguments)


def type_of_own(node: Call, arguments: Sequence[Known], function: Function, findings: Findings) -> Known:
    if len(arguments) != len(function.parameters):
        findings.type(
            node, f"De functie '{function.name}' vraagt {len(function.parameters)} waarden, niet {len(arguments)}."
        )
    elif node.names is not None and set(node.names) != set(function.parameters):
        findings.type(node, f"De functie '{function.name}' heeft de parameters {', '.join(function.parameters)}.")
    else:
        names = node.names or function.parameters
        wanted = dict(zip(function.parameters, function.types, strict=False))
        for argument, parameter, given in zip(node.arguments, names, map(known, arguments), strict=True):
            kind = wanted.get(parameter, "Any")
            if given is not None and kind not in ("Any", given.name):
                findings.type(
                    argument,
                    f"De functie '{function.name}' vraagt voor '{parameter}' {dutch(Type(kind))}, geen {dutch(given)}.",
                )
    return None if function.result == "Any" else Type(function.result)


def fits(overload: Overload, node: Call, arguments: Sequence[Known]) -> bool:
    parameters = overload.parameters
    if node.names is not None:
        by_name = {parameter.name: parameter for parameter in parameters}
        required = {parameter.name for parameter in parameters if not parameter.optional and not parameter.rest}
        return required <= set(node.names) <= by_name.keys() and all(
            takes(by_name[name], argument) for name, argument in zip(node.names, arguments, strict=True)
        )
    if len(arguments) < overload.required or (
        len(arguments) > len(parameters) and not (parameters and parameters[-1].rest)
    ):
        return False
    last = len(parameters) - 1
    return all(takes(parameters[min(index, last)], argument) for index, argument in enumerate(arguments))


def takes(parameter: Expected, given: Known) -> bool:
    """An item stands for a list of one, and a list may hold just one item."""
    given = known(given)
    if given is None or parameter.kind in ("any", "list"):
        return True
    accepted = {KINDS[python] for python in parameter.accepted}
    if given.name == "list":
        inside = known(element(given))
        return inside is None or inside.name in accepted
    return given.name in accepted or given.name not in KINDS.values()


def complaint(builtin: Builtin, node: Call, arguments: Sequence[Known]) -> str:
    counts = sorted({count for overload in builtin.overloads for count in counts_of(overload)})
    is_open = any(o.parameters and o.parameters[-1].rest for o in builtin.overloads)
    if node.names is None and len(arguments) not in counts and not (is_open and len(arguments) >= min(counts)):
        wanted = " of ".join(map(str, counts))
        return f"De functie '{builtin.name}' vraagt {wanted} waarden, niet {len(arguments)}."
    given = ", ".join(dutch(known(argument)) for argument in arguments)
    names = " of ".join(f"({', '.join(p.name for p in overload.parameters)})" for overload in builtin.overloads)
    return f"De functie '{builtin.name}' kan niet met ({given}); ze vraagt {names}."


def counts_of(overload: Overload) -> range:
    return range(overload.required, max(overload.required, len(overload.parameters)) + 1)


def result_of(name: str, node: Call, arguments: Sequence[Known]) -> Known:
    if name in SAME_LIST and arguments:
        return list_of(element(arguments[0]))
    if name in ("min", "max", "sum") and len(arguments) == 1:
        return element(arguments[0])
    if name == "duration" and node.arguments and isinstance(node.arguments[0], Literal):
        text = str(node.arguments[0].value).lstrip("-")
        is_months = text.startswith("P") and "T" not in text and not text.endswith("D")
        return Type("years and months duration" if is_months else "days and time duration")
    if name == "abs" and arguments:
        return known(arguments[0])
    result = RESULTS.get(name, "Any")
    if result == "Any" or any(isinstance(argument, FunctionLiteral) for argument in node.arguments[:1]):
        return None
    outer, _, inner = result.partition("<")
    return Type(outer, Type(inner.rstrip(">")) if inner else None)
