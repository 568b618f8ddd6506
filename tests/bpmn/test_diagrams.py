"""The diagrams as people see them: complete, tidy, and every element with its standing."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.bpmn.folders import BB, DIAGRAMS, NS, diagram, name_of

FLOW_NODES = {
    "startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent", "userTask", "serviceTask", "businessRuleTask",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "subProcess", "callActivity",
}
STANDING = re.compile(r"\[(D|D-2017|D-2018|I|U)\] ")
MARGIN = 1  # points of a line that lie on a border


@pytest.fixture(params=DIAGRAMS, ids=name_of)
def root(request):
    return diagram(request.param)


def local_name(element):
    return element.tag.rpartition("}")[2]


def flow_nodes(root):
    process = root.find("bpmn:process", NS)
    return [node for node in process.iter("{*}*") if local_name(node) in FLOW_NODES]


def boxes(root):
    found = {}
    for shape in root.iterfind(".//bpmndi:BPMNShape", NS):
        bounds = shape.find("dc:Bounds", NS)
        found[shape.get("bpmnElement")] = tuple(float(bounds.get(side)) for side in ("x", "y", "width", "height"))
    return found


def lines(root):
    return {
        edge.get("bpmnElement"): [(float(p.get("x")), float(p.get("y"))) for p in edge.iterfind("di:waypoint", NS)]
        for edge in root.iterfind(".//bpmndi:BPMNEdge", NS)
    }


def overlap(one, other):
    """Whether two boxes (x, y, width, height) share an area."""
    (x, y, w, h), (x2, y2, w2, h2) = one, other
    return x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h


def ancestors(element):
    return {parent.get("id") for parent in element.iterancestors()}


def test_every_id_is_unique(root):
    assert [key for key, count in Counter(e.get("id") for e in root.iter() if e.get("id")).items() if count > 1] == []


def test_only_elements_of_the_agreed_set(root):
    process = root.find("bpmn:process", NS)
    inside = {local_name(e) for scope in [process, *process.iterfind(".//bpmn:subProcess", NS)] for e in scope}
    assert inside - FLOW_NODES - {"documentation", "laneSet", "sequenceFlow", "incoming", "outgoing"} == set()


def test_every_element_says_what_it_rests_on(root):
    documented = {node.get("id"): node.findtext("bpmn:documentation", "", NS) for node in flow_nodes(root)}
    assert [key for key, text in documented.items() if not STANDING.match(text)] == []


def test_what_is_unconfirmed_says_so(root):
    texts = [text.text for text in root.iterfind(".//bpmn:documentation", NS)]
    assert [text for text in texts if "[U]" in text and "te bevestigen" not in text] == []


def test_the_standing_is_the_first_label(root):
    assert [
        node.get("id") for node in flow_nodes(root)
        if node.get(f"{BB}standing") != STANDING.match(node.findtext("bpmn:documentation", "", NS)).group(1)
    ] == []


def test_everything_is_drawn(root):
    shapes = {node.get("id") for node in flow_nodes(root)}
    shapes |= {e.get("id") for tag in ("participant", "lane") for e in root.iterfind(f".//bpmn:{tag}", NS)}
    assert set(boxes(root)) == shapes
    assert set(lines(root)) == {flow.get("id") for flow in root.iterfind(".//bpmn:sequenceFlow", NS)}


def test_every_shape_lies_within_its_parent(root):
    drawn = boxes(root)
    pool = next((drawn[e.get("id")] for e in root.iterfind(".//bpmn:participant", NS)), None)
    outside = []
    for node in flow_nodes(root):
        if local_name(node) == "boundaryEvent":
            continue
        x, y, w, h = drawn[node.get("id")]
        within = drawn.get(node.getparent().get("id"), pool)
        if within is None:
            continue
        px, py, pw, ph = within
        if not (px <= x and py <= y and x + w <= px + pw and y + h <= py + ph):
            outside.append(node.get("id"))
    assert outside == []


def test_no_two_shapes_overlap(root):
    drawn, nodes = boxes(root), flow_nodes(root)
    found = []
    for index, one in enumerate(nodes):
        for other in nodes[index + 1:]:
            related = {one.get("id"), other.get("id")}
            nested = one.get("id") in ancestors(other) or other.get("id") in ancestors(one)
            attached = one.get("attachedToRef") in related or other.get("attachedToRef") in related
            if not nested and not attached and overlap(drawn[one.get("id")], drawn[other.get("id")]):
                found.append(sorted(related))
    assert found == []


def test_no_line_runs_through_a_shape(root):
    drawn, scopes = boxes(root), {node.get("id") for node in flow_nodes(root) if local_name(node) == "subProcess"}
    crossed = []
    for flow in root.iterfind(".//bpmn:sequenceFlow", NS):
        skip = ancestors(flow) | ({flow.get("sourceRef"), flow.get("targetRef")} & scopes)
        for (x, y), (x2, y2) in pairwise(lines(root)[flow.get("id")]):
            assert x == x2 or y == y2, f"{flow.get('id')} is not drawn with right angles"
            segment = (min(x, x2), min(y, y2), abs(x2 - x), abs(y2 - y))
            for node in flow_nodes(root):
                bx, by, bw, bh = drawn[node.get("id")]
                inner = (bx + MARGIN, by + MARGIN, bw - 2 * MARGIN, bh - 2 * MARGIN)
                if node.get("id") not in skip and overlap(segment, inner):
                    crossed.append((flow.get("id"), node.get("id")))
    assert crossed == []


def test_each_team_has_a_lane(root):
    lanes = [lane.get("name") for lane in root.iterfind(".//bpmn:lane", NS)]
    teams = {task.get(f"{BB}team") for task in root.iterfind(".//bpmn:userTask", NS)}
    assert not lanes or teams <= set(lanes)
