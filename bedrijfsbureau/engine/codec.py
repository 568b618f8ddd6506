"""The stored state of an instance: one row per live task, authenticated. The model itself is never stored.

Bytes: codec number (1), HMAC-SHA256 over codec number and payload (32), payload (orjson): `[process id, scopes]`, a
scope is `[spec name, place of the task it runs in or null, engine data of the scope, rows]`, a row is `[task id, spec
name, state, place of the parent in this scope or -1, token-local data, engine data]`. The key is the caller's;
derive it per dossier and a state cannot be moved to another dossier."""

import hmac
from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.host import Host
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.token import Token, dashed
from bedrijfsbureau.engine.workflow import SubWorkflow, Workflow
from bedrijfsbureau.errors import StateTampered

CODEC = b"\x01"
_MAC = 32


def save(workflow: Workflow, process_id: str, key: bytes) -> bytes:
    places: dict[Any, tuple[int, int]] = {}  # task id -> (scope, row)
    scopes = []
    for number, scope in enumerate(workflow.workflows()):
        scope.tidy()
        tasks = [task for task in scope.tasks.values() if task is not scope.task_tree]
        places.update((task.id, (number, row)) for row, task in enumerate(tasks))
        owner = None if scope is workflow else places[scope.parent_task_id]
        root = scope.task_tree
        scopes.append([scope.spec.name, owner, root.internal_data, [_row(task, root, places) for task in tasks]])
    payload = orjson.dumps([process_id, scopes])
    return CODEC + _mac(payload, key) + payload


def _row(task: Any, root: Any, places: dict[Any, tuple[int, int]]) -> list[Any]:
    parent = -1 if task.parent is root else places[task.parent.id][1]
    return [task.id.replace("-", ""), task.task_spec.name, task.state, parent, task.data, task.internal_data]


def _mac(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, CODEC + payload, "sha256")


def load(model: Model, state: bytes, host: Host, key: bytes) -> Workflow:
    """Raises StateTampered for anything that was not saved by this codec, with this key, for this process."""
    payload = state[1 + _MAC :]
    if state[:1] != CODEC:
        found = f"met codec {state[0]}" if state else "leeg"
        raise StateTampered(f"zij is {found}, en dit programma leest alleen codec {CODEC[0]}.")
    if not hmac.compare_digest(state[1 : 1 + _MAC], _mac(payload, key)):
        raise StateTampered("zij is buiten het programma om veranderd, of bewaard met een andere geheime sleutel.")
    try:
        process_id, scopes = orjson.loads(payload)
        if process_id != model.process_id:
            raise StateTampered(f"zij is van proces '{process_id}' en het dossier loopt op '{model.process_id}'.")
        workflow = Workflow(model.spec, model.subprocess_specs, host)
        loaded: list[list[Any]] = []
        for spec_name, owner, internal, rows in scopes:
            scope: Any = workflow
            inherited: dict[str, Any] = {}
            if owner is not None:
                task = loaded[owner[0]][owner[1]]
                scope = SubWorkflow(model.subprocess_specs[spec_name], task.id, workflow)
                workflow.subprocesses[task.id] = scope
                inherited = dict(task.data)
            loaded.append(_tasks(scope, inherited, internal, rows))
    except (KeyError, IndexError, ValueError) as error:  # an authentic state of another version of the model or codec
        raise StateTampered("zij past niet bij deze versie van het proces.") from error
    return workflow


def _tasks(scope: Any, inherited: dict[str, Any], internal: dict[str, Any], rows: list[list[Any]]) -> list[Any]:
    scope.task_tree = Token(scope, scope.spec.start, state=TaskState.COMPLETED)
    scope.task_tree.data, scope.task_tree.internal_data = inherited, internal
    tasks: list[Any] = []
    for task_id, name, state, parent, data, internal in rows:
        above = scope.task_tree if parent < 0 else tasks[parent]
        task = Token(scope, scope.spec.task_specs[name], above, state, dashed(task_id))
        task.data, task.internal_data = data, internal
        tasks.append(task)
    return tasks
