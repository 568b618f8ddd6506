"""The error of decisions."""

from bedrijfsbureau.feel import FeelError


class DmnError(FeelError):
    """De beslissing kan niet worden genomen. `element` is the id (or name) of the element in the DMN file, `line` its
    line."""

    def __init__(self, element: str, message: str, line: int | None = None) -> None:
        place = f" (regel {line})" if line else ""
        super().__init__(f"{element}: {message}{place}." if element else f"{message}{place}.")
        self.element = element
        self.line = line
        self.problem = message
