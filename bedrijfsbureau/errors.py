"""Every error the code raises on purpose.

The docstring of a class is its default message: a Dutch sentence that says what is wrong and what to do. An error that
can say more (which field, which element) takes the particulars in its constructor and keeps them as attributes.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


class BedrijfsbureauError(Exception):
    """Er ging iets mis. Uw gegevens zijn niet gewijzigd. Probeer het opnieuw of meld dit aan de beheerder."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((self.__doc__ or "").split()))

    @property
    def message(self) -> str:
        return str(self)

    def report(self) -> str:
        """What an incident says of it, to who keeps the system going."""
        return str(self)


class NotFound(BedrijfsbureauError):
    """Dit bestaat niet, of u hebt er geen toegang toe. Controleer het nummer of ga terug naar de werkvoorraad."""


class Forbidden(BedrijfsbureauError):
    """Uw rol mag dit niet. Vraag een collega met de juiste rol, of uw beheerder."""


class Conflict(BedrijfsbureauError):
    """Een collega was u voor. Ververs de pagina om te zien wat er is veranderd; uw invoer is niet verwerkt."""


class TakenOver(Conflict):
    """Dit werk is gepauzeerd, gestopt of door een andere worker overgenomen."""


class InvalidInput(BedrijfsbureauError):
    """De invoer klopt niet. Verbeter de genoemde velden."""

    def __init__(self, fields: Mapping[str, Sequence[str]], message: str = "") -> None:
        super().__init__(message)
        self.fields = {path: list(messages) for path, messages in fields.items()}


class NotAwaited(BedrijfsbureauError):
    """Dit dossier wacht niet op dit bericht. Het bericht is bewaard in het verloop; het proces is niet veranderd."""


class NotReady(BedrijfsbureauError):
    """Het dossier is nog niet behandelklaar. Los eerst de punten op die blokkeren."""


class StateTampered(BedrijfsbureauError):
    """De processtand van dit dossier is niet te vertrouwen en is niet geladen. Er is niets gewijzigd; er is een storing
    gemeld bij de beheerder."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def report(self) -> str:
        return f"De processtand is niet geladen: {self.why}"


class StepFailed(BedrijfsbureauError):
    """Een stap in het proces is mislukt. Er is niets gewijzigd; er is een storing gemeld bij de beheerder."""

    def __init__(self, element: str, cause: BaseException) -> None:
        super().__init__()
        self.element = element
        self.cause = cause
        self.name = ""  # of the element, as people know it

    def __str__(self) -> str:
        what = f"Stap '{self.name or self.element}' is mislukt: {self.cause}."
        return f"{what} Er is niets gewijzigd; er is een storing gemeld bij de beheerder."

    def report(self) -> str:
        ours = isinstance(self.cause, BedrijfsbureauError)
        return str(self.cause) if ours else f"{type(self.cause).__name__}: {self.cause}"


class CheckFailed(BedrijfsbureauError):
    """De controle kon niet worden uitgevoerd."""


class PolicyInvalid(BedrijfsbureauError):
    """Het compleetheidsbeleid is niet bruikbaar. Herstel de genoemde regel en publiceer opnieuw."""


class DossiersoortInvalid(BedrijfsbureauError):
    """De map van deze dossiersoort is niet volledig of niet leesbaar. Herstel het genoemde bestand."""


class UploadRefused(BedrijfsbureauError):
    """Dit bestand is geweigerd. Controleer het soort bestand en de grootte, en probeer het opnieuw."""


class LoginFailed(BedrijfsbureauError):
    """Inloggen is niet gelukt. Controleer uw gebruikersnaam en wachtwoord, of vraag een nieuwe inloglink."""


class TooManyAttempts(LoginFailed):
    """Er is te vaak een verkeerd wachtwoord ingevuld. Wacht even, of vraag de beheerder om een inloglink."""

    def __init__(self, wait: timedelta) -> None:
        minutes = math.ceil(wait / timedelta(minutes=1))
        length = "1 minuut" if minutes == 1 else f"{minutes} minuten"
        super().__init__(
            f"Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {length} en probeer het opnieuw, of vraag de "
            "beheerder om een inloglink."
        )
        self.wait = wait


class DatabaseUnavailable(BedrijfsbureauError):
    """De database is even niet bereikbaar. Er is niets verloren gegaan. Probeer het over een minuut opnieuw."""


class NotDelivered(BedrijfsbureauError):
    """Het bericht is niet bezorgd. Het wordt vanzelf opnieuw geprobeerd."""


@dataclass(frozen=True)
class Problem:
    """One finding about a model: where it is (element id, 1-based line), what is wrong and what to do (Dutch).

    `path`: ids of the elements a token passes to come there, in order, when the fault is in how they follow each other.
    """

    element: str | None
    line: int | None
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    path: tuple[str, ...] = ()


class ModelRefused(BedrijfsbureauError):
    """Dit procesmodel kan niet worden gebruikt. Herstel de genoemde elementen."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = f" {problems[0].message}" if problems else ""
        super().__init__((type(self).__doc__ or "") + first)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Obstacle:
    """A step where a dossier stands, and why it can't stand there in another version: `why` ends the sentence."""

    element: str
    name: str
    why: str

    @property
    def message(self) -> str:
        return f"Stap '{self.name}' ({self.element}) {self.why}."


class CannotMove(BedrijfsbureauError):
    """Dit dossier kan niet naar de andere versie van het proces. Er is niets gewijzigd; pas het plan aan."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(" ".join([(type(self).__doc__ or ""), *(obstacle.message for obstacle in obstacles)]))
        self.obstacles = tuple(obstacles)
