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
