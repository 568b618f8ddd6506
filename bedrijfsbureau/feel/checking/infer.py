"""The type of every part of an expression, as far as it is known beforehand."""

from collections.abc import Callable, Mapping
from functools import singledispatchmethod

from bedrijfsbureau.feel import nodes
from bedrijfsbureau.feel.checking.calls import type_of_call
from bedrijfsbureau.feel.checking.findings import Findings, dutch
from bedrijfsbureau.feel.checking.operators import check_comparison, type_of_arithmetic
from bedrijfsbureau.feel.checking.scope import (
    BOOLEAN,
    NUMBER,
    STRING,
    Known,
    Scope,
    element,
    fields,
    joined,
    known,
    list_of,
)
from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.properties import PROPERTIES
from bedrijfsbureau.feel.registry import BUILTINS
from bedrijfsbureau.feel.types import Type
from bedrijfsbureau.feel.values import KINDS, Function, kind

PARTS = {(KINDS[python], key) for python, key in PROPERTIES}
WITH_PARTS = {name for name, _ in PARTS}
TEXT_PARTS = {"timezone": STRING, "start included": BOOLEAN, "end included": BOOLEAN}
OTHER_PARTS = {"time offset": Type("days and time duration"), "start": None, "end": None}


class Inference:
    def __init__(self, findings: Findings, functions: Mapping[str, Function]) -> None:
        self.findings = findings
        self.functions = functions

    @singledispatchmethod
    def infer(self, node: Node, scope: Scope) -> Known:
        raise NotImplementedError(type(node))

    def wants_boolean(self, node: Node, scope: Scope, what: str) -> None:
        found = known(self.infer(node, scope))
        if found is not None and found.name != "boolean":
            self.findings.type(node, f"{what} vraagt ja/nee, geen {dutch(found)}.")

    @infer.register
    def literal(self, node: nodes.Literal, scope: Scope) -> Known:
        return Type(kind(node.value))

    @infer.register
    def name(self, node: nodes.Name, scope: Scope) -> Known:
        if scope.knows(node.name) or node.name == "?":
            return scope.type(node.name)
        if node.name in self.functions or node.name in BUILTINS:
            return Type("function")
        known_names = scope.names() | set(self.functions) | set(BUILTINS)
        self.findings.name(node, f"De naam '{node.name}' is niet bekend.", node.name, known_names)
        return None

    @infer.register
    def path(self, node: nodes.Path, scope: Scope) -> Known:
        source = known(self.infer(node.source, scope))
        if source is not None and source.name == "list":
            return list_of(self.part(node, known(source.element)))
        return self.part(node, source)

    def part(self, node: nodes.Path, source: Known) -> Known:
        if source is None or (source.name == "context" and not source.fields):
            return None
        if source.name == "context":
            parts = fields(source)
            if node.key not in parts:
                self.findings.name(node, f"Er is geen onderdeel '{node.key}'.", node.key, parts, "part")
            return parts.get(node.key)
        if (source.name, node.key) not in PARTS:
            message = f"Een {dutch(source)} heeft geen onderdeel '{node.key}'."
            self.findings.name(node, message, node.key, parts_of(source.name), "part")
            return None
        return {**TEXT_PARTS, **OTHER_PARTS}.get(node.key, NUMBER)

    @infer.register
    def filter(self, node: nodes.Filter, scope: Scope) -> Known:
        item = element(self.infer(node.source, scope))
        within = fields(item)
        inner = scope.with_names({"item": item}).with_names(within, is_open=known(item) is None or is_vague(item))
        condition = known(self.infer(node.condition, inner))
        if condition is None:
            return None
        if condition.name not in ("number", "boolean"):
            self.findings.type(node.condition, f"Een filter vraagt ja/nee of een plaats, geen {dutch(condition)}.")
        return item if condition.name == "number" else list_of(item)

    @infer.register
    def call(self, node: nodes.Call, scope: Scope) -> Known:
        arguments = [self.infer(argument, scope) for argument in node.arguments]
        if isinstance(node.function, nodes.Name):
            called = scope.type(node.function.name) if scope.knows(node.function.name) else None
            if called is None or called.name != "function":
                return type_of_call(node, arguments, self.functions, scope, self.findings)
            return called.result
        called = known(self.infer(node.function, scope))
        return called.result if called is not None else None

    @infer.register
    def negation(self, node: nodes.Negation, scope: Scope) -> Known:
        operand = known(self.infer(node.operand, scope))
        if operand is not None and operand.name != "number" and not operand.name.endswith("duration"):
            self.findings.type(node, f"'-' kan niet met {dutch(operand)}.")
            return None
        return operand

    @infer.register
    def arithmetic(self, node: nodes.Arithmetic, scope: Scope) -> Known:
        left, right = known(self.infer(node.left, scope)), known(self.infer(node.right, scope))
        return type_of_arithmetic(node, left, right, self.findings)

    @infer.register
    def comparison(self, node: nodes.Comparison, scope: Scope) -> Known:
        left, right = known(self.infer(node.left, scope)), known(self.infer(node.right, scope))
        check_comparison(node, node.operator, left, right, self.findings)
        return BOOLEAN

    @infer.register
    def between(self, node: nodes.Between, scope: Scope) -> Known:
        value = known(self.infer(node.value, scope))
        for end in (node.low, node.high):
            check_comparison(end, "<=", value, known(self.infer(end, scope)), self.findings)
        return BOOLEAN

    @infer.register
    def membership(self, node: nodes.Membership, scope: Scope) -> Known:
        value = self.infer(node.value, scope)
        inner = scope.with_names({"?": value})
        for test in node.tests:
            found = known(self.infer(test, inner))
            is_test = isinstance(test, nodes.OperatorTest) or (found is not None and found.name == "boolean")
            if not is_test and element(value) == known(value):
                check_comparison(test, "=", known(value), known(element(found)), self.findings)
        return BOOLEAN

    @infer.register
    def operator_test(self, node: nodes.OperatorTest, scope: Scope) -> Known:
        end = known(self.infer(node.endpoint, scope))
        if scope.knows("?"):
            check_comparison(node, node.operator, known(scope.type("?")), end, self.findings)
        return Type("range", end)

    @infer.register(nodes.Conjunction)
    @infer.register(nodes.Disjunction)
    def logic(self, node: nodes.Conjunction | nodes.Disjunction, scope: Scope) -> Known:
        word = "and" if isinstance(node, nodes.Conjunction) else "or"
        for part in node.parts:
            self.wants_boolean(part, scope, f"'{word}'")
        return BOOLEAN

    @infer.register
    def conditional(self, node: nodes.Conditional, scope: Scope) -> Known:
        self.wants_boolean(node.condition, scope, "'if'")
        return joined(self.infer(node.then, scope), self.infer(node.otherwise, scope))

    @infer.register
    def loop(self, node: nodes.Loop, scope: Scope) -> Known:
        return list_of(self.infer(node.body, self.walked(node.iterators, scope).with_names({"partial": Type("list")})))

    @infer.register
    def quantified(self, node: nodes.Quantified, scope: Scope) -> Known:
        self.wants_boolean(node.body, self.walked(node.iterators, scope), "'satisfies'")
        return BOOLEAN

    def walked(self, iterators: tuple[nodes.Iterator, ...], scope: Scope) -> Scope:
        for iterator in iterators:
            source = self.infer(iterator.source, scope)
            if iterator.upper is not None:
                self.infer(iterator.upper, scope)
            scope = scope.with_names({iterator.name: element(source)})
        return scope

    @infer.register
    def function_literal(self, node: nodes.FunctionLiteral, scope: Scope) -> Known:
        inner = scope.with_names({parameter.name: parameter.type for parameter in node.parameters})
        return Type("function", result=None if node.external else self.infer(node.body, inner))

    @infer.register
    def context_literal(self, node: nodes.ContextLiteral, scope: Scope) -> Known:
        types: dict[str, Known] = {}
        for entry in node.entries:
            own = {entry.key: None} if isinstance(entry.value, nodes.FunctionLiteral) else {}
            types[entry.key] = self.infer(entry.value, scope.with_names({**types, **own}))
        return Type("context", fields=tuple((key, found or Type("Any")) for key, found in types.items()))

    @infer.register
    def list_literal(self, node: nodes.ListLiteral, scope: Scope) -> Known:
        found = [self.infer(item, scope) for item in node.items]
        return list_of(found[0] if found and all(each == found[0] for each in found) else None)

    @infer.register
    def range_literal(self, node: nodes.RangeLiteral, scope: Scope) -> Known:
        low, high = known(self.infer(node.low, scope)), known(self.infer(node.high, scope))
        check_comparison(node, "<=", low, high, self.findings)
        return Type("range", low or high)

    @infer.register
    def instance_of(self, node: nodes.InstanceOf, scope: Scope) -> Known:
        self.infer(node.value, scope)
        return BOOLEAN


def parts_of(name: str) -> list[str]:
    return [key for owner, key in PARTS if owner == name]


def is_vague(kind_of_item: Known) -> bool:
    """A context whose fields nobody declared."""
    return kind_of_item is not None and kind_of_item.name == "context" and not kind_of_item.fields


Infer = Callable[[Node, Scope], Known]
