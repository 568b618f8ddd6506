"""The grammar of FEEL (DMN 1.5, 10.3.1.2) as a precedence parser: each operator binds with a power, and an operand
takes all operators that bind tighter than the one to its left."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from bedrijfsbureau.feel import nodes
from bedrijfsbureau.feel.arithmetic import NUMBERS
from bedrijfsbureau.feel.cursor import NAME_SIGNS, Cursor
from bedrijfsbureau.feel.literals import parse_temporal
from bedrijfsbureau.feel.names import Known
from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.tokens import KEYWORDS, unescape

OR, AND, COMPARE, ADD, MULTIPLY, POWER, NEGATE, INSTANCE, POSTFIX = range(1, 10)
POWERS = {
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), COMPARE),
    "or": OR,
    "and": AND,
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "**": POWER,
    "instance": INSTANCE,
    ".": POSTFIX,
    "[": POSTFIX,
    "(": POSTFIX,
}
COMPARISONS = frozenset(("=", "!=", "<", "<=", ">", ">="))
CONSTANTS = {"true": True, "false": False, "null": None}
MAX_CHAIN = 150


class Parser(Cursor):
    """Raises FeelSyntaxError. `brackets_filter` is off while reading the end of a range, where '[' closes the range."""

    def __init__(self, text: str, names: Known) -> None:
        super().__init__(text, names)
        self.brackets_filter = True
        self.prefixes: Mapping[str, Callable[[], Node]] = {
            "(": self.parenthesis, "[": self.list_or_range, "]": self.open_range, "{": self.context, "-": self.negation,
            "@": self.at_literal, "?": self.implicit_input, "if": self.conditional, "for": self.loop, "some":
            self.quantified, "every": self.quantified, "function": self.function_literal, }  # fmt: skip

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            self.fail(f"Hier hoort een operator of het einde, niet {self.found()}", "operator", "einde")
        return node

    def expression(self, minimum: int = 0) -> Node:
        self.deeper()
        node = self.operators(self.operand(), minimum)
        self.depth -= 1
        return node

    def bracketed(self) -> Node:
        """An expression inside brackets, where '[' filters again."""
        before, self.brackets_filter = self.brackets_filter, True
        node = self.expression()
        self.brackets_filter = before
        return node

    # Operators

    def operators(self, left: Node, minimum: int) -> Node:
        chain = 0
        while True:
            operator = self.token.text
            power = POWERS.get(operator)
            if power is None or power <= minimum or not self.is_operator(operator, left):
                return left
            chain += 1
            if chain > MAX_CHAIN:
                self.fail(f"Meer dan {MAX_CHAIN} bewerkingen achter elkaar; gebruik een lijst of haakjes")
            left = self.operator(operator, power, left)

    def is_operator(self, operator: str, left: Node) -> bool:
        if operator == "[":
            return self.brackets_filter
        if operator == "(":
            return not isinstance(left, nodes.Literal)
        return operator != "instance" or self.next_text() == "of"

    def operator(self, operator: str, power: int, left: Node) -> Node:
        if operator == ".":
            self.advance()
            key = self.key()
            return nodes.Path(left.start, self.last_end(), left, key)
        if operator in ("and", "or"):
            return self.logic(operator, power, left)
        if operator in COMPARISONS:
            self.advance()
            right = self.expression(power)
            return nodes.Comparison(left.start, right.end, operator, left, right)
        if operator == "[":
            self.advance()
            condition = self.bracketed()
            self.expect("]")
            return nodes.Filter(left.start, self.last_end(), left, condition)
        if operator == "(":
            return self.call(left)
        if operator == "in":
            return self.membership(left)
        if operator == "between":
            return self.between(left)
        if operator == "instance":
            self.advance(2)
            wanted = self.type()
            return nodes.InstanceOf(left.start, self.last_end(), left, wanted)
        self.advance()
        right = self.expression(power)
        return nodes.Arithmetic(left.start, right.end, operator, left, right)

    def logic(self, operator: str, power: int, left: Node) -> Node:
        parts = [left]
        while self.accept(operator):
            parts.append(self.expression(power))
        kind = nodes.Conjunction if operator == "and" else nodes.Disjunction
        return kind(left.start, self.last_end(), tuple(parts))

    def between(self, value: Node) -> Node:
        self.advance()
        low = self.expression(COMPARE)
        self.expect("and")
        high = self.expression(COMPARE)
        return nodes.Between(value.start, high.end, value, low, high)

    def membership(self, value: Node) -> Node:
        self.advance()
        tests = self.parenthesized_tests() if self.token.text == "(" else (self.test(COMPARE),)
        return nodes.Membership(value.start, self.last_end(), value, tests)

    def parenthesized_tests(self) -> tuple[Node, ...]:
        """After `in`: `(1, < 3)`, a range `(1..3]`, or an expression that merely starts with a bracket."""
        start = self.token.start
        first = self.inside_parenthesis(start)
        if isinstance(first, tuple):
            return first
        return (self.operators(first, COMPARE),)

    def inside_parenthesis(self, start: int) -> Node | tuple[Node, ...]:
        self.advance()
        before, self.brackets_filter = self.brackets_filter, True
        tests = [self.test(0)]
        if self.token.text == "..":
            self.brackets_filter = before
            return self.rest_of_range(start, tests[0], False)
        while self.accept(","):
            tests.append(self.test(0))
        self.brackets_filter = before
        self.expect(")")
        single = len(tests) == 1 and not isinstance(tests[0], nodes.OperatorTest)
        return tests[0] if single else tuple(tests)

    def test(self, minimum: int) -> Node:
        """One positive unary test."""
        if self.token.text not in COMPARISONS:
            return self.expression(minimum)
        start, operator = self.token.start, self.advance().text
        endpoint = self.expression(COMPARE)
        return nodes.OperatorTest(start, endpoint.end, operator, endpoint)

    def call(self, function: Node) -> Node:
        self.advance()
        arguments: list[Node] = []
        names: list[str] | None = [] if self.named_argument_follows() else None
        for _ in self.items(")"):
            if names is not None:
                names.append(self.declared_name(":"))
                self.expect(":")
            arguments.append(self.bracketed())
        return nodes.Call(
            function.start, self.last_end(), function, tuple(arguments), None if names is None else tuple(names)
        )

    def named_argument_follows(self) -> bool:
        """Only a name can stand between the bracket and a colon."""
        index = self.index
        while self.tokens[index].kind == "word" or self.tokens[index].text in NAME_SIGNS:
            index += 1
        return index > self.index and self.tokens[index].text == ":"

    # Operands

    def operand(self) -> Node:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "string":
            self.advance()
            return nodes.Literal(token.start, token.end, unescape(token.text))
        if token.kind == "word":
            return self.word()
        prefix = self.prefixes.get(token.text)
        if prefix is None:
            self.fail(f"Hier hoort een waarde, niet {self.found()}", "waarde")
        return prefix()

    def number(self) -> Node:
        token = self.token
        try:
            value: Decimal = NUMBERS.create_decimal(token.text)
        except ArithmeticError:
            self.fail("Dit getal is te groot")
        self.advance()
        return nodes.Literal(token.start, token.end, value)

    def word(self) -> Node:
        token = self.token
        name = self.known_name()
        if name is None:
            if token.text in CONSTANTS:
                self.advance()
                return nodes.Literal(token.start, token.end, CONSTANTS[token.text])
            prefix = self.prefixes.get(token.text)
            if prefix is not None:
                return prefix()
            if token.text in KEYWORDS:
                self.fail(f"Hier hoort een waarde, niet het woord {self.found()}", "waarde")
            name = self.advance().text
        return nodes.Name(token.start, self.last_end(), name)

    def implicit_input(self) -> Node:
        token = self.advance()
        return nodes.Name(token.start, token.end, "?")

    def at_literal(self) -> Node:
        start = self.advance().start
        if self.token.kind != "string":
            self.fail(f"Na @ hoort een datum, tijd of duur tussen aanhalingstekens, niet {self.found()}", "tekst")
        text = unescape(self.token.text)
        value = parse_temporal(text)
        self.advance()
        return nodes.Literal(start, self.last_end(), value)

    def negation(self) -> Node:
        start = self.advance().start
        operand = self.expression(NEGATE)
        return nodes.Negation(start, operand.end, operand)

    def parenthesis(self) -> Node:
        start = self.token.start
        if self.next_text() in COMPARISONS:
            inside = self.inside_parenthesis(start)
            if isinstance(inside, tuple) and len(inside) == 1:
                return inside[0]
            self.fail("Hier hoort één bereik zoals (< 5)", "bereik")
        self.advance()
        node = self.bracketed()
        if self.token.text == "..":
            return self.rest_of_range(start, node, False)
        self.expect(")")
        return replace(node, start=start, end=self.last_end())

    def list_or_range(self) -> Node:
        start = self.advance().start
        items: list[Node] = []
        for _ in self.items("]"):
            items.append(self.bracketed())
            if len(items) == 1 and self.token.text == "..":
                return self.rest_of_range(start, items[0], True)
        return nodes.ListLiteral(start, self.last_end(), tuple(items))

    def open_range(self) -> Node:
        start = self.advance().start
        return self.rest_of_range(start, self.bracketed(), False)

    def rest_of_range(self, start: int, low: Node, low_included: bool) -> Node:
        self.expect("..")
        before, self.brackets_filter = self.brackets_filter, False
        high = self.expression()
        self.brackets_filter = before
        if self.token.text not in ("]", ")", "["):
            self.fail(f"Een bereik eindigt met ], ) of [, niet met {self.found()}", "]", ")", "[")
        closing = self.advance().text
        return nodes.RangeLiteral(start, self.last_end(), low, high, low_included, closing == "]")

    def context(self) -> Node:
        start = self.advance().start
        entries: list[nodes.Entry] = []
        for _ in self.items("}"):
            first = self.token.start
            if self.token.kind == "string":
                key = unescape(self.advance().text)
                self.names.add(key)
            else:
                key = self.declared_name(":")
            self.expect(":")
            value = self.bracketed()
            entries.append(nodes.Entry(first, value.end, key, value))
        return nodes.ContextLiteral(start, self.last_end(), tuple(entries))

    def conditional(self) -> Node:
        start = self.advance().start
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return nodes.Conditional(start, otherwise.end, condition, then, otherwise)

    def loop(self) -> Node:
        start = self.advance().start
        iterators = self.iterators()
        self.expect("return")
        body = self.expression()
        return nodes.Loop(start, body.end, iterators, body)

    def quantified(self) -> Node:
        token = self.advance()
        iterators = self.iterators()
        self.expect("satisfies")
        body = self.expression()
        return nodes.Quantified(token.start, body.end, token.text == "every", iterators, body)

    def iterators(self) -> tuple[nodes.Iterator, ...]:
        found: list[nodes.Iterator] = []
        while True:
            start = self.token.start
            name = self.declared_name("in")
            self.expect("in")
            source = self.expression()
            upper = self.expression() if self.accept("..") else None
            found.append(nodes.Iterator(start, self.last_end(), name, source, upper))
            if not self.accept(","):
                return tuple(found)

    def function_literal(self) -> Node:
        start = self.advance().start
        self.expect("(")
        parameters: list[nodes.Parameter] = []
        for _ in self.items(")"):
            first = self.token.start
            name = self.declared_name(":", ",", ")")
            wanted = self.type() if self.accept(":") else None
            parameters.append(nodes.Parameter(first, self.last_end(), name, wanted))
        external = self.accept("external")
        body = self.expression()
        return nodes.FunctionLiteral(start, body.end, tuple(parameters), body, external)
