"""From XML to Definitions. What is wrong is collected; a strict reading (the default) raises the first problem."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bedrijfsbureau.dmn.boxes import BoxReader
from bedrijfsbureau.dmn.definitions import (
    DecisionElement,
    Definitions,
    DrgElement,
    InputData,
    Knowledge,
    Reference,
    Service,
)
from bedrijfsbureau.dmn.document import Element, child, children, label, local, parse
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.logic import FunctionDefinition
from bedrijfsbureau.dmn.types import FunctionItem, ItemType, Types

NAMED = frozenset(("variable", "parameter", "formalParameter", "column", "output", "itemComponent", "itemDefinition"))
GRAPH = frozenset(("decision", "inputData", "businessKnowledgeModel", "decisionService", "import"))
REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")


def read(xml: bytes, imports: Mapping[str, Definitions] | None = None, strict: bool = True) -> Definitions:
    """Read a model. `imports`: the models it may import, by namespace. Raises DmnError; when not strict, only for a
    file that is no DMN at all: other problems are kept in `problems`, and what they concern gives null or an error
    when used."""
    root = parse(xml)
    if local(root) != "definitions":
        raise DmnError(label(root), "Dit is geen DMN-bestand: het begint niet met definitions")
    reader = ModelReader(root, imports or {})
    definitions = reader.definitions()
    if strict and definitions.problems:
        raise definitions.problems[0]
    return definitions


class ModelReader:
    def __init__(self, root: Element, imports: Mapping[str, Definitions]) -> None:
        self.root = root
        self.namespace = str(root.get("namespace") or "")
        self.imported = {
            str(each.get("name") or ""): imports[each.get("namespace")]
            for each in children(root, "import")
            if each.get("namespace") in imports
        }
        self.problems = [
            DmnError(
                label(each), f"Het model '{each.get('namespace')}' dat wordt geïmporteerd, is er niet", each.sourceline
            )
            for each in children(root, "import")
            if each.get("namespace") not in imports
        ]
        self.boxes = BoxReader(self.names(), self.problems)
        self.boxes.language = str(root.get("expressionLanguage") or "feel")
        self.boxes.type_keys = self.type_keys()

    def names(self) -> frozenset[str]:
        """Every name an expression of this model may use."""
        found = set()
        for element in self.root.iter():
            kind = local(element)
            if kind in NAMED or kind in GRAPH:
                found.add(str(element.get("name") or ""))
            found.add(str(element.get("iteratorVariable") or ""))
        for model in self.imported.values():
            found |= {each.name for each in model.elements.values()}
            found |= {key for item in model.types.items.values() for key in item.fields}
        return frozenset(" ".join(name.split()) for name in found if name)

    def definitions(self) -> Definitions:
        types = self.types()
        elements: dict[Reference, DrgElement] = {}
        for model in self.imported.values():
            elements.update(model.elements)
        for element in self.root:
            drg = self.element(element)
            if drg is not None:
                elements[(self.namespace, drg.id)] = drg
        self.check_references(elements)
        prefixes: dict[tuple[str, str], str] = {}
        for name, model in self.imported.items():
            prefixes |= {**model.imports, (self.namespace, model.namespace): name}
        return Definitions(
            str(self.root.get("name") or ""), self.namespace, elements, types, prefixes, tuple(self.problems)
        )

    def check_references(self, elements: Mapping[Reference, DrgElement]) -> None:
        for element in elements.values():
            for reference in references_of(element):
                if reference not in elements:
                    message = f"Het vereiste element '{reference[1]}' bestaat niet"
                    self.problems.append(DmnError(element.id, message, element.line))
        for circle in circles({key: each for key, each in elements.items() if not isinstance(each, Knowledge)}):
            message = f"Deze beslissing heeft zichzelf nodig: {' → '.join(each.name for each in circle)}"
            self.problems.append(DmnError(circle[0].id, message, circle[0].line))

    # Types

    def type_keys(self) -> dict[str, str]:
        """The key of every type by the name this model knows it under; two models may use one name for two types."""
        own = {self.boxes.name(each) for each in children(self.root, "itemDefinition")}
        keys = {}
        for prefix, model in self.imported.items():
            for key, item in model.types.items.items():
                if key == f"{model.namespace}#{item.name}":
                    keys[f"{prefix}.{item.name}" if prefix else item.name] = key
        return keys | {name: f"{self.namespace}#{name}" for name in own}

    def types(self) -> Types:
        """By key, and for `instance of` by name as well."""
        items: dict[str, ItemType] = {}
        for model in self.imported.values():
            items |= model.types.items
        for element in children(self.root, "itemDefinition"):
            item = self.item(element)
            items[f"{self.namespace}#{item.name}"] = item
        items |= {name: items[key] for name, key in self.boxes.type_keys.items() if key in items}
        self.boxes.types = Types(items)
        return self.boxes.types

    def item(self, element: Element) -> ItemType:
        reference, function = child(element, "typeRef"), child(element, "functionItem")
        components = [self.item(each) for each in children(element, "itemComponent")]
        return ItemType(
            self.boxes.name(element),
            self.boxes.type_of(element, reference.text if reference is not None else element.get("typeRef")),
            element.get("isCollection") == "true",
            self.boxes.allowed(child(element, "allowedValues")),
            self.boxes.allowed(child(element, "typeConstraint")),
            {each.name: each for each in components},
            None if function is None else self.function_item(function),
        )

    def function_item(self, element: Element) -> FunctionItem:
        parameters = tuple(self.boxes.name(each) for each in children(element, "parameters"))
        return FunctionItem(parameters, self.boxes.type_of(element, element.get("outputTypeRef")))

    # Elements of the graph

    def element(self, element: Element) -> DrgElement | None:
        kind = local(element)
        if kind not in GRAPH or kind == "import":
            return None
        variable = child(element, "variable")
        identity = str(element.get("id") or element.get("name"))
        name = self.boxes.name(element)
        wanted = None if variable is None else self.boxes.type_of(variable)
        line: int | None = element.sourceline
        if kind == "inputData":
            return InputData(identity, name, wanted, line)
        if kind == "decisionService":
            parts = [self.references(element, part) for part in ("outputDecision", "inputDecision", "inputData")]
            return Service(identity, name, wanted, line, parts[0], parts[1], parts[2])
        if kind == "businessKnowledgeModel":
            return Knowledge(identity, name, line, self.requirements(element), self.knowledge(element, name, wanted))
        box = self.boxes.box(element)
        return DecisionElement(identity, name, wanted, line, self.requirements(element), box)

    def knowledge(self, element: Element, name: str, wanted: str | None) -> FunctionDefinition | None:
        """The type of its variable is that of the function, but many tools write that of its result there."""
        encapsulated = child(element, "encapsulatedLogic")
        if encapsulated is None:
            return None
        function = self.boxes.function(encapsulated, name)
        return replace(function, result_type=function.result_type or self.boxes.types.result_of(wanted))

    def requirements(self, element: Element) -> tuple[Reference, ...]:
        groups = children(element, "informationRequirement", "knowledgeRequirement")
        return tuple(reference for group in groups for reference in self.references(group, *REQUIRED))

    def references(self, element: Element, *names: str) -> tuple[Reference, ...]:
        found = []
        for each in children(element, *names):
            namespace, _, identity = str(each.get("href") or "").rpartition("#")
            found.append((namespace or self.namespace, identity))
        return tuple(found)


def references_of(element: DrgElement) -> tuple[Reference, ...]:
    if isinstance(element, Service):
        return (*element.outputs, *element.inputs)
    return () if isinstance(element, InputData) else element.requires


def circles(elements: Mapping[Reference, DrgElement]) -> Iterator[list[DrgElement]]:
    """Every circle of requirements once, as the elements on it. A service is a circle only through its outputs."""
    done: set[Reference] = set()
    for start in elements:
        path: dict[Reference, None] = {}  # in order
        waiting: list[Reference | None] = [start]
        while waiting:
            here = waiting.pop()
            if here is None:
                done.add(path.popitem()[0])
            elif here in path:
                whole = list(path)
                yield [elements[each] for each in whole[whole.index(here) :]]
            elif here in elements and here not in done:
                path[here] = None
                inward = elements[here]
                onward = inward.outputs if isinstance(inward, Service) else references_of(inward)
                waiting.extend((None, *reversed(onward)))
