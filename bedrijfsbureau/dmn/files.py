"""Models in several files: each may import others, which it names by their namespace (DMN 1.5, 6.3.3)."""

from collections.abc import Mapping
from pathlib import Path

from bedrijfsbureau.dmn.definitions import Definitions
from bedrijfsbureau.dmn.document import MAX_BYTES, children, parse
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.reader import read


def read_all(files: Mapping[str, bytes], strict: bool = True) -> dict[str, Definitions]:
    """Every model among these files, by file name; they may import each other. Raises DmnError."""
    library = Library(files, strict)
    return {name: library.model(name) for name in files}


def read_among(files: Mapping[str, bytes], name: str, strict: bool = True) -> Definitions:
    """One of these files, with what it imports. Raises DmnError."""
    return Library(files, strict).model(name)


def read_file(path: Path, strict: bool = True) -> Definitions:
    """One model; what it imports is sought in the files beside it. Raises DmnError and OSError."""
    content = path.read_bytes()
    if not any(True for _ in children(parse(content), "import")):
        return read(content, strict=strict)
    others = (other for other in sorted(path.parent.glob("*.dmn")) if other.is_file())
    beside = {other.name: other.read_bytes() for other in others if other.stat().st_size <= MAX_BYTES}
    return Library({**beside, path.name: content}, strict).model(path.name)


class Library:
    """Models read when first asked for."""

    def __init__(self, files: Mapping[str, bytes], strict: bool) -> None:
        self.files = files
        self.strict = strict
        self.models: dict[str, Definitions] = {}
        self.busy: list[str] = []
        self.namespaces: dict[str, str] | None = None

    def model(self, name: str) -> Definitions:
        """Raises DmnError, also when models import each other in a circle."""
        if name in self.models:
            return self.models[name]
        if name in self.busy:
            raise DmnError("", f"De modellen importeren elkaar in een kring: {', '.join([*self.busy, name])}")
        self.busy.append(name)
        wanted = [str(each.get("namespace")) for each in children(parse(self.files[name]), "import")]
        known = self.known() if wanted else {}
        imports = {namespace: self.model(known[namespace]) for namespace in wanted if namespace in known}
        self.models[name] = read(self.files[name], imports, self.strict)
        self.busy.pop()
        return self.models[name]

    def known(self) -> dict[str, str]:
        """The file of each namespace; of files we can't read nothing is known."""
        if self.namespaces is None:
            self.namespaces = {}
            for name, content in self.files.items():
                try:
                    self.namespaces.setdefault(str(parse(content).get("namespace")), name)
                except DmnError:
                    continue
        return self.namespaces
