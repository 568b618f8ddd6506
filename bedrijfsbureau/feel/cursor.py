"""Walking over tokens: what every part of the parser shares. Names and types are read here."""

from collections.abc import Iterator
from typing import NoReturn

from bedrijfsbureau.feel.errors import FeelSyntaxError
from bedrijfsbureau.feel.names import TYPE_NAMES, Known, NameTable, spelled
from bedrijfsbureau.feel.tokens import Token, tokenize
from bedrijfsbureau.feel.types import Type

NAME_SIGNS = frozenset("./-'+*")
MAX_DEPTH = 60


class Cursor:
    def __init__(self, text: str, names: Known) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.token = self.tokens[0]
        self.names = NameTable(names)
        self.depth = 0

    def advance(self, count: int = 1) -> Token:
        """Step over `count` tokens and give the last one."""
        self.index += count
        self.token = self.tokens[self.index]
        return self.tokens[self.index - 1]

    def next_text(self) -> str:
        return self.tokens[self.index + 1].text

    def accept(self, text: str) -> bool:
        if self.token.text == text:
            self.advance()
            return True
        return False

    def expect(self, text: str) -> Token:
        if self.token.text != text or not text:
            self.fail(f"Hier hoort {quoted(text)}, niet {self.found()}", text)
        return self.advance()

    def items(self, closing: str) -> Iterator[None]:
        """Once for each item up to and including the closing sign, with commas between the items."""
        if self.accept(closing):
            return
        yield
        while self.accept(","):
            yield
        self.expect(closing)

    def found(self) -> str:
        return quoted(self.token.text) if self.token.text else "het einde"

    def fail(self, message: str, *expected: str) -> NoReturn:
        raise FeelSyntaxError(self.text, self.token.start, message, expected)

    def last_end(self) -> int:
        return self.tokens[self.index - 1].end

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"De uitdrukking is meer dan {MAX_DEPTH} niveaus diep")

    # Names

    def known_name(self) -> str | None:
        """Take a known name of several words, if one starts here."""
        match = self.names.match(self.tokens, self.index)
        if match is None:
            return None
        self.advance(match[1])
        return match[0]

    def key(self) -> str:
        """The name after a dot: any word, keyword or known name of several words."""
        name = self.known_name()
        if name is not None:
            return name
        if self.token.kind != "word":
            self.fail(f"Na een punt hoort een naam, niet {self.found()}", "naam")
        return self.advance().text

    def declared_name(self, *closing: str) -> str:
        """A name that is introduced here and ends before one of the closing signs; from now on it is known."""
        first = self.token
        if first.kind != "word" or first.text in closing:
            self.fail(f"Hier hoort een naam, niet {self.found()}", "naam")
        last = self.advance()
        while self.token.text not in closing and self.in_name():
            last = self.advance()
        name = spelled(self.text, first, last)
        self.names.add(name)
        return name

    def in_name(self) -> bool:
        return self.token.kind in ("word", "number") or self.token.text in NAME_SIGNS

    # Types

    def type(self) -> Type:
        self.deeper()
        name = self.type_name()
        fields: tuple[tuple[str, Type], ...] = ()
        element = parameters = result = None
        if self.accept("<"):
            if name == "context":
                fields = self.context_fields()
            elif name == "function":
                parameters = self.function_parameters()
            else:
                element = self.type()
                self.expect(">")
            if name == "function":
                self.expect("->")
                result = self.type()
        self.depth -= 1
        return Type(name, element, fields, parameters, result)

    def type_name(self) -> str:
        start = self.index
        name = self.known_name()
        if name in TYPE_NAMES:
            return str(name)
        if name is None:
            if self.token.kind != "word":
                self.fail(f"Hier hoort een type, niet {self.found()}", "type")
            name = self.advance().text
        while self.token.text == "." and self.tokens[self.index + 1].kind == "word":  # imported: model.tType
            self.advance(2)
        return spelled(self.text, self.tokens[start], self.tokens[self.index - 1])

    def context_fields(self) -> tuple[tuple[str, Type], ...]:
        fields = []
        for _ in self.items(">"):
            name = self.declared_name(":")
            self.expect(":")
            fields.append((name, self.type()))
        return tuple(fields)

    def function_parameters(self) -> tuple[Type, ...]:
        types = []
        for _ in self.items(">"):
            types.append(self.type())
        return tuple(types)


def quoted(text: str) -> str:
    return f"'{text}'"
