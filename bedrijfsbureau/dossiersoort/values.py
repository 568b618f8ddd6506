"""Each type of field: from form text to JSON, from JSON to FEEL, to form text and to words for people.

`check` yields (path below the field, Dutch message); "" is the value itself and "0.soort" a field in the first row.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from bedrijfsbureau.dossiersoort.codes import country_name, language_name
from bedrijfsbureau.dossiersoort.field import Field, Json, Type
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.words import number_date, short_date

MAX_TEXT = 4000
MAX_ROWS = 100
MAX_CODES = 50
EMPTY = "niet ingevuld"
TOO_LONG = f"Deze tekst is te lang. Gebruik hoogstens {MAX_TEXT} tekens."
DUTCH_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?")
THOUSANDS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
COUNTRIES = re.compile(r"[A-Z]{3}")
LANGUAGE = re.compile(r"[a-z]{3}")
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # controls but line end and tab, half characters

Finding = tuple[str, str]


def load(field: Field, raw: Json) -> Json:
    """Form text, or JSON as it is stored, to the JSON that is stored. Raises InvalidInput with Dutch messages."""
    if isinstance(raw, str):
        if len(raw) > 4 * MAX_TEXT:
            raise InvalidInput({field.path: [TOO_LONG]})
        raw = clean(raw)
    if raw is None or raw == "":
        return [] if field.type is Type.LIJST else None
    value = from_text(field, raw) if isinstance(raw, str) else from_list(field, raw)
    if findings := list(check(field, value)):
        fields: dict[str, list[str]] = {}
        for below, message in findings:
            fields.setdefault(f"{field.path}.{below}" if below else field.path, []).append(message)
        raise InvalidInput(fields)
    if field.type is Type.GETAL and value == int(value):
        return int(value)
    return value


def clean(text: str) -> str:
    """Without spaces around it, line ends as \\n and composed characters: the same text is stored the same way."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def from_text(field: Field, text: str) -> Json:
    """What the text means; the text itself when it means nothing, so that `check` can say what is wrong."""
    match field.type:
        case Type.DATUM:
            return iso_date(text)
        case Type.JA_NEE:
            return {"ja": True, "nee": False}.get(text.lower(), text)
        case Type.GETAL if NUMBER.fullmatch(text) and not THOUSANDS.fullmatch(text):
            return number(Decimal(text.replace(",", ".")))
        case Type.KEUZE:
            return choice(field, text)
        case Type.LIJST_KEUZE:
            return [choice(field, text)]
        case Type.LANDCODES:
            return [code.strip().upper() for code in text.split(",") if code.strip()] or text
        case Type.TAALCODE:
            return text.lower()
        case Type.LIJST if not field.fields:
            return [line.strip() for line in text.split("\n") if line.strip()]
    return text


def from_list(field: Field, raw: Json) -> Json:
    """Rows of a list with form text in them, and choices as text, to what they mean."""
    if not isinstance(raw, list):
        return raw
    if field.type is Type.LIJST_KEUZE:
        return [choice(field, item) if isinstance(item, str) else item for item in raw] or None
    if field.type is Type.LANDCODES:
        return raw or None
    if field.type is Type.LIJST and field.fields and len(raw) <= MAX_ROWS:
        return [load_row(field, index, row) for index, row in enumerate(raw)]
    return raw


def load_row(field: Field, index: int, row: Json) -> Json:
    if not isinstance(row, dict):
        return row
    loaded = dict(row)
    wrong: dict[str, list[str]] = {}
    for inner in field.fields:
        try:
            loaded[inner.name] = load(inner, row.get(inner.name))
        except InvalidInput as error:
            below = len(field.path)
            wrong |= {f"{field.path}.{index}{path[below:]}": messages for path, messages in error.fields.items()}
    if wrong:
        raise InvalidInput(wrong)
    return loaded


def iso_date(text: str) -> str:
    if match := DUTCH_DATE.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return text


def number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def choice(field: Field, text: str) -> str | int:
    return next((value for value in field.choices if str(value) == text), text)


def check(field: Field, value: Json) -> Iterable[Finding]:
    """What is wrong with a JSON value for this field; None is never wrong."""
    return () if value is None else CHECKS[field.type](field, value)


def check_text(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield "", "Vul hier tekst in."
    elif len(value) > MAX_TEXT:
        yield "", TOO_LONG
    elif NO_TEXT.search(value):
        yield "", "Deze tekst bevat tekens die niet zijn toegestaan."


def check_date(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        yield "", "Vul een datum in als dag-maand-jaar, bijvoorbeeld 26-11-2026."
        return
    try:
        day = date.fromisoformat(value)
    except ValueError:
        yield "", "Deze datum bestaat niet. Controleer de dag, de maand en het jaar."
        return
    if not 1900 <= day.year <= 2200:
        yield "", "Vul een jaar in van 1900 tot en met 2200."


def check_yes_no(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, bool):
        yield "", "Kies ja of nee."


def check_choice(field: Field, value: Json) -> Iterator[Finding]:
    if not is_choice(field, value):
        yield "", f"Kies een van deze mogelijkheden: {', '.join(field.choices.values())}."


def check_choices(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, list) or not all(is_choice(field, item) for item in value):
        yield "", f"Kies uit deze mogelijkheden: {', '.join(field.choices.values())}."
    elif len(set(value)) < len(value):
        yield "", "Kies elke mogelijkheid hoogstens één keer."


def check_language(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        yield "", "Vul een taalcode van drie letters in, bijvoorbeeld tir."


def check_number(field: Field, value: Json) -> Iterator[Finding]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not NUMBER.fullmatch(plain(value)):
        yield "", "Vul een getal in zonder punt, bijvoorbeeld 3 of 1,5."
        return
    amount = Decimal(str(value))
    if field.minimum is not None and amount < field.minimum:
        yield "", f"Vul een getal in van {number_text(field.minimum)} of hoger."
    if field.maximum is not None and amount > field.maximum:
        yield "", f"Vul een getal in van {number_text(field.maximum)} of lager."


def plain(value: float) -> str:
    """Without an exponent; "" when it is too large to bother."""
    return format(Decimal(str(value)), "f") if abs(value) < 1e9 else ""


def number_text(value: Decimal | int | float) -> str:
    text = format(Decimal(str(value)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def is_choice(field: Field, value: Json) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value in field.choices


def check_countries(field: Field, value: Json) -> Iterator[Finding]:
    codes = value if isinstance(value, list) else [value]
    if not isinstance(value, list) or not all(isinstance(code, str) and COUNTRIES.fullmatch(code) for code in codes):
        yield "", "Vul landcodes van drie letters in met een komma ertussen, bijvoorbeeld ERI, SYR."
    elif len(codes) > MAX_CODES:
        yield "", f"Vul hoogstens {MAX_CODES} landcodes in."


def check_rows(field: Field, value: Json) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield "", "Vul hier een lijst in."
        return
    if len(value) > MAX_ROWS:
        yield "", f"Deze lijst is te lang. Gebruik hoogstens {MAX_ROWS} regels."
        return
    for index, row in enumerate(value):
        if not field.fields:
            yield from ((str(index), message) for _, message in check_text(field, row))
        elif not isinstance(row, dict):
            yield str(index), "Vul hier een regel met velden in."
        else:
            yield from check_row(field, index, row)


def check_row(field: Field, index: int, row: dict[str, Json]) -> Iterator[Finding]:
    for name, item in row.items():
        inner = field.inner(name)
        if inner is None:
            yield f"{index}.{str(name)[:80]}", "Dit veld bestaat niet."
        else:
            for below, message in check(inner, item):
                yield f"{index}.{name}{'.' if below else ''}{below}", message


CHECKS: dict[Type, Callable[[Field, Json], Iterator[Finding]]] = {
    Type.TEKST: check_text,
    Type.DATUM: check_date,
    Type.JA_NEE: check_yes_no,
    Type.GETAL: check_number,
    Type.KEUZE: check_choice,
    Type.LIJST_KEUZE: check_choices,
    Type.LANDCODES: check_countries,
    Type.TAALCODE: check_language,
    Type.LIJST: check_rows,
}


THE_SAME = frozenset({Type.TEKST, Type.JA_NEE, Type.TAALCODE})
"""Types of which FEEL sees what the JSON says."""


def to_feel(field: Field, value: Json) -> Json:
    """A checked JSON value as FEEL sees it: dates as date, numbers as Decimal, every field of a row present."""
    if value is None:
        return [] if field.type is Type.LIJST else None
    match field.type:
        case Type.DATUM:
            return date.fromisoformat(value)
        case Type.GETAL:
            return Decimal(str(value))
        case Type.KEUZE | Type.LIJST_KEUZE:
            return numeric(value)
        case Type.LIJST if field.fields:
            return [{inner.name: to_feel(inner, row.get(inner.name)) for inner in field.fields} for row in value]
    return list(value) if isinstance(value, list) else value


def numeric(value: Json) -> Json:
    if isinstance(value, list):
        return [numeric(item) for item in value]
    return Decimal(value) if isinstance(value, int) else value


def to_text(field: Field, value: Json) -> str:
    """What stands in a form's input; `load` reads it back. Not for lists of rows and of choices."""
    if value is None:
        return ""
    match field.type:
        case Type.DATUM:
            return number_date(date.fromisoformat(value))
        case Type.JA_NEE:
            return "ja" if value else "nee"
        case Type.GETAL:
            return number_text(value)
        case Type.LANDCODES:
            return ", ".join(value)
        case Type.LIJST if not field.fields:
            return "\n".join(value)
    return str(value)


def show(field: Field, value: Json) -> str:
    """A checked JSON value in Dutch, for people."""
    if value is None or value == []:
        return EMPTY
    match field.type:
        case Type.DATUM:
            return short_date(date.fromisoformat(value))
        case Type.JA_NEE:
            return "Ja" if value else "Nee"
        case Type.KEUZE:
            return field.choices.get(value, str(value))
        case Type.LIJST_KEUZE:
            return ", ".join(field.choices.get(item, str(item)) for item in value)
        case Type.LANDCODES:
            return ", ".join(country_name(code) for code in value)
        case Type.TAALCODE:
            return language_name(value)
        case Type.LIJST if field.fields:
            return "; ".join(show_row(field, row) for row in value)
        case Type.LIJST:
            return ", ".join(value)
    return to_text(field, value)


def show_row(field: Field, row: dict[str, Json]) -> str:
    filled = ((inner, row.get(inner.name)) for inner in field.fields)
    return ", ".join(f"{inner.label}: {show(inner, value)}" for inner, value in filled if value is not None) or EMPTY
