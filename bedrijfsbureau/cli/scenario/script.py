"""A scenario as its owner writes it: a dossier, what happens to it and when, and what must be so afterwards.

A file holds one scenario, or several variants that share what stands above `variants`. docs/how-to/write-a-model.md
explains every word of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bedrijfsbureau.actions.at_hand import AMSTERDAM
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.folder import load_file

GIVEN = ("at", "keep", "without", "changes", "stukken", "instellingen", "policy", "linked")
EXPECTED = (
    "open", "opened", "not_open", "due", "stage", "priority", "planbaar", "behandelklaar", "red", "red_p", "verdicts",
    "message", "fields", "terms", "days", "verzoeken", "sent", "vrijgaven",
)  # fmt: skip
VERBS: Mapping[str, tuple[str, ...]] = {  # what a step can do -> what it may say about it
    "accept": (),
    "add_stuk": ("from", "on", "gegevens", "valid_until"),
    "answer": ("what",),
    "ask": ("text", "partij"),
    "complete": ("fields", "all"),
    "link": ("soort", "gehoor_op"),
    "return": ("reason", "note"),
    "send": ("key", "payload"),
    "set": (),
    "start": (),
    "waive": ("reason", "until"),
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
    """`given` and `expect` as in the file, those of the variant laid over those of the file."""

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
    places = [part for part in (file, variant) if part]
    at = [place.child("given").child("at") for place in places if "at" in (place.value.get("given") or {})]
    if not at:
        raise file.fail("'given.at' ontbreekt: het moment waarop het dossier begint.")
    return Scenario(
        key=file.need("id").text(),
        title=file.need("title").text(),
        variant=variant.need("name").text() if variant else "",
        soort=file.need("dossiersoort").text(),
        at=_moment(at[-1]),
        given=_laid(places, "given", GIVEN),
        expect=_laid(places, "expect", EXPECTED),
        steps=tuple(_in_order(file, [step for place in places for step in _steps(place)])),
    )


def _laid(places: list[Part], key: str, allowed: tuple[str, ...]) -> dict[str, Json]:
    """What the places say under `key`: a later one adds to a mapping, and replaces anything else."""
    laid: dict[str, Json] = {}
    for part in (part for place in places if (part := place.get(key))):
        part.only(*allowed)
        for name, value in part.mapping().items():
            both = isinstance(value, dict) and isinstance(laid.get(name), dict)
            laid[name] = {**laid[name], **value} if both else value
    return laid


def _steps(place: Part) -> Iterator[Step]:
    steps = place.get("steps")
    for part in steps.rows() if steps else ():
        part.only("at", "why", "do", "expect")
        deeds = part.get("do")
        yield Step(
            at=_moment(part.need("at")),
            deeds=tuple(_deed(deed) for deed in deeds.rows()) if deeds else (),
            expect=_laid([part], "expect", EXPECTED),
        )


def _in_order(file: Part, steps: list[Step]) -> list[Step]:
    if steps != sorted(steps, key=lambda step: step.at):
        raise file.fail("de stappen staan niet in de volgorde van hun momenten.")
    return steps


def _deed(part: Part) -> Deed:
    verbs = [name for name in part.mapping() if name in VERBS]
    if len(verbs) != 1:
        raise part.fail(f"een handeling noemt precies één van: {', '.join(VERBS)}.")
    verb = verbs[0]
    part.only(verb, *VERBS[verb], "refused")
    more = {name: part.value[name] for name in VERBS[verb] if name in part.value}
    return Deed(verb, part.value[verb], more, part.text_of("refused") or None)


def _moment(part: Part) -> datetime:
    try:
        return datetime.fromisoformat(part.text()).replace(tzinfo=AMSTERDAM)
    except ValueError as error:
        raise part.fail("hier moet een moment staan als jjjj-mm-ddTuu:mm.") from error
