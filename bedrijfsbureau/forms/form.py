"""A form: its definition, and with a dossier what to draw and what a submission means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bedrijfsbureau.dossiersoort import Field, Json, Record
from bedrijfsbureau.errors import DossiersoortInvalid, InvalidInput
from bedrijfsbureau.forms import load as loading
from bedrijfsbureau.forms.component import Allowed, Component, Context, everything, with_value
from bedrijfsbureau.forms.reading import Reader
from bedrijfsbureau.forms.submission import Submission, regroup
from bedrijfsbureau.forms.view import Row, Sight, view

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Form:
    """`components` in the order of the page. `load` and `view` may be told which fields this person may see."""

    id: str
    title: str
    record: Record
    components: tuple[Component, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the record on this form, in order; a list is one."""
        return tuple(self._fields())

    @property
    def parts(self) -> Iterator[Component]:
        """Every part with a value, hidden or not, in order."""
        return with_value(self.components)

    def _fields(self) -> Iterator[Field]:
        for part in with_value(self.components):
            assert part.field is not None
            yield part.field

    def load(
        self, data: Mapping[str, Any], context: Context = NOTHING, allowed: Allowed = everything
    ) -> dict[str, Json]:
        """Path -> JSON value to store, for what was submitted; a list as all its rows.

        `data`: names as in the HTML, values as text, a list of texts, or JSON. What is absent stays as it is. What the
        answers hide, or is read-only, is left out. `context`: FEEL. Raises InvalidInput with path -> Dutch messages.
        """
        return dict(loading.load(self.components, data, context, allowed))

    def view(
        self, gegevens: Mapping[str, Json], errors: Mapping[str, Sequence[str]] = NOTHING,
        submitted: Mapping[str, Any] | None = None, context: Context = NOTHING, allowed: Allowed = everything,
    ) -> list[Row]:
        """What to draw. `submitted`: what was posted and refused, or a draft. `context`: more names for FEEL."""
        before = context = {**context, **readable(self.record, gegevens)}
        submission = Submission()
        if submitted:
            every = tuple(with_value(self.components))
            submission = regroup(submitted, every)
            loaded, _ = loading.load_plain(every, submission)
            context, _ = loading.settle(self.components, loading.meanings(every, submission, loaded, before), before)
        return view(self.components, Sight(context, before, submission, errors, allowed))


def read(schema: Mapping[str, Any], record: Record) -> Form:
    """From form-js JSON. Raises DossiersoortInvalid with the form, the part and a Dutch sentence."""
    if not isinstance(schema, Mapping):
        raise DossiersoortInvalid("Een formulier moet een JSON-object zijn.")
    form_id = str(schema.get("id") or "zonder id")
    reader = Reader(form_id, record)
    return Form(form_id, str(schema.get("title") or ""), record, reader.read_all(schema.get("components")))


def readable(record: Record, gegevens: Mapping[str, Json]) -> Context:
    """The FEEL context; what does not fit the record is left out, because this form may be where it is repaired."""
    try:
        return record.parse(gegevens)
    except InvalidInput as error:
        wrong = {".".join(path.split(".")[:2]) for path in error.fields}
    rows = {group.name for group in record.groups if group.rows}
    kept = {
        group: {name: value for name, value in content.items() if f"{group}.{name}" not in wrong}
        if isinstance(content, dict) and group not in rows else content
        for group, content in gegevens.items()
        if group not in wrong and not (group in rows and any(path.startswith(f"{group}.") for path in wrong))
    }
    return record.parse(kept)
