"""A model as read from one file, and taking its decisions (DMN 1.5, chapters 6 and 10.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.logic import Evaluation, FunctionDefinition, Logic, TableTrace, Variables, fitted
from bedrijfsbureau.dmn.types import Types, adopted
from bedrijfsbureau.feel import FeelLimitError, Function, Value, Warning
from bedrijfsbureau.feel.run import Run

SERVICE_STEPS = 5  # what calling a service costs of the steps an evaluation may take
Reference = tuple[str, str]  # namespace of the model, id of the element


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    type: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class DecisionElement:
    """`requires`: decisions, input data, knowledge models and services, in the order of the file."""

    id: str
    name: str
    type: str | None
    line: int | None
    requires: tuple[Reference, ...]
    logic: Logic | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function decisions may call."""

    id: str
    name: str
    line: int | None
    requires: tuple[Reference, ...]
    function: FunctionDefinition | None


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: a part of the graph as a function."""

    id: str
    name: str
    type: str | None
    line: int | None
    outputs: tuple[Reference, ...]
    input_decisions: tuple[Reference, ...]
    input_data: tuple[Reference, ...]

    @property
    def inputs(self) -> tuple[Reference, ...]:
        """As parameters of the function: input data come first, then the decisions that are input."""
        return (*self.input_data, *self.input_decisions)


DrgElement = InputData | DecisionElement | Knowledge | Service


@dataclass(frozen=True, slots=True)
class DecisionTrace:
    """One decision that was taken on the way: its value, and its tables with inputs and hits."""

    id: str
    name: str
    value: Value
    tables: tuple[TableTrace, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome. `trace` holds the decisions in the order they were taken, the asked one last."""

    value: Value
    trace: tuple[DecisionTrace, ...]
    warnings: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """`imports`: the prefix under which one model (by its namespace) knows the names of another (by its)."""

    name: str
    namespace: str
    elements: Mapping[Reference, DrgElement]
    types: Types
    imports: Mapping[tuple[str, str], str] = field(default_factory=dict)
    problems: tuple[DmnError, ...] = ()

    @property
    def decisions(self) -> tuple[DecisionElement, ...]:
        """Its own, without those of models it imports."""
        own = (each for (namespace, _), each in self.elements.items() if namespace == self.namespace)
        return tuple(each for each in own if isinstance(each, DecisionElement))

    def find(self, wanted: str) -> DrgElement:
        """A decision, service or knowledge model by id or name. Raises DmnError."""
        own = self.elements.get((self.namespace, wanted))
        named = (each for each in self.elements.values() if each.name == wanted and not isinstance(each, InputData))
        found = own or next(named, None)
        if found is None:
            raise DmnError(wanted, "Deze beslissing staat niet in het model")
        return found

    def decide(
        self, wanted: str, context: Mapping[str, Value], now: datetime | None = None, strict: bool = True
    ) -> Decision:
        """Take a decision (or call a service, with its inputs in the context). A decision sees the whole context, the
        decisions it requires, and its knowledge models.

        Raises FeelLimitError, and DmnError when a decision on the way can't be taken: two hits in a UNIQUE table, a
        value that is not of its type. When not `strict` that gives null and a warning, as the standard has it, and
        the decisions that require it are taken with null."""
        element = self.find(wanted)
        asked = Asked(self, context, now, strict)
        try:
            value = asked.value_of(element, self.reference(element))
        except RecursionError:
            raise FeelLimitError("de berekening gaat te diep") from None
        return Decision(value, tuple(asked.trace), tuple(asked.evaluation.run.warnings))

    def reference(self, element: DrgElement) -> Reference:
        return next(reference for reference, each in self.elements.items() if each is element)

    def imported_by(self, namespace: str) -> list[tuple[str, str]]:
        """What a model imports: namespace and prefix."""
        return [(to, prefix) for (importing, to), prefix in self.imports.items() if importing == namespace]

    def path(self, namespace: str) -> tuple[str, ...]:
        """The prefixes, outermost first, under which a context of this model holds the names of another."""
        shortest: dict[str, tuple[str, ...]] = {self.namespace: ()}
        waiting = [self.namespace]
        for here in waiting:
            for to, prefix in self.imported_by(here):
                if to not in shortest:
                    shortest[to] = (*shortest[here], prefix) if prefix else shortest[here]
                    waiting.append(to)
        return shortest.get(namespace, ())

    def part_of(self, context: Variables, namespace: str) -> Variables:
        """The part of a context that holds the names of an imported model, under whichever prefixes it lies."""
        parts, waiting = {self.namespace: context}, [self.namespace]
        for here in waiting:
            for to, prefix in self.imported_by(here):
                part = parts[here].get(prefix) if prefix else parts[here]
                if to not in parts and isinstance(part, Mapping):
                    parts[to] = part
                    waiting.append(to)
        return parts.get(namespace, {})


class Asked:
    """One question to a model: each decision on the way is taken once."""

    def __init__(self, model: Definitions, context: Mapping[str, Value], now: datetime | None, strict: bool) -> None:
        self.model = model
        self.strict = strict
        self.context: Variables = dict(context)
        self.evaluation = Evaluation(Run({}, now, model.types.conforms), model.types)
        self.values: dict[Reference, Value] = {}
        self.busy: set[Reference] = set()
        self.trace: list[DecisionTrace] = []

    def value_of(self, element: DrgElement, reference: Reference) -> Value:
        if isinstance(element, Service):
            return self.serve(element, {each: self.given(each) for each in element.inputs})
        if reference not in self.values:
            if reference in self.busy:
                raise DmnError(element.id, "Deze beslissing heeft zichzelf nodig", element.line)
            self.busy.add(reference)
            self.values[reference] = self.fresh(element, reference) if self.strict else self.attempt(element, reference)
            self.busy.discard(reference)
        return self.values[reference]

    def attempt(self, element: InputData | DecisionElement | Knowledge, reference: Reference) -> Value:
        try:
            return self.fresh(element, reference)
        except DmnError as error:
            self.evaluation.run.warn(0, str(error))
            return None

    def fresh(self, element: InputData | DecisionElement | Knowledge, reference: Reference) -> Value:
        if isinstance(element, InputData):
            return self.fit(element, self.given(reference))
        if isinstance(element, Knowledge):
            return self.function(element, reference)
        if element.logic is None:
            raise DmnError(element.id, "Deze beslissing heeft geen inhoud", element.line)
        variables = {**self.context_of(reference[0]), **self.required(element.requires, reference[0])}
        before, self.evaluation.tables = self.evaluation.tables, []
        value = None
        try:
            value = self.fit(element, element.logic.value(variables, self.evaluation))
        finally:
            self.trace.append(DecisionTrace(element.id, element.name, value, tuple(self.evaluation.tables)))
            self.evaluation.tables = before
        return value

    def fit(self, element: DecisionElement | InputData | Service, value: Value) -> Value:
        if not self.strict:
            return fitted(value, element.type, self.evaluation)
        try:
            return self.model.types.fit(value, element.type, self.evaluation.run.spend)
        except ValueError as problem:
            raise DmnError(element.id, f"'{element.name}' klopt niet: {problem}", element.line) from None

    def given(self, reference: Reference) -> Value:
        """What the context holds under the name of an element."""
        return adopted(self.context_of(reference[0]).get(self.model.elements[reference].name))

    def context_of(self, namespace: str) -> Variables:
        return self.context if namespace == self.model.namespace else self.model.part_of(self.context, namespace)

    def required(self, references: tuple[Reference, ...], namespace: str) -> dict[str, Value]:
        """The variables a decision gets. Those of an imported model lie together under the name of the import."""
        variables: dict[str, Value] = {}
        for reference in references:
            element = self.model.elements.get(reference)
            if element is None:
                raise DmnError(reference[1], "Er is geen element met dit kenmerk")
            if isinstance(element, Service):
                value: Value = self.service_function(element)
            else:
                value = self.value_of(element, reference)
            prefix = self.model.imports.get((namespace, reference[0]))
            (variables.setdefault(prefix, {}) if prefix else variables)[element.name] = value
        return variables

    def function(self, element: Knowledge, reference: Reference) -> Value:
        """A knowledge model sees its parameters and the models it requires, and may call itself; in a circle too."""
        if element.function is None:
            return None
        variables: dict[str, Value] = {}
        function: Value = element.function.value(variables, self.evaluation)
        self.values[reference] = variables[element.name] = function
        variables.update(self.required(element.requires, reference[0]))
        return function

    def service_function(self, element: Service) -> Function:
        parameters = [self.model.elements[each] for each in element.inputs]

        def call(*values: Value) -> Value:
            given: dict[Reference, Value] = {}
            for reference, parameter, value in zip(element.inputs, parameters, values, strict=True):
                given[reference] = fitted(value, getattr(parameter, "type", None), self.evaluation)
                if given[reference] is None and value is not None:
                    return None
            return self.serve(element, given)

        return Function(element.name, tuple(parameter.name for parameter in parameters), call)

    def serve(self, element: Service, given: Mapping[Reference, Value]) -> Value:
        """Its output decisions, taken with only the given inputs: one gives its value, more a context."""
        self.evaluation.run.spend(SERVICE_STEPS)
        inner = Asked(self.model, {}, None, self.strict)
        inner.evaluation, inner.trace = self.evaluation, self.trace
        inner.values.update(given)
        outputs = {
            self.model.elements[each].name: inner.value_of(self.model.elements[each], each) for each in element.outputs
        }
        return self.fit(element, next(iter(outputs.values())) if len(outputs) == 1 else outputs)
