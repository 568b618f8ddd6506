"""Arithmetic, comparison, `in`, `between`, `instance of` and ranges."""

from decimal import Decimal

from bedrijfsbureau.feel.arithmetic import NUMBERS, OPERATIONS, negate, power_cost
from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.compare import ORDER, PLAIN, compare, equal, matches
from bedrijfsbureau.feel.nodes import (
    Arithmetic,
    Between,
    Comparison,
    InstanceOf,
    Literal,
    Membership,
    Name,
    Negation,
    Node,
    OperatorTest,
    RangeLiteral,
)
from bedrijfsbureau.feel.run import TEXT_BLOCK, Frame, Run
from bedrijfsbureau.feel.types import conforms
from bedrijfsbureau.feel.values import KINDS, Range, Value, adopt, dutch, kind
from bedrijfsbureau.feel.walk import mentions

SLOW = 5  # steps more than on plain numbers and texts: a time zone may have to be looked up
FAST_NUMBERS = {"+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply}


@translates(Arithmetic)
def arithmetic(node: Arithmetic) -> Closure:
    left, right, position = translate(node.left), translate(node.right), node.start
    operation, operator = OPERATIONS[node.operator], node.operator
    fast = FAST_NUMBERS.get(operator)

    def calculate(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if one is None or other is None:
            return None
        try:
            if fast is not None and type(one) is Decimal is type(other):
                return fast(one, other)
            frame.run.spend(power_cost(other) if operator == "**" else SLOW)
            result = operation(one, other)
        except (ArithmeticError, ValueError):
            frame.run.warn(position, f"De uitkomst van '{operator}' past niet")
            return None
        if result is None:
            frame.run.warn(position, f"'{operator}' kan niet met {dutch(one)} en {dutch(other)}")
        elif type(result) is str:
            frame.run.spend(len(result) // TEXT_BLOCK)
        return result

    return calculate


@translates(Negation)
def negation(node: Negation) -> Closure:
    operand, position = translate(node.operand), node.start

    def calculate(frame: Frame) -> Value:
        value = operand(frame)
        result = negate(value)
        if result is None and value is not None:
            frame.run.warn(position, f"'-' kan niet met {dutch(value)}")
        return result

    return calculate


@translates(Comparison)
def comparison(node: Comparison) -> Closure:
    if node.operator in ("=", "!="):
        return equality(node)
    left, right, operator, position = translate(node.left), translate(node.right), node.operator, node.start
    fast = ORDER[operator]

    def order(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is type(other) and type(one) in PLAIN:
            if type(one) is str:
                frame.run.spend(len(one) // TEXT_BLOCK)
            return fast(one, other)
        return ordered(frame.run, operator, one, other, position)

    return order


def ordered(run: Run, operator: str, one: Value, other: Value, position: int) -> Value:
    run.spend(SLOW)
    answer = compare(operator, one, other)
    if answer is None and one is not None and other is not None:
        run.warn(position, f"'{operator}' kan niet met {dutch(one)} en {dutch(other)}")
    return answer


def equality(node: Comparison) -> Closure:
    negated = node.operator == "!="
    if isinstance(node.right, Literal) and (node.right.value is None or type(node.right.value) in (bool, str)):
        return equality_with(translate(node.left), node.right.value, negated, node.start)
    left, right, position = translate(node.left), translate(node.right), node.start

    def same(frame: Frame) -> Value:
        return compared(frame.run, left(frame), right(frame), negated, position)

    return same


def equality_with(left: Closure, constant: Value, negated: bool, position: int) -> Closure:
    """The comparison dossiers are full of: a field with a constant."""
    if constant is None:
        return (lambda frame: left(frame) is not None) if negated else (lambda frame: left(frame) is None)
    constant_type = type(constant)

    def same(frame: Frame) -> Value:
        value = left(frame)
        if type(value) is constant_type:
            return (value == constant) is not negated
        if value is None:
            return negated
        return compared(frame.run, value, constant, negated, position)

    return same


def compared(run: Run, one: Value, other: Value, negated: bool, position: int) -> Value:
    answer = equal(one, other, run.spend)
    if answer is None:
        run.warn(position, f"Een {dutch(one)} en een {dutch(other)} zijn niet te vergelijken")
        return None
    return answer is not negated


@translates(Between)
def between(node: Between) -> Closure:
    value, low, high, position = translate(node.value), translate(node.low), translate(node.high), node.start

    def test(frame: Frame) -> Value:
        subject = value(frame)
        above = ordered(frame.run, ">=", subject, low(frame), position)
        below = ordered(frame.run, "<=", subject, high(frame), position)
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    return test


@translates(Membership)
def membership(node: Membership) -> Closure:
    value = translate(node.value)
    constants = constant_texts(node.tests)
    if constants is not None:
        return in_constants(value, constants, any_test(node.tests))
    test = any_test(node.tests)

    def check(frame: Frame) -> Value:
        subject = value(frame)
        return test(Frame({"?": subject}, frame, frame.run))

    return check


def constant_texts(tests: tuple[Node, ...]) -> frozenset[str] | None:
    """The texts of a test like `in ("a", "b")`, when it has only those."""
    texts = [test.value for test in tests if isinstance(test, Literal) and isinstance(test.value, str)]
    return frozenset(texts) if len(texts) == len(tests) else None


def in_constants(value: Closure, constants: frozenset[str], otherwise: Closure) -> Closure:
    def check(frame: Frame) -> Value:
        subject = value(frame)
        if type(subject) is str:
            return subject in constants
        return False if subject is None else otherwise(Frame({"?": subject}, frame, frame.run))

    return check


def any_test(tests: tuple[Node, ...]) -> Closure:
    """Whether the value named `?` satisfies one of the tests."""
    compiled = tuple(unary_test(test) for test in tests)
    if len(compiled) == 1:
        return compiled[0]

    def check(frame: Frame) -> Value:
        answer: bool | None = False
        for test in compiled:
            result = test(frame)
            if result is True:
                return True
            if result is None:
                answer = None
        return answer

    return check


def unary_test(node: Node) -> Closure:
    if isinstance(node, OperatorTest):
        inputs = Name(node.start, node.start, "?")
        return translate(Comparison(node.start, node.end, node.operator, inputs, node.endpoint))
    expression, about_input = translate(node), mentions(node, "?")

    def check(frame: Frame) -> Value:
        result = expression(frame)
        if about_input and (result is None or isinstance(result, bool)):
            return result
        value = frame.variables["?"]
        return matches(adopt(value), result, frame.run.spend)

    return check


@translates(OperatorTest)
def half_range(node: OperatorTest) -> Closure:
    """`(< 5)` as a value: a range without a lower end. `(!= 5)` is no range and gives null."""
    endpoint, operator = translate(node.endpoint), node.operator

    def build(frame: Frame) -> Value:
        end = endpoint(frame)
        if end is None or operator == "!=":
            return None
        if operator == "=":
            return Range(end, end, True, True, True)
        if operator[0] == "<":
            return Range(None, end, False, operator == "<=", True)
        return Range(end, None, operator == ">=", False, True)

    return build


@translates(RangeLiteral)
def range_literal(node: RangeLiteral) -> Closure:
    low, high, position = translate(node.low), translate(node.high), node.start
    low_included, high_included = node.low_included, node.high_included

    def build(frame: Frame) -> Value:
        lower, upper = low(frame), high(frame)
        if (lower is None and upper is None) or (
            lower is not None and upper is not None and kind(lower) != kind(upper)
        ):
            frame.run.warn(position, f"Een bereik kan niet van {dutch(lower)} tot {dutch(upper)} lopen")
            return None
        return Range(lower, upper, low_included and lower is not None, high_included and upper is not None)

    return build


@translates(InstanceOf)
def instance_of(node: InstanceOf) -> Closure:
    value, wanted = translate(node.value), node.type

    def test(frame: Frame) -> Value:
        subject = value(frame)
        return conforms(subject if type(subject) in KINDS else adopt(subject), wanted, frame.run.types, frame.run.spend)

    return test
