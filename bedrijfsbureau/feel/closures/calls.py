"""Calling built-in functions, functions of the application and functions of the expression itself."""

from bedrijfsbureau.feel.closures.leaves import MISSING, lookup
from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.errors import FeelError, FeelFunctionError
from bedrijfsbureau.feel.java import java_function
from bedrijfsbureau.feel.nodes import Call, FunctionLiteral, Literal, Name, Parameter
from bedrijfsbureau.feel.registry import BUILTINS, Builtin, invoke_builtin
from bedrijfsbureau.feel.run import Frame, Run
from bedrijfsbureau.feel.types import Type, conforms
from bedrijfsbureau.feel.values import Function, Value, kind
from bedrijfsbureau.feel.walk import size

# Their answer for constants never changes: computed once, when compiling.
CONSTANT = frozenset(("date", "time", "date and time", "duration", "years and months duration", "number"))


@translates(Call)
def call(node: Call) -> Closure:
    arguments = tuple(translate(argument) for argument in node.arguments)
    names, position = node.names, node.start
    if isinstance(node.function, Name):
        builtin = BUILTINS.get(node.function.name)
        if builtin is not None:
            return constant_call(builtin, node) or builtin_call(builtin, arguments, names, position)
    function = translate(node.function)

    def invoke(frame: Frame) -> Value:
        callee = function(frame)
        return call_function(frame.run, callee, [argument(frame) for argument in arguments], names, position)

    return invoke


def constant_call(builtin: Builtin, node: Call) -> Closure | None:
    if builtin.name not in CONSTANT or not all(isinstance(argument, Literal) for argument in node.arguments):
        return None
    run = Run({}, None)
    values = [argument.value for argument in node.arguments if isinstance(argument, Literal)]
    value = invoke_builtin(builtin, run, values, node.names, node.start)
    return None if run.warnings else lambda frame: value


def builtin_call(
    builtin: Builtin, arguments: tuple[Closure, ...], names: tuple[str, ...] | None, position: int
) -> Closure:
    """A variable of the same name hides the built-in only when it is a function: a field called `date` does no harm."""
    name = builtin.name

    def invoke(frame: Frame) -> Value:
        hiding = lookup(frame, name)
        values = [argument(frame) for argument in arguments]
        if hiding is not MISSING and type(hiding) is Function:
            return call_function(frame.run, hiding, values, names, position)
        return invoke_builtin(builtin, frame.run, values, names, position)

    return invoke


def call_function(run: Run, callee: Value, values: list[Value], names: tuple[str, ...] | None, position: int) -> Value:
    if not isinstance(callee, Function):
        if callee is not None:
            run.warn(position, "Dit is geen functie")
        return None
    if names is not None:
        by_name = dict(zip(names, values, strict=True))
        if by_name.keys() != set(callee.parameters):
            run.warn(position, f"De functie '{callee.name}' heeft andere parameters")
            return None
        values = [by_name[parameter] for parameter in callee.parameters]
    return apply(run, callee, values, position)


def apply(run: Run, callee: Function, values: list[Value], position: int) -> Value:
    if len(values) != len(callee.parameters):
        run.warn(position, f"De functie '{callee.name}' vraagt {len(callee.parameters)} waarden, niet {len(values)}")
        return None
    for index, wanted in enumerate(callee.types):
        if wanted != "Any" and kind(values[index]) != wanted:
            run.warn(position, f"De functie '{callee.name}' kan niet met deze waarde voor '{callee.parameters[index]}'")
            return None
    run.enter()
    if callee.cost is not None:
        run.spend(callee.cost(*values))
    try:
        return callee.call(*values)
    except (FeelError, RecursionError):
        raise
    except Exception as cause:
        raise FeelFunctionError(callee.name, cause) from cause
    finally:
        run.depth -= 1


@translates(FunctionLiteral)
def function_literal(node: FunctionLiteral) -> Closure:
    body, parameters, cost = translate(node.body), node.parameters, size(node.body)
    names = tuple(parameter.name for parameter in parameters)
    if node.external:
        return external(body, names, node.start)

    def define(frame: Frame) -> Value:
        def run_body(*values: Value) -> Value:
            frame.run.spend(cost)
            bound: dict[str, Value] = {}
            for parameter, value in zip(parameters, values, strict=True):
                fitted = fit(value, parameter.type, frame.run)
                if fitted is None and value is not None:
                    return refused(frame.run, parameter)
                bound[parameter.name] = fitted
            return body(Frame(bound, frame, frame.run))

        return Function("", names, run_body)

    return define


def external(body: Closure, names: tuple[str, ...], position: int) -> Closure:
    def define(frame: Frame) -> Value:
        definition = body(frame)
        found = java_function(definition.get("java"), names) if isinstance(definition, dict) else None
        if found is None:
            frame.run.warn(position, "Deze externe functie voeren wij niet uit")
        return found

    return define


def fit(value: Value, wanted: Type | None, run: Run) -> Value:
    """The value as its parameter type wants it: a list of one gives its item, an item may become a list. None:
    impossible."""
    if wanted is None or conforms(value, wanted, run.types, run.spend) in (True, None):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], wanted, run.types, run.spend):
        return value[0]
    return [value] if wanted.name == "list" and conforms([value], wanted, run.types, run.spend) else None


def refused(run: Run, parameter: Parameter) -> None:
    run.warn(parameter.start, f"De waarde voor '{parameter.name}' heeft niet het juiste type")
