"""Every error FEEL raises on purpose. Evaluation itself never fails on data: a wrong type gives null and a warning."""


class FeelError(Exception):
    """De uitdrukking is niet bruikbaar."""

    @property
    def message(self) -> str:
        return str(self)


class FeelSyntaxError(FeelError):
    """De tekst is geen FEEL. `position` counts characters from 0; `line` and `column` from 1."""

    def __init__(self, text: str, position: int, message: str, expected: tuple[str, ...] = ()) -> None:
        self.position = position
        self.line = text.count("\n", 0, position) + 1
        self.column = position - (text.rfind("\n", 0, position) + 1) + 1
        self.expected = expected
        self.problem = message
        super().__init__(f"{message} (regel {self.line}, teken {self.column}).")


class FeelLimitError(FeelError):
    """De berekening is te groot en is gestopt."""

    def __init__(self, what: str) -> None:
        super().__init__(f"De berekening is gestopt: {what}. Maak de uitdrukking eenvoudiger.")


class FeelFunctionError(FeelError):
    """Een functie van de toepassing zelf is mislukt: een fout in de code, niet in de uitdrukking."""

    def __init__(self, name: str, cause: BaseException) -> None:
        super().__init__(f"De functie '{name}' is mislukt: {cause}")
        self.name = name
        self.cause = cause
