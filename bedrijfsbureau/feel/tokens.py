"""From text to tokens (DMN 1.5, 10.3.1.2): numbers, strings, words and punctuation; white space and comments drop
out."""

import re
from typing import NamedTuple

from bedrijfsbureau.feel.errors import FeelSyntaxError

START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PART = START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Atomic groups and possessive repeats: the text may come from a stranger, and must be read in one pass.
TOKEN = re.compile(
    rf"""(?>[\s\u180e\u200b\ufeff]|//[^\n]*|/\*.*?\*/)*+(?:
    (?P<word>[{START}][{PART}]*)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:\\.|[^"\\])*+")
    |(?P<bad>/\*)
    |(?P<sign>\*\*|\.\.|->|<=|>=|!=|[-+*/()\[\]{{}},:.<>=@?'])
    |(?P<end>\Z)
    |(?P<other>.))""",
    re.DOTALL | re.VERBOSE,
)
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "'": "'"}
KEYWORDS = frozenset(
    {"for", "return", "if", "then", "else", "some", "every", "satisfies", "or", "and", "in", "between", "instance"}
    | {"function", "external", "true", "false", "null"}
)
SURROGATE = re.compile("[\ud800-\udfff]")
MAX_TEXT = 10_000


class Token(NamedTuple):
    kind: str  # word, number, string, sign or end
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Raises FeelSyntaxError at the first character that starts no token."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(text, MAX_TEXT, f"De uitdrukking is langer dan {MAX_TEXT} tekens")
    broken = SURROGATE.search(text)
    if broken:
        raise FeelSyntaxError(text, broken.start(), "Hier staat een half teken (een losse surrogaat)")
    tokens: list[Token] = []
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind in ("bad", "other"):
            raise FeelSyntaxError(text, found.start(kind), unexpected(text, found.start(kind)))
        tokens.append(Token(kind, found.group(kind), found.start(kind), found.end()))
    return [*tokens, tokens[-1], tokens[-1]]  # the parser may look a few tokens ahead


def unexpected(text: str, position: int) -> str:
    if text[position] == '"':
        return "De tekst na dit aanhalingsteken is niet afgesloten"
    if text.startswith("/*", position):
        return "Het commentaar is niet afgesloten met */"
    return f"Het teken '{text[position]}' hoort niet in een uitdrukking"


def unescape(literal: str) -> str:
    """The value of a string literal, quotes included in `literal`."""
    if "\\" not in literal:
        return literal[1:-1]
    value = ESCAPE.sub(unescape_one, literal[1:-1])
    try:  # two \uXXXX escapes may form one character
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return value.encode("utf-8", "replace").decode("utf-8")


def unescape_one(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    return ESCAPES.get(code, "\\" + code)
