"""A scenario as its owner writes it: a dossier, what happens to it and when, and what must be so afterwards.

A file holds one scenario, or several variants that share what stands above `variants`. docs/how-to/write-a-model.md
explains every word of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.folder import load_file

GIVEN_LISTS = ("keep", "without", "stukken")
GIVEN_MAPPINGS = ("changes", "instellingen", "policy", "linked")
EXPECTED_LISTS = ("open", "opened", "not_open", "red", "red_p", "verzoeken", "vrijgaven")
EXPECTED_MAPPINGS = ("due", "verdicts", "message", "fields", "terms", "days", "sent", "history")
EXPECTED_VALUES = ("stage", "priority", "planbaar", "behandelklaar")
VERBS: Mapping[str, tuple[str, ...]] = {  # what a step can do -> what it may say about it
    "accept": (),
    "add_stuk": ("from", "gegevens"),
    "answer": ("what",),
    "ask": ("text", "partij"),
    "complete": ("fields", "all"),
    "link": ("soort", "gehoor_op"),
    "return": ("reason", "note"),
    "send": ("payload",),
    "set": (),
    "start_task": (),
    "waive": ("reason", "until", "ground"),
    "withdraw_stuk": ("reason",),
}


@dataclass(frozen=True)
class Deed:
    """One thing done, as `complete: t_taal`. `refused`: the name of the error that must stop it."""

    verb: str
    what: Json
    more: Mapping[str, Json]
    refused: str | None

    def __str__(self) -> str:
        return f"{self.verb}: {', '.join(self.what) if isinstance(self.what, dict) else self.what}"


@dataclass(frozen=True)
class Step:
    at: datetime
    deeds: tuple[Deed, ...]
    expect: Mapping[str, Json]


@dataclass(frozen=True)
class Scenario:
    """`given`: that of the file with what differs in the variant. `expect`: as soon as the dossier is open."""

    key: str
    title: str
    variant: str
    soort: str
    at: datetime
    given: Mapping[str, Json]
    expect: Mapping[str, Json]
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return f"{self.key} {self.title}" + (f" ({self.variant})" if self.variant else "")


def read(path: Path) -> tuple[Scenario, ...]:
    """The scenarios of one file. Raises DossiersoortInvalid with file and line."""
    file = load_file(path)
    file.only("id", "title", "dossiersoort", "given", "expect", "steps", "variants")
    variants = file.get("variants")
    return tuple(_scenario(file, part) for part in (variants.rows() if variants else (None,)))


def _scenario(file: Part, variant: Part | None) -> Scenario:
    if variant:
        variant.only("name", "given", "expect", "steps")
    given = [part for place in (variant, file) if place and (part := place.get("given"))]
    at = next((part for place in given if (part := place.get("at"))), None)
    if at is None:
        raise file.fail("'given.at' ontbreekt: het moment waarop het dossier opent.")
    steps = list(_steps(_nearest(file, variant, "steps")))
    if steps != sorted(steps, key=lambda step: step.at):
        raise (variant or file).fail("de stappen staan niet in de volgorde van hun momenten.")
    return Scenario(
        key=file.need("id").text(),
        title=file.need("title").text(),
        variant=variant.need("name").text() if variant else "",
        soort=file.need("dossiersoort").text(),
        at=_moment(at),
        given=_laid(reversed(given)),
        expect=_expect(_nearest(file, variant, "expect")),
        steps=tuple(steps),
    )


def _nearest(file: Part, variant: Part | None, key: str) -> Part | None:
    """What the variant says, else what the file says."""
    return (variant.get(key) if variant else None) or file.get(key)


def _laid(given: Iterable[Part]) -> dict[str, Json]:
    """A later one adds to a mapping, and replaces anything else."""
    laid: dict[str, Json] = {}
    for part in given:
        _check(part, GIVEN_LISTS, GIVEN_MAPPINGS, ("at",))
        for name, value in part.mapping().items():
            both = isinstance(value, dict) and isinstance(laid.get(name), dict)
            laid[name] = {**laid[name], **value} if both else value
    return laid


def _expect(part: Part | None) -> Mapping[str, Json]:
    if part is None:
        return {}
    _check(part, EXPECTED_LISTS, EXPECTED_MAPPINGS, EXPECTED_VALUES)
    return part.mapping()


def _check(part: Part, lists: tuple[str, ...], mappings: tuple[str, ...], values: tuple[str, ...]) -> None:
    part.only(*lists, *mappings, *values)
    for name, each in part.items():
        if name in lists:
            list(each.rows())
        elif name in mappings:
            each.mapping()


def _steps(steps: Part | None) -> Iterator[Step]:
    for part in steps.rows() if steps else ():
        part.only("at", "why", "do", "expect")
        deeds = part.get("do")
        yield Step(
            at=_moment(part.need("at")),
            deeds=tuple(_deed(deed) for deed in deeds.rows()) if deeds else (),
            expect=_expect(part.get("expect")),
        )


def _deed(part: Part) -> Deed:
    verbs = [name for name in part.mapping() if name in VERBS]
    if len(verbs) != 1:
        raise part.fail(f"een handeling noemt precies één van: {', '.join(VERBS)}.")
    verb = verbs[0]
    part.only(verb, *VERBS[verb], "refused")
    more = {name: part.value[name] for name in VERBS[verb] if name in part.value}
    if verb == "set":
        part.need(verb).mapping()
    elif verb != "accept":
        part.need(verb).text()
    if verb == "waive":
        part.need("until")
        part.date_of("until")
    return Deed(verb, part.value[verb], more, part.text_of("refused") or None)


def _moment(part: Part) -> datetime:
    """In Amsterdam; a day without a time is nine o'clock."""
    text = part.text()
    try:
        return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=AMSTERDAM)
    except ValueError as error:
        raise part.fail("hier moet een moment staan als jjjj-mm-ddTuu:mm.") from error
