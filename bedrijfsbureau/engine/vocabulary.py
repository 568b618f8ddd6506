"""What every element of BPMN may say here: which attributes with which values, and which elements inside it.

What is not in these tables would be ignored, so the rules refuse it. A frozenset holds the only values that mean what
the engine does; None: any value is fine, or another rule judges it.
"""

from bedrijfsbureau.engine.dialect import ACTIVITIES, EVENTS, FLOW_NODES, GATEWAYS, LOOPS

Values = frozenset[str] | None

_TRUE_OR_FALSE = frozenset({"true", "false", "1", "0"})  # xs:boolean
_FALSE = frozenset({"false", "0"})
_ONE = frozenset({"1"})
_FEEL = frozenset({"feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401"}) | {
    f"https://www.omg.org/spec/DMN/{version}/FEEL/" for version in ("20180521", "20191111", "20211108", "20230324")
}

_NAMED: dict[str, Values] = {"id": None, "name": None}
_ACTIVITY: dict[str, Values] = {
    "default": None,
    "isForCompensation": _FALSE,
    "startQuantity": _ONE,
    "completionQuantity": _ONE,
}
_GATEWAY: dict[str, Values] = {"gatewayDirection": None}
_CATCHES: dict[str, Values] = {"parallelMultiple": _FALSE}
_MESSAGE: dict[str, Values] = {"messageRef": None, "operationRef": None, "implementation": None}
_EXPRESSION: dict[str, Values] = {"evaluatesToTypeRef": None, "language": _FEEL}
_OWN: dict[str, dict[str, Values]] = {
    "process": {"processType": None, "isClosed": None, "definitionalCollaborationRef": None}
    | {"isExecutable": _TRUE_OR_FALSE},
    "sequenceFlow": {"sourceRef": None, "targetRef": None, "isImmediate": None},
    "message": {"itemRef": None},
    "signal": {"structureRef": None},
    "error": {"structureRef": None, "errorCode": None},
    "escalation": {"structureRef": None, "escalationCode": None},
    "userTask": {"implementation": None},
    "serviceTask": {"implementation": None, "operationRef": None},
    "businessRuleTask": {"implementation": None},
    "sendTask": _MESSAGE,
    "receiveTask": _MESSAGE | {"instantiate": _FALSE},
    "callActivity": {"calledElement": None},
    "subProcess": {"triggeredByEvent": _TRUE_OR_FALSE},
    "adHocSubProcess": {"triggeredByEvent": _FALSE, "ordering": None, "cancelRemainingInstances": _TRUE_OR_FALSE},
    "exclusiveGateway": {"default": None},
    "inclusiveGateway": {"default": None},
    "eventBasedGateway": {"instantiate": _FALSE, "eventGatewayType": frozenset({"Exclusive"})},
    "startEvent": _CATCHES | {"isInterrupting": _TRUE_OR_FALSE},
    "intermediateCatchEvent": _CATCHES,
    "boundaryEvent": _CATCHES | {"attachedToRef": None, "cancelActivity": _TRUE_OR_FALSE},
    "messageEventDefinition": {"messageRef": None},
    "signalEventDefinition": {"signalRef": None},
    "errorEventDefinition": {"errorRef": None},
    "escalationEventDefinition": {"escalationRef": None},
    "multiInstanceLoopCharacteristics": {"isSequential": _TRUE_OR_FALSE, "behavior": frozenset({"All"})},
    "standardLoopCharacteristics": {"testBefore": _TRUE_OR_FALSE, "loopMaximum": None},
}

EXPRESSIONS = frozenset(
    {"conditionExpression", "condition", "timeDate", "timeDuration", "timeCycle"}
    | {"completionCondition", "loopCondition", "loopCardinality"}
)
CAUGHT_OR_THROWN = frozenset(
    {"messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "conditionalEventDefinition"}
    | {"errorEventDefinition", "escalationEventDefinition", "linkEventDefinition", "terminateEventDefinition"}
    | {"compensateEventDefinition", "cancelEventDefinition"}
)
REFERRED_TO = frozenset({"message", "signal", "error", "escalation"})  # by id, from everywhere in the file
ONLY_ONCE = EXPRESSIONS - {"timeDate", "timeDuration", "timeCycle"}
SAID = FLOW_NODES | CAUGHT_OR_THROWN | EXPRESSIONS | LOOPS | REFERRED_TO | {"process", "sequenceFlow"}

# says something to people, or is refused by a rule that gives better advice
_FOR_PEOPLE = frozenset({"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef"})
_DATA = frozenset({"ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property"})
_EVENT_DATA = frozenset({"dataInput", "dataOutput", "inputSet", "outputSet"})
_FLOWS = frozenset({"incoming", "outgoing"})
_SCOPE = (
    FLOW_NODES
    | _DATA
    | {"sequenceFlow", "laneSet", "textAnnotation", "association", "group", "supports"}
    | {"dataObject", "dataObjectReference", "dataStoreReference"}
)
_INSIDE: dict[str, frozenset[str]] = {
    "process": _SCOPE,
    "sequenceFlow": frozenset({"conditionExpression"}),
    "subProcess": _SCOPE,
    "transaction": _SCOPE,
    "adHocSubProcess": _SCOPE | {"completionCondition"},
    "scriptTask": frozenset({"script"}),
    "timerEventDefinition": frozenset({"timeDate", "timeDuration", "timeCycle"}),
    "conditionalEventDefinition": frozenset({"condition"}),
    "linkEventDefinition": frozenset({"source", "target"}),
    "standardLoopCharacteristics": frozenset({"loopCondition"}),
    "multiInstanceLoopCharacteristics": frozenset({"loopCardinality", "completionCondition"})
    | {"loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem", "complexBehaviorDefinition"},
}


def attributes_of(tag: str) -> dict[str, Values]:
    """Of an element in `SAID`: the attributes without a namespace that it may have, with the values they may have."""
    family = _ACTIVITY if tag in ACTIVITIES else _GATEWAY if tag in GATEWAYS else {}
    return _NAMED | family | _OWN.get(tag, _EXPRESSION if tag in EXPRESSIONS else {})


def inside_of(tag: str) -> frozenset[str]:
    """Of an element in `SAID`: the elements of BPMN that it may hold."""
    inside = _FOR_PEOPLE | _INSIDE.get(tag, frozenset())
    if tag in FLOW_NODES:
        inside |= _FLOWS
    if tag in EVENTS:
        inside |= _DATA | _EVENT_DATA | CAUGHT_OR_THROWN
    return inside | _DATA | LOOPS if tag in FLOW_NODES - EVENTS else inside

