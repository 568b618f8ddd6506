"""The names an expression may use, with their types. None is a type nobody knows: nothing is said about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedrijfsbureau.feel.types import Type

Known = Type | None
ANY = Type("Any")
BOOLEAN, NUMBER, STRING, DATE = Type("boolean"), Type("number"), Type("string"), Type("date")


@dataclass(frozen=True)
class Scope:
    """`is_open`: it may hold more names than these, as the items of a list of unknown type do."""

    types: Mapping[str, Known]
    parent: "Scope | None" = None
    is_open: bool = False

    def with_names(self, types: Mapping[str, Known], is_open: bool = False) -> "Scope":
        return Scope(types, self, is_open)

    def chain(self) -> Iterator["Scope"]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def knows(self, name: str) -> bool:
        return any(name in scope.types or scope.is_open for scope in self.chain())

    def type(self, name: str) -> Known:
        for scope in self.chain():
            if name in scope.types:
                return scope.types[name]
            if scope.is_open:
                return None
        return None

    def names(self) -> set[str]:
        return {name for scope in self.chain() for name in scope.types}


def known(kind: Known) -> Known:
    return None if kind is None or kind.name in ("Any", "null") else kind


def element(kind: Known) -> Known:
    """What one item of it is; an item stands for a list of one."""
    kind = known(kind)
    return kind.element if kind is not None and kind.name in ("list", "range") else kind


def list_of(kind: Known) -> Type:
    return Type("list", kind)


def fields(kind: Known) -> Mapping[str, Known]:
    return dict(kind.fields) if kind is not None and kind.name == "context" else {}


def joined(one: Known, other: Known) -> Known:
    """The type of what is one or the other."""
    if one is not None and one.name == "null":
        return other
    return one if one == other or (other is not None and other.name == "null") else None
