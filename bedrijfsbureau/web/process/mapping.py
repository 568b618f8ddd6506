"""The plan to move dossiers as a table: each step of the old version, what it becomes, and why it has no place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from bedrijfsbureau.actions.moving.plans import Route
from bedrijfsbureau.engine import Element, Step

FIELD = "stap."  # what a field of the form is called, before the id of the step


@dataclass(frozen=True)
class Row:
    """`here`: dossiers that stand there now; `chosen`: id in the new version or ""; `why`: it has no place, or one that
    someone should look at."""

    step: Step
    here: int
    chosen: str
    choices: Sequence[Element]
    why: str

    @property
    def is_same(self) -> bool:
        return self.chosen == self.step.element.id and not self.why


def rows(route: Route, steps: Sequence[Step], active: Mapping[str, int]) -> list[Row]:
    """One for each step of the old version that dossiers can stand on or come to."""
    known = (step for step in steps if step.element.id in route.old.elements)
    return [_row(route, step, active.get(step.element.id, 0)) for step in known]


def posted(route: Route, form: Mapping[str, str]) -> dict[str, str | None]:
    """The mapping that the form says: what it leaves out stays as it was."""
    fields = {name.removeprefix(FIELD): value for name, value in form.items() if name.startswith(FIELD)}
    chosen = {element: fields[element] or None for element in route.old.elements if element in fields}
    return {**route.mapping, **chosen}


def _row(route: Route, step: Step, here: int) -> Row:
    chosen = route.mapping.get(step.element.id) or ""
    alike = [other for other in route.new.elements.values() if other.type == step.element.type]
    return Row(step, here, chosen, alike, " ".join(_why(route, step.element, chosen, alike)))


def _why(route: Route, old: Element, chosen: str, alike: Sequence[Element]) -> Iterator[str]:
    new = route.new.elements.get(chosen)
    if new is not None:
        if new.type != old.type:
            yield _("Dit is daar een ander soort stap; dossiers die hier staan, blijven achter.")
        elif new.name != old.name:
            yield _("De naam is anders: kijk of dit dezelfde stap is.")
        if list(route.mapping.values()).count(chosen) > 1:
            yield _("Er wordt nog een stap deze stap; dossiers die hier staan, kunnen dan niet worden teruggezet.")
        return
    same, named = route.new.elements.get(old.id), [each for each in alike if each.name == old.name]
    if same is not None and same.type != old.type:
        yield _("De stap met deze sleutel is daar een ander soort stap.")
    elif same is not None:
        yield _("U hebt gekozen dat deze stap daar niet is.")
    elif not alike:
        yield _("In de nieuwe versie is geen stap van dit soort.")
    elif len(named) > 1:
        yield _("In de nieuwe versie heten meer stappen zo. Kies er een.")
    else:
        yield _("In de nieuwe versie is geen stap met deze sleutel of naam.")
    yield _("Dossiers die hier staan, blijven achter.")
