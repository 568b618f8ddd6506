"""The words of BPMN 2.0 (OMG formal/2013-12-09) and of our extension that this engine knows."""

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BB = "{urn:bedrijfsbureau:bpmn:1}"

MESSAGE_TASKS = frozenset({"sendTask", "receiveTask"})
TASKS = frozenset({"userTask", "manualTask", "serviceTask", "businessRuleTask"}) | MESSAGE_TASKS
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
ACTIVITIES = TASKS | {"subProcess", "adHocSubProcess", "callActivity"}
WAITING = frozenset({"userTask", "manualTask", "receiveTask", "subProcess", "adHocSubProcess", "callActivity"})
LOOPS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})

# every flow node of BPMN, so that one we do not run is refused by its own rule and not passed over
FLOW_NODES = (
    ACTIVITIES
    | GATEWAYS
    | EVENTS
    | {
        "task",
        "scriptTask",
        "transaction",
        "complexGateway",
        "implicitThrowEvent",
        "event",
        "callChoreography",
        "subChoreography",
        "choreographyTask",
    }
)

# children of a scope or a node that say something to people and nothing to the engine
SILENT = frozenset(
    {
        "documentation",
        "extensionElements",
        "laneSet",
        "textAnnotation",
        "association",
        "group",
        "category",
        "incoming",
        "outgoing",
        "auditing",
        "monitoring",
        "supports",
    }
)
DEFINITIONS = frozenset(
    {
        "process",
        "message",
        "error",
        "signal",
        "escalation",
        "collaboration",
        "itemDefinition",
        "category",
        "documentation",
        "extensionElements",
        "relationship",
        "dataStore",
    }
)

# attribute -> the only value that changes nothing (None: any value is fine)
ATTRIBUTES: dict[str, str | None] = {
    "id": None,
    "name": None,
    "default": None,
    "attachedToRef": None,
    "calledElement": None,
    "triggeredByEvent": None,
    "isExecutable": None,
    "processType": None,
    "isClosed": None,
    "gatewayDirection": None,
    "implementation": None,
    "sourceRef": None,
    "targetRef": None,
    "definitionalCollaborationRef": None,
    "cancelActivity": None,
    "isInterrupting": None,
    "messageRef": None,
    "errorRef": None,
    "signalRef": None,
    "escalationRef": None,
    "ordering": None,
    "cancelRemainingInstances": None,
    "isImmediate": None,
    "operationRef": None,
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "parallelMultiple": "false",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "method": "##Compensate",
}

# our own attributes, by the element that may carry them
OWN_ATTRIBUTES: dict[str, frozenset[str]] = {
    "userTask": frozenset(
        {"form", "checks", "competence", "due", "skipWhen", "activity"}
    ),  # activity: its name in a log
    "manualTask": frozenset({"form", "checks", "competence", "due", "skipWhen"}),
    "serviceTask": frozenset({"handler"}),
    "businessRuleTask": frozenset({"decision", "result"}),
    "messageEventDefinition": frozenset({"key"}),
    "sendTask": frozenset({"key"}),
    "receiveTask": frozenset({"key"}),
    "multiInstanceLoopCharacteristics": frozenset({"collection", "item"}),
}
OWN_EVERYWHERE = frozenset({"standing", "team"})

COMPETENCES = frozenset({"medisch", "strafrechtelijk", "senior", "teamleider"})
STANDINGS = frozenset({"D", "D-2017", "D-2018", "I", "U"})
NEVER = "never"
