"""From XML to Definitions. What is wrong is collected; a strict reading (the default) raises the first problem."""

from collections.abc import Mapping

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
from bedrijfsbureau.dmn.types import ItemType, Types

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
            for reference in getattr(element, "requires", ()):
                if reference not in elements:
                    self.problems.append(
                        DmnError(element.id, f"Het vereiste element '{reference[1]}' bestaat niet", element.line)
                    )

    # Types

    def types(self) -> Types:
        items: dict[str, ItemType] = {}
        for prefix, model in self.imported.items():
            for name, item in model.types.items.items():
                items[f"{prefix}.{name}"] = items[name] = item  # by its plain name for the imported model itself
        for element in children(self.root, "itemDefinition"):
            item = self.item(element)
            items[item.name] = item
        self.boxes.types = Types(items)
        return self.boxes.types

    def item(self, element: Element) -> ItemType:
        reference = child(element, "typeRef")
        base = self.boxes.type_name(reference.text if reference is not None else element.get("typeRef"))
        components = [self.item(each) for each in children(element, "itemComponent")]
        return ItemType(
            " ".join(str(element.get("name") or "").split()),
            base,
            element.get("isCollection") == "true",
            self.boxes.allowed(child(element, "allowedValues")),
            self.boxes.allowed(child(element, "typeConstraint")),
            {each.name: each for each in components},
            child(element, "functionItem") is not None,
        )

    # Elements of the graph

    def element(self, element: Element) -> DrgElement | None:
        kind = local(element)
        if kind not in GRAPH or kind == "import":
            return None
        variable = child(element, "variable")
        identity = str(element.get("id") or element.get("name"))
        name = self.boxes.name(element)
        wanted = self.boxes.type_name(None if variable is None else variable.get("typeRef"))
        line: int | None = element.sourceline
        if kind == "inputData":
            return InputData(identity, name, wanted, line)
        if kind == "decisionService":
            parts = [self.references(element, part) for part in ("outputDecision", "inputDecision", "inputData")]
            return Service(identity, name, wanted, line, parts[0], parts[1], parts[2])
        if kind == "businessKnowledgeModel":
            return Knowledge(identity, name, line, self.requirements(element), self.knowledge(element, name))
        box = self.boxes.box(element)
        return DecisionElement(identity, name, wanted, line, self.requirements(element), box)

    def knowledge(self, element: Element, name: str) -> FunctionDefinition | None:
        logic = child(element, "encapsulatedLogic")
        return None if logic is None else self.boxes.function(logic, name)

    def requirements(self, element: Element) -> tuple[Reference, ...]:
        groups = children(element, "informationRequirement", "knowledgeRequirement")
        return tuple(reference for group in groups for reference in self.references(group, *REQUIRED))

    def references(self, element: Element, *names: str) -> tuple[Reference, ...]:
        found = []
        for each in children(element, *names):
            namespace, _, identity = str(each.get("href") or "").rpartition("#")
            found.append((namespace or self.namespace, identity))
        return tuple(found)
