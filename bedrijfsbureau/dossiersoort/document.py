"""A YAML file as a tree of parts that know their file and line, so that every mistake can be pointed at."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from bedrijfsbureau.errors import DossiersoortInvalid

MAX_SIZE = 2_000_000
MAX_NODES = 200_000


class Loader(yaml.CSafeLoader):
    """YAML without surprises: dates stay text, a key may be used once."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the way PyYAML is configured)
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value if key.value != "<<"]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                raise yaml.constructor.ConstructorError(None, None, f"'{key}' staat er twee keer", node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Part:
    """A value somewhere in a document. Each reader raises DossiersoortInvalid naming file, line and key."""

    file: str
    value: Any
    path: tuple[str | int, ...] = ()
    node: yaml.Node | None = None

    def fail(self, message: str) -> DossiersoortInvalid:
        line = f", regel {self.node.start_mark.line + 1}" if self.node else ""
        where = f" ({'.'.join(map(str, self.path))})" if self.path else ""
        return DossiersoortInvalid(f"{self.file}{line}{where}: {message}")

    def child(self, key: str | int) -> "Part":
        return Part(self.file, self.value[key], (*self.path, key), child_node(self.node, key))

    def get(self, key: str) -> "Part | None":
        """The part under this key; None when it is absent or empty."""
        self.mapping()
        return self.child(key) if self.value.get(key) is not None else None

    def need(self, key: str) -> "Part":
        found = self.get(key)
        if found is None:
            raise self.fail(f"'{key}' ontbreekt.")
        return found

    def mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.fail("hier moeten sleutels met waarden staan.")
        for key in self.value:
            if not isinstance(key, str):
                raise self.fail(f"zet de sleutel {key!r} tussen aanhalingstekens.")
        return self.value

    def items(self) -> Iterator[tuple[str, "Part"]]:
        for key in self.mapping():
            yield key, self.child(key)

    def rows(self) -> Iterator["Part"]:
        if not isinstance(self.value, list):
            raise self.fail("hier moet een lijst staan.")
        for index in range(len(self.value)):
            yield self.child(index)

    def only(self, *allowed: str) -> None:
        for key, part in self.items():
            if key not in allowed:
                raise part.fail(f"'{key}' bestaat hier niet. Toegestaan: {', '.join(allowed)}.")

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fail("hier moet tekst staan; zet getallen en ja/nee tussen aanhalingstekens.")
        return self.value.strip()

    def text_of(self, key: str, default: str = "") -> str:
        part = self.get(key)
        return part.text() if part else default

    def flag_of(self, key: str) -> bool:
        part = self.get(key)
        if part is None:
            return False
        if not isinstance(part.value, bool):
            raise part.fail("hier moet true of false staan.")
        return part.value

    def date_of(self, key: str) -> date | None:
        part = self.get(key)
        if part is None:
            return None
        try:
            return date.fromisoformat(part.text())
        except ValueError as error:
            raise part.fail("hier moet een datum staan als jjjj-mm-dd.") from error


def child_node(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    """The node of the value; the parent's when the value came from elsewhere (a merge key)."""
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        return node.value[key]  # type: ignore[no-any-return]
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), node)
    return node


def load(text: str, file: str) -> Part:
    """Reads YAML. Raises DossiersoortInvalid with file and line."""
    if len(text) > MAX_SIZE:
        raise DossiersoortInvalid(f"{file}: dit bestand is te groot (hoogstens {MAX_SIZE} tekens).")
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise DossiersoortInvalid(f"{file}: dit bestand is leeg.")
        if size(node, {}) > MAX_NODES:
            raise DossiersoortInvalid(f"{file}: dit bestand bevat te veel waarden.")
        part = Part(file, loader.construct_document(node), node=node)
    except yaml.MarkedYAMLError as error:
        line = f", regel {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise DossiersoortInvalid(f"{file}{line}: dit is geen geldige YAML ({error.problem}).") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DossiersoortInvalid(f"{file}: dit is geen geldige YAML ({error}).") from error
    refuse_other_than_json(part)
    return part


def size(node: yaml.Node, known: dict[int, float]) -> float:
    """How many values this node has once every alias is written out; infinite when it contains itself."""
    if id(node) not in known:
        known[id(node)] = math.inf
        children = node.value if isinstance(node.value, list) else ()
        known[id(node)] = 1 + sum(
            size(each, known) for child in children for each in (child if isinstance(child, tuple) else (child,))
        )
    return known[id(node)]


def refuse_other_than_json(part: Part) -> None:
    """Keys may be whole numbers too, because the value of a choice may be one."""
    if isinstance(part.value, dict):
        for key in part.value:
            if not isinstance(key, str) and type(key) is not int:
                raise part.fail(f"zet de sleutel {key!r} tussen aanhalingstekens.")
            refuse_other_than_json(part.child(key))
    elif isinstance(part.value, list):
        for index in range(len(part.value)):
            refuse_other_than_json(part.child(index))
    elif not (part.value is None or isinstance(part.value, str | int | float)) or (
        isinstance(part.value, float) and not math.isfinite(part.value)
    ):
        raise part.fail("deze waarde kan niet worden bewaard.")
