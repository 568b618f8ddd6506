"""What a ready task asks of a person: its own form and checks, or those of the task it stands in for.

A task that was opened for a check (message `punt_open`, token-local `taak`) shows the form of the task that the check
belongs to, to the team of that task. Some of those stand in no flow at all; they have a form of that name.
"""

from dataclasses import dataclass

from bedrijfsbureau import engine
from bedrijfsbureau.actions.kinds.kind import Kind

ABOUT_ONE_CHECK = frozenset({"antwoord", "escalatie", "retour"})  # groups of forms


@dataclass(frozen=True)
class Work:
    name: str
    form: str | None
    team: str
    competence: str | None
    checks: tuple[str, ...]


def task_at(kind: Kind, task: engine.ReadyTask) -> Work:
    own = task.element
    stands_for = str(task.local.get("taak") or "")
    if not stands_for:
        about = task.local.get("punt") if _is_about_one_check(kind, own.form) else None
        item = _title(kind, str(about)) if about else task.local.get(own.item or "")
        name = f"{own.name}: {item}" if isinstance(item, str) and item else own.name
        return Work(name, own.form, own.team or "", own.competence, own.checks)
    code = str(task.local.get("code") or "")
    other = kind.model.elements.get(stands_for)
    if other is not None:
        checks = tuple(dict.fromkeys((*other.checks, code)))
        return Work(f"{other.name} (opnieuw)", other.form, other.team or own.team or "", other.competence, checks)
    form = kind.forms.get(stands_for)
    title = form.title if form and form.title else own.name
    name = f"{title}: {_title(kind, code)}"
    return Work(name, stands_for if form else own.form, own.team or "", own.competence, (code,))


def _is_about_one_check(kind: Kind, form: str | None) -> bool:
    """A token keeps the check it was about when it goes on to tasks that are about the whole dossier."""
    fields = kind.forms[form].fields if form else ()
    return any(field.path.partition(".")[0] in ABOUT_ONE_CHECK for field in fields)


def _title(kind: Kind, code: str) -> str:
    """The title of a check, which people read rather than its code."""
    return next((rule.check.title for rule in kind.policy.rules if rule.check.code == code), code)
