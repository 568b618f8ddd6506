"""Doing tasks as a person does: read the names on the form, and type or tick what the complete dossier says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bedrijfsbureau.dossiersoort import Field, Type, values
from tests.e2e.office import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_TASKS = 60


def work_through(page: "Page", gegevens: Mapping[str, Any], until: str = "") -> list[str]:
    """From the worklist, one task after the other until that one, or until there are none left; their names in the
    order of doing."""
    page.get_by_role("button", name="Volgende taak").click()
    done = []
    while "/taken/" in page.url and (name := page.locator("h1").inner_text()) != until:
        done.append(name)
        assert len(done) < MOST_TASKS, done
        complete(page, gegevens)
    return done


def complete(page: "Page", gegevens: Mapping[str, Any]) -> None:
    """Fill in the form that is shown and go on to the next task. Answers may bring up more questions: twice at most."""
    here = page.url
    for _ in range(3):
        fill(page, gegevens)
        page.get_by_role("button", name="Afronden en volgende").click()
        if page.url != here:
            return
    raise AssertionError(page.locator("#kf").inner_text())


def fill(page: "Page", gegevens: Mapping[str, Any]) -> None:
    form = page.locator("#kf")
    names = form.locator("[name]").evaluate_all("all => [...new Set(all.map((each) => each.name))]")
    for name in names:
        field, value = known(name, gegevens)
        if field is not None and value is not None:
            put(form.locator(f'[name="{name}"]'), field, value)


def known(name: str, gegevens: Mapping[str, Any]) -> tuple[Field | None, Any]:
    """The field behind a name such as persoon.naam or documenten.0.soort, and what the complete dossier says there."""
    parts = name.split(".")
    found: Any = gegevens
    for part in parts:
        if isinstance(found, list):
            found = found[int(part)] if part.isdigit() and int(part) < len(found) else None
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    if found is None or isinstance(found, Mapping):
        return None, None
    record = shipped().record
    if len(parts) == 3:
        return record.field(parts[0]).inner(parts[2]), found
    return record.field(name), found


def put(inputs: "Locator", field: Field, value: Any) -> None:
    """`inputs`: every element of this name, such as the dots of one choice."""
    kind = inputs.last.evaluate("each => each.type")
    if inputs.last.is_disabled() or inputs.last.get_attribute("readonly") is not None or kind == "hidden":
        return
    if kind == "checkbox":
        for choice in value:
            inputs.and_(inputs.page.locator(f'[value="{choice}"]')).check()
    elif kind == "radio":
        text = values.to_text(field, value) if field.type is Type.JA_NEE else str(value)
        inputs.and_(inputs.page.locator(f'[value="{text}"]')).check()
    elif kind == "select-one":
        inputs.select_option(values.to_text(field, value))
    else:
        inputs.fill(values.to_text(field, value))
