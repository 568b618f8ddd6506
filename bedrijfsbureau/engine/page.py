"""The page docs/reference/bpmn-profile.md, written from the rules themselves."""

from bedrijfsbureau.engine.dialect import COMPETENCES, OWN_ATTRIBUTES, STANDINGS
from bedrijfsbureau.engine.environment import MAX_WORK
from bedrijfsbureau.engine.instance import MAX_MESSAGES
from bedrijfsbureau.engine.rule import Rule
from bedrijfsbureau.engine.rules import rules
from bedrijfsbureau.engine.specs.loops import MAX_INSTANCES
from bedrijfsbureau.engine.workflow import MAX_STEPS, MAX_TASKS
from bedrijfsbureau.engine.xml import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS

HEAD = f"""# The BPMN profile

Written by `engine.profile_page()`; do not edit.

A model is read by a hardened parser (at most {MAX_BYTES // 1_000_000} MB, {MAX_ELEMENTS:,} elements, {MAX_DEPTH} levels
deep, no DOCTYPE), judged by the rules below, and only then compiled. What is not refused runs as BPMN 2.0 says.

## What runs, and how

- **User task, manual task**: waits for a person. With `bb:checks` it is passed by when none of its checks is open;
  `bb:skipWhen` says otherwise (a FEEL condition, or `never`).
- **Service task**: calls the handler in `bb:handler`. **Business rule task**: asks for the decision in `bb:decision`.
- **Send task, message throw event**: hands the message to the host, with `bb:key`. **Receive task**: waits for one.
- **Exclusive, inclusive, parallel, event-based gateway**: null is not true. A parallel join takes one token from every
  flow; an inclusive join waits as long as a token elsewhere can still come to an empty flow.
- **Message**: goes to one token: one that waits for that key, else one that takes any key, else an event subprocess it
  starts; of equals the outermost, then the oldest. `bb:key` is evaluated when the token arrives. The payload joins the
  token-local data.
- **Timer**: FEEL that gives a date (the start of that day in Europe/Amsterdam), a date and time, a duration (whole days
  are days of the calendar), or null: never; or ISO 8601 as it stands. Evaluated once, when the token arrives. A
  repetition (`R3/P7D`, of a minute at least) fires at each of its moments since the token arrived, also those that
  passed while nobody looked.
- **Condition**: looked at after every change, until nothing changes. One that does not interrupt has to become false
  before it fires again.
- **Signal**: reaches everything that waits for it, here and through the host in other instances.
- **Link**: a sequence flow that is not drawn.
- **Error, escalation**: go to the nearest handler, from the inside outward: the border of the activity, an event
  subprocess of its scope, the border of that scope, through call activities too. At one place the handler of the code
  goes before one of any code. An error ends what it leaves; one that nobody catches is an incident. An escalation that
  nobody catches does nothing.
- **Subprocess, call activity**: the inside inherits token-local data and gives none back.
- **Event subprocess**: listens while the scope around it runs. One that interrupts ends all else there, and what else
  the scope listened for; any other starts again and again.
- **Boundary event**: one that interrupts ends its activity; any other makes a token at each firing, which outlives the
  activity.
- **Multi-instance**: one instance per item of a FEEL list (`bb:collection`, `bb:item`) or a number of them, at once or
  one after another; null and an empty list are none. Items are token-local data: a date in it is text.
  `completionCondition` is looked at when an instance completes and may use `numberOfInstances`,
  `numberOfCompletedInstances` and `numberOfActiveInstances`. At most {MAX_INSTANCES:,}.
- **Standard loop**: as long as `loopCondition` holds, at most `loopMaximum` times. Every instance has a `loopCounter`.
- **Ad hoc subprocess**: a person begins what has no flow in, as often as needed, until its condition holds when an
  activity in it completes.
- **Several pools**: a process with `isExecutable="false"` beside one that is executable is only a drawing.
- **End, terminate end**: a terminate end takes along every token of its own process or subprocess.
- Several flows out of a task are a parallel split, or an inclusive one when they have conditions.
- One command takes at most {MAX_STEPS:,} steps and holds at most {MAX_TASKS:,} tokens; its expressions take at most
  {MAX_WORK:,} steps of FEEL together. A process may give itself at most
  {MAX_MESSAGES:,} messages before its state is saved.

## Our attributes

Namespace `urn:bedrijfsbureau:bpmn:1`, prefix `bb`. Expressions are FEEL and start with `=`.
"""

RULES = """
## Rules

In examples `{a>b}` stands for the sequence flow `f_a_b`, and a process around it is left out.
"""


def profile_page() -> str:
    """Markdown in English; the sentences users read are Dutch and are in the findings."""
    attributes = [
        f"- `{tag}`: {', '.join(f'`bb:{name}`' for name in sorted(names))}" for tag, names in OWN_ATTRIBUTES.items()
    ]
    attributes.append("- everywhere: `bb:standing`, `bb:team`")
    attributes.append(f"- values of `bb:standing`: {_listed(STANDINGS)}; of `bb:competence`: {_listed(COMPETENCES)}")
    return HEAD + "\n" + "\n".join(attributes) + "\n" + RULES + "".join(_entry(rule, why) for rule, why in rules())


def _listed(values: frozenset[str]) -> str:
    return ", ".join(f"`{value}`" for value in sorted(values))


def _entry(rule: Rule, why: str) -> str:
    valid = "".join(f"```xml\n{body}\n```\n" for body in rule.valid)
    invalid = "".join(f"```xml\n{body}\n```\n" for body in rule.invalid)
    return f"\n### {rule.code}\n\n{' '.join(why.split())}\n\nValid:\n\n{valid}\nFound:\n\n{invalid}"
