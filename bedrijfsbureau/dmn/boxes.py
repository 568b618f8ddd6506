"""Reading the logic of a decision: each kind of boxed expression from its XML element."""

from collections.abc import Callable, Mapping

from bedrijfsbureau.dmn import logic
from bedrijfsbureau.dmn.document import Element, child, children, label, local, text_of
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.logic import Logic
from bedrijfsbureau.dmn.tables import AGGREGATIONS, POLICIES, Input, Output, Rule, Table
from bedrijfsbureau.dmn.types import Types
from bedrijfsbureau.feel import Expression, FeelSyntaxError, UnaryTests, compile, compile_unary

FEEL_PREFIXES = ("feel", "sfeel")


class BoxReader:
    """`names`: the names of the model; problems are added to `problems`."""

    def __init__(self, names: frozenset[str], problems: list[DmnError]) -> None:
        self.names = names
        self.problems = problems
        self.types = Types({})
        self.type_keys: Mapping[str, str] = {}
        self.language = "feel"
        self.readers: dict[str, Callable[[Element], Logic]] = {
            "literalExpression": self.literal, "decisionTable": self.table, "context": self.context, "list":
            self.list_of, "relation": self.relation, "functionDefinition": self.function, "invocation":
            self.invocation, "conditional": self.conditional, "filter": self.filter, "for": self.walk, "some":
            self.walk, "every": self.walk, }  # fmt: skip

    def problem(self, element: Element, message: str) -> None:
        self.problems.append(DmnError(label(element), message, element.sourceline))

    def name(self, element: Element) -> str:
        return " ".join(str(element.get("name") or "").split())

    def type_of(self, element: Element, text: str | None = None) -> str | None:
        """The key of the type an element (or a text inside it) names: without FEEL's prefix, or that of a namespace,
        which older versions of DMN write."""
        name = " ".join((text or element.get("typeRef") or "").split())
        prefix, colon, rest = name.partition(":")
        if colon and (prefix in FEEL_PREFIXES or prefix in element.nsmap):
            name = rest
        return self.type_keys.get(name, name) or None

    def box(self, parent: Element) -> Logic | None:
        """The logic inside an element, if it has any."""
        element = child(parent, *self.readers)
        return None if element is None else self.typed(element)

    def typed(self, element: Element) -> Logic:
        """Any boxed expression may name the type of its value; literal ones, tables and functions do so themselves."""
        kind = local(element)
        inner, wanted = self.readers[kind](element), self.type_of(element)
        fits_itself = wanted is None or kind in ("literalExpression", "functionDefinition")
        return inner if fits_itself else logic.Typed(inner, wanted)

    def inside(self, parent: Element, name: str) -> Logic:
        wrapper = child(parent, name)
        return (None if wrapper is None else self.box(wrapper)) or logic.Literal(None)

    # FEEL text

    def expression(self, element: Element, text: str) -> Expression | None:
        if not text:
            return None
        try:
            return compile(text, self.names)
        except FeelSyntaxError as error:
            self.problem(element, f"'{text}' is geen FEEL: {error.problem}, teken {error.position + 1}")
            return None

    def tests(self, element: Element, text: str) -> UnaryTests | None:
        try:
            return compile_unary(text or "-", self.names)
        except FeelSyntaxError as error:
            self.problem(element, f"'{text}' is geen FEEL-test: {error.problem}, teken {error.position + 1}")
            return None

    def allowed(self, element: Element | None) -> UnaryTests | None:
        text = text_of(element)
        return self.tests(element, text) if text else None

    def literal(self, element: Element) -> Logic:
        language = str(element.get("expressionLanguage") or self.language).lower()
        if "feel" not in language or child(element, "importedValues") is not None:
            message = "Deze uitdrukking is niet in FEEL geschreven; andere talen voeren wij niet uit"
            self.problem(element, message)
            return logic.Broken(label(element), message)
        return logic.Literal(self.expression(element, text_of(element)), self.type_of(element))

    # Boxed expressions

    def context(self, element: Element) -> Logic:
        entries: list[tuple[str, str | None, Logic]] = []
        result: Logic | None = None
        for entry in children(element, "contextEntry"):
            variable, inner = child(entry, "variable"), self.box(entry) or logic.Literal(None)
            if variable is None:
                result = inner
            else:
                entries.append((self.name(variable), self.type_of(variable), inner))
        return logic.Context(tuple(entries), result)

    def list_of(self, element: Element) -> Logic:
        return logic.ListOf(self.boxes(element))

    def boxes(self, element: Element) -> tuple[Logic, ...]:
        return tuple(self.typed(each) for each in children(element, *self.readers))

    def relation(self, element: Element) -> Logic:
        columns = tuple((self.name(each), self.type_of(each)) for each in children(element, "column"))
        return logic.Relation(columns, tuple(self.boxes(row) for row in children(element, "row")))

    def function(self, element: Element, name: str = "") -> logic.FunctionDefinition:
        kind = str(element.get("kind") or "FEEL").upper()
        parameters = tuple((self.name(each), self.type_of(each)) for each in children(element, "formalParameter"))
        if kind not in ("FEEL", "JAVA"):
            self.problem(element, f"Een functie van de soort {kind} voeren wij niet uit")
            return logic.FunctionDefinition(name, parameters, None)
        wanted = self.types.result_of(self.type_of(element))
        return logic.FunctionDefinition(name, parameters, self.box(element), wanted, kind == "JAVA")

    def invocation(self, element: Element) -> Logic:
        bindings = []
        for binding in children(element, "binding"):
            parameter = child(binding, "parameter")
            bindings.append(("" if parameter is None else self.name(parameter), self.box(binding)))
        return logic.Invocation(self.box(element) or logic.Literal(None), tuple(bindings))

    def conditional(self, element: Element) -> Logic:
        return logic.Conditional(*(self.inside(element, part) for part in ("if", "then", "else")))

    def filter(self, element: Element) -> Logic:
        return logic.Filter(self.inside(element, "in"), self.inside(element, "match"))

    def walk(self, element: Element) -> Logic:
        kind = local(element)
        body = self.inside(element, "return" if kind == "for" else "satisfies")
        return logic.Walk(kind, str(element.get("iteratorVariable") or ""), self.inside(element, "in"), body)

    # Decision tables

    def table(self, element: Element) -> Logic:
        policy = str(element.get("hitPolicy") or "UNIQUE")
        aggregation = element.get("aggregation")
        inputs = tuple(self.input(each) for each in children(element, "input"))
        outputs = tuple(self.output(each) for each in children(element, "output"))
        rules = tuple(self.rule(each, len(inputs), len(outputs)) for each in children(element, "rule"))
        problem = self.table_problem(policy, aggregation, len(outputs))
        if problem:
            self.problem(element, problem)
            return logic.Broken(label(element), problem)
        known = next(name for name in POLICIES if name == policy)
        collected = aggregation if policy == "COLLECT" else None
        return Table(label(element), element.sourceline, known, collected, inputs, outputs, rules)

    def table_problem(self, policy: str, aggregation: str | None, outputs: int) -> str | None:
        if policy not in POLICIES:
            return f"De hit policy '{policy}' bestaat niet"
        if aggregation is not None and aggregation not in AGGREGATIONS:
            return f"De aggregatie '{aggregation}' bestaat niet"
        if not outputs:
            return "De tabel heeft geen uitvoer"
        if aggregation is not None and policy == "COLLECT" and outputs > 1:
            return "Een aggregatie kan alleen met één uitvoerkolom"
        return None

    def input(self, element: Element) -> Input:
        expression = child(element, "inputExpression")
        text = text_of(expression)
        title = " ".join(str(element.get("label") or text).split())
        wanted = None if expression is None else self.type_of(expression)
        inner = logic.Literal(self.expression(element, text), wanted)
        return Input(title, text, wanted, inner, self.allowed(child(element, "inputValues")))

    def output(self, element: Element) -> Output:
        default = child(element, "defaultOutputEntry")
        wanted = self.type_of(element)
        listed = child(element, "outputValues")
        values_text = text_of(listed)
        if not values_text:
            inherited = self.types.allowed(wanted)
            values_text = "" if inherited is None else inherited.text
        return Output(
            self.name(element),
            wanted,
            logic.Literal(self.expression(element, f"[{values_text}]")) if values_text else None,
            None if default is None else logic.Literal(self.expression(default, text_of(default)), wanted),
        )

    def rule(self, element: Element, inputs: int, outputs: int) -> Rule:
        tests = tuple(self.tests(each, text_of(each)) for each in children(element, "inputEntry"))
        results: tuple[Logic, ...] = tuple(
            logic.Literal(self.expression(each, text_of(each))) for each in children(element, "outputEntry")
        )
        if len(tests) != inputs or len(results) != outputs:
            self.problem(element, f"De regel heeft {len(tests)} tests en {len(results)} uitkomsten")
            tests = (*tests, *(None for _ in range(inputs)))[:inputs]
            results = (*results, *(logic.Literal(None) for _ in range(outputs)))[:outputs]
        annotations = tuple(text_of(each) for each in children(element, "annotationEntry"))
        description = child(element, "description")
        if description is not None and description.text:
            annotations = (*annotations, str(description.text).strip())
        return Rule(label(element), tests, results, annotations, element.sourceline)
