"""Judging a submission: which parts count now, what they mean, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedrijfsbureau.dossiersoort import Json, values
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.forms import schema
from bedrijfsbureau.forms.component import (
    Allowed,
    Component,
    Context,
    Kind,
    everything,
    is_allowed,
    row_context,
    visible,
    with_value,
)
from bedrijfsbureau.forms.submission import REMOVE, Submission, as_json, overlay, regroup, stored

MAX_ROUNDS = 10
REQUIRED = "Vul dit veld in."
Messages = dict[str, list[str]]


def load(components: tuple[Component, ...], data: Mapping[str, Any], context: Context, allowed: Allowed) -> Json:
    """Path -> JSON for each part that was submitted, is visible and may be changed. Raises InvalidInput."""
    every = tuple(part for part in with_value(components) if is_allowed(part, allowed))
    submission = regroup(data, every)
    before = context
    loaded, wrong = load_plain(every, submission)
    context, shown = settle(components, meanings(every, submission, loaded, before), before)
    wanted = [part for part in every if part.name in shown and not part.readonly]
    ignored = {part.name for part in every} - {part.name for part in wanted}
    loaded = {name: value for name, value in loaded.items() if name not in ignored}
    wrong = {name: messages for name, messages in wrong.items() if name not in ignored}
    for part in wanted:
        if part.kind is Kind.LIST and part.name in submission.rows:
            rows = Rows(part, stored(before, part.name) or [], submission.rows[part.name])
            loaded[part.name], messages = load_rows(rows, context, allowed)
            wrong |= messages
    for part in wanted:
        value = loaded[part.name] if part.name in loaded else stored(context, part.name)
        if part.name not in wrong and value in (None, "", []) and part.is_required(context):
            wrong[part.name] = [REQUIRED]
    if wrong:
        raise InvalidInput(wrong)
    return loaded


def load_plain(every: tuple[Component, ...], submission: Submission) -> tuple[dict[str, Json], Messages]:
    """What was submitted outside lists, whether it counts or not: name -> value for what is right, and messages."""
    known = tuple(part for part in every if not part.readonly and part.kind is not Kind.LIST)
    readonly = {part.name for part in every if part.readonly}
    return schema.load(known, {name: raw for name, raw in submission.plain.items() if name not in readonly})


def settle(
    components: tuple[Component, ...], answers: Mapping[str, Any], context: Context
) -> tuple[Context, set[str]]:
    """The context with the submitted answers that count (`meanings`), and the names of the visible parts.

    An answer that is hidden by another one does not count, which may hide or show more: until nothing changes.
    """
    shown = {part.name for part in with_value(components)}
    laid = context
    for _ in range(MAX_ROUNDS):
        laid = overlay(context, {name: value for name, value in answers.items() if name in shown})
        now = {part.name for part in visible(components, laid)}
        if now == shown:
            break
        shown = now
    return laid, shown


def meanings(
    every: tuple[Component, ...], submission: Submission, loaded: Mapping[str, Json], context: Context
) -> dict[str, Any]:
    """Name -> FEEL value of each submitted answer; null when it cannot be read, which is reported later."""
    found: dict[str, Any] = {}
    for part in every:
        assert part.field is not None
        if part.readonly:
            continue
        if part.name in submission.plain:
            found[part.name] = values.to_feel(part.field, loaded[part.name]) if part.name in loaded else None
        elif part.name in submission.rows:
            rows = Rows(part, stored(context, part.name) or [], submission.rows[part.name])
            kept, _ = load_rows(rows, context, everything)
            found[part.name] = values.to_feel(part.field, kept)
    return found


@dataclass(frozen=True)
class Rows:
    """A list on the form: its rows as they were (FEEL), and what was posted per index."""

    part: Component
    before: Sequence[Mapping[str, Any]]
    posted: Mapping[int, Mapping[str, Json]]

    def __iter__(self) -> Iterator[tuple[int, dict[str, Json]]]:
        """Index and posted fields of the rows that remain: not the removed ones, nor an empty one that is new."""
        kept = [] if self.part.growing else range(len(self.before))
        for index in sorted({*kept, *self.posted}):
            row = dict(self.posted.get(index, {}))
            removed = row.pop(REMOVE, None) in ("ja", ["ja"], True)
            known = index < len(self.before)
            if (not removed or not self.part.growing) and (known or any(filled(raw) for raw in row.values())):
                yield index, row


def load_rows(rows: Rows, context: Context, allowed: Allowed) -> tuple[list[Json], Messages]:
    """The rows in order, and what is wrong with them by path. A row keeps what this form does not show of it."""
    part, found = rows.part, []
    wrong: Messages = {}
    if len(rows.posted) > values.MAX_ROWS:
        return [], {part.name: [f"Deze lijst is te lang. Gebruik hoogstens {values.MAX_ROWS} regels."]}
    for index, row in rows:
        known = index < len(rows.before)
        if not known and not part.growing:
            wrong[f"{part.name}.{index}"] = ["Hier kunt u geen regel toevoegen."]
            continue
        loaded, messages = load_row(part, row, rows.before[index] if known else {}, context, allowed)
        wrong |= {f"{part.name}.{index}.{name}": text for name, text in messages.items()}
        found.append(loaded)
    return found, wrong


def filled(raw: Json) -> bool:
    return any(filled(item) for item in raw) if isinstance(raw, list) else raw not in ("", None)


def load_row(
    part: Component, row: Mapping[str, Json], before: Mapping[str, Any], context: Context, allowed: Allowed
) -> tuple[Json, Messages]:
    assert part.field is not None
    every = tuple(each for each in with_value(part.components) if is_allowed(each, allowed))
    inside = row_context(context, {**before, **schema.answers(every, row)})
    shown = {each.name for each in visible(part.components, inside)}
    wanted = tuple(each for each in every if each.name in shown and not each.readonly)
    ignored = {each.name for each in every} - {each.name for each in wanted}
    loaded, wrong = schema.load(wanted, {name: raw for name, raw in row.items() if name not in ignored})
    kept = {field.name: as_json(before.get(field.name)) for field in part.field.fields}
    complete = {**kept, **loaded}
    for each in wanted:
        if each.name not in wrong and complete.get(each.name) is None and each.is_required(inside):
            wrong[each.name] = [REQUIRED]
    return complete, wrong
