"""What a drawing says, for the token game in `reference`: straight from the XML, sharing no code with the engine."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

NS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BB = "{urn:bedrijfsbureau:bpmn:1}"


def tag(node: ET.Element) -> str:
    return node.tag.removeprefix(NS)


class Drawing:
    """`scope` below is the element of a process or subprocess."""

    def __init__(self, model: bytes) -> None:
        root = ET.fromstring(model)
        self.names = {e.get("id"): e.get("name") or e.get("errorCode") or e.get("escalationCode") for e in root}
        self.process = next(e for e in root if tag(e) == "process")

    def marker(self, node: ET.Element) -> ET.Element | None:
        return next((child for child in node if tag(child).endswith("LoopCharacteristics")), None)

    def ways(self, scope: ET.Element, node: ET.Element) -> Iterator[tuple[str | None, ET.Element]]:
        """Where a token at a node can go: along its flows, those of its border, or a link."""
        for flow in [flow for each in (node, *self.borders(scope, node)) for flow in self.flows(scope, each)]:
            yield flow.get("id"), self.node(scope, flow.get("targetRef"))
        if tag(node) == "intermediateThrowEvent" and self.event(node)[0] == "link":
            yield None, self.far_end(scope, node)

    def far_end(self, scope: ET.Element, node: ET.Element) -> ET.Element:
        nodes = [n for n in scope if tag(n) == "intermediateCatchEvent"]
        return next(n for n in nodes if self.event(n) == self.event(node))

    def event(self, node: ET.Element) -> tuple[str, str]:
        if tag(node) == "receiveTask":
            return "message", str(self.names[node.get("messageRef")])
        definition = next((child for child in node if tag(child).endswith("EventDefinition")), None)
        if definition is None:
            return "", ""
        kind = tag(definition).removesuffix("EventDefinition")
        if kind == "link":
            return kind, definition.get("name", "")
        if kind == "conditional":
            return kind, (definition[0].text or "").removeprefix("= ")
        reference = next((value for name, value in definition.attrib.items() if name.endswith("Ref")), "")
        return kind, str(self.names.get(reference, ""))

    def handlers(self, scope: ET.Element) -> list[ET.Element]:
        bodies = [n for n in scope if n.get("triggeredByEvent") == "true"]
        return [child for body in bodies for child in body if tag(child) == "startEvent"]

    def borders(self, scope: ET.Element, node: ET.Element) -> list[ET.Element]:
        return [n for n in scope if n.get("attachedToRef") == node.get("id")]

    def flows(self, scope: ET.Element, node: ET.Element) -> list[ET.Element]:
        return [f for f in scope if tag(f) == "sequenceFlow" and f.get("sourceRef") == node.get("id")]

    def entering(self, scope: ET.Element, node: ET.Element) -> list[Any]:
        flows = [f for f in scope if tag(f) == "sequenceFlow"]
        return [f.get("id") for f in flows if f.get("targetRef") == node.get("id")]

    def node(self, scope: ET.Element, name: str | None) -> ET.Element:
        return next(n for n in scope if n.get("id") == name)
