"""The record of a dossier: reading its JSON for FEEL, checking it, and single values from and for people."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bedrijfsbureau.dossiersoort import values
from bedrijfsbureau.dossiersoort.field import Field, Group, Json, Owner
from bedrijfsbureau.errors import InvalidInput, NotFound


@dataclass(frozen=True)
class Record:
    """The groups in the order of the file. gegevens are JSON: group -> field -> value, or group -> rows."""

    groups: tuple[Group, ...]

    def group(self, name: str) -> Group:
        """Raises NotFound."""
        found = next((group for group in self.groups if group.name == name), None)
        if found is None:
            raise NotFound(f"De groep '{name[:80]}' bestaat niet in dit soort dossier.")
        return found

    def field(self, path: str) -> Field:
        """By "medisch.toestemming", "documenten", "documenten.soort" or "documenten.0.soort". Raises NotFound."""
        first, *rest = [part for part in path.split(".") if not part.isdigit()] or [""]
        group = self.group(first)
        fields, found = group.fields, group.rows
        for name in rest:
            found = next((field for field in fields if field.name == name), None)
            if found is None:
                break
            fields = found.fields
        if found is None:
            raise NotFound(f"Het veld '{path[:80]}' bestaat niet in dit soort dossier.")
        return found

    def fields(self) -> Iterator[Field]:
        """Every field that holds a value of its own: a group of rows is one."""
        for group in self.groups:
            yield from (group.rows,) if group.rows else group.fields

    def parse(self, gegevens: Mapping[str, Json]) -> dict[str, Json]:
        """The complete FEEL context; what the record does not know is left out. Raises InvalidInput."""
        wrong = {path: messages for path, messages in self.check(gegevens, owner=None).items() if self.knows(path)}
        if wrong:
            raise InvalidInput(wrong)
        return self.read(gegevens)

    def read(self, gegevens: Mapping[str, Json]) -> dict[str, Json]:
        """`parse` for what was checked before, as all was that a dossier keeps."""
        return {group.name: parse_group(group, gegevens.get(group.name)) for group in self.groups}

    def only(self, names: Collection[str]) -> "Record":
        """The record with these groups and no others."""
        return Record(tuple(group for group in self.groups if group.name in names))

    def check(self, gegevens: Mapping[str, Json], owner: Owner | None = "dossier") -> dict[str, list[str]]:
        """Path -> Dutch messages for all that is not as the record says. `owner`: whose groups may occur; None: any."""
        found: dict[str, list[str]] = {}
        groups = {group.name: group for group in self.groups if owner in (None, group.owner)}
        for name, content in gegevens.items():
            group = groups.get(name)
            findings = check_group(group, content) if group else iter([("", "Deze groep bestaat niet.")])
            for below, message in findings:
                found.setdefault(f"{name}.{below}" if below else name, []).append(message)
        return found

    def knows(self, path: str) -> bool:
        try:
            self.field(path)
        except NotFound:
            return path in {group.name for group in self.groups}
        return True

    def load_value(self, path: str, raw: Json) -> Json:
        """Form text or JSON to the JSON value to store; empty text is None. Raises InvalidInput, NotFound."""
        return values.load(self.field(path), raw)

    def show(self, path: str, value: Json) -> str:
        return values.show(self.field(path), value)


def parse_group(group: Group, content: Json) -> Json:
    if group.rows:
        return values.to_feel(group.rows, content)
    parsed: dict[str, Json] = {**group.empty}
    for name in group.lists:
        parsed[name] = []
    for name, value in (content or {}).items():
        if value is not None and (field := group.by_name.get(name)):
            parsed[name] = value if field.type in values.THE_SAME else values.to_feel(field, value)
    return parsed


def check_group(group: Group, content: Json) -> Iterator[tuple[str, str]]:
    if content is None:
        return
    if group.rows:
        yield from values.check(group.rows, content)
    elif not isinstance(content, dict):
        yield "", "Deze groep moet velden met waarden bevatten."
    else:
        for name, value in content.items():
            field = group.by_name.get(name)
            if field is None:
                yield str(name)[:80], "Dit veld bestaat niet."
                continue
            for below, message in values.check(field, value):
                yield f"{name}.{below}" if below else name, message
