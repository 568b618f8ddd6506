"""Reading files that people name on the command line: whatever is wrong with one is a sentence."""

from pathlib import Path

from bedrijfsbureau.errors import InvalidInput


def read_at_most(file: Path, most: int) -> bytes:
    """All of the file. Raises InvalidInput when it can't be read or holds more than `most` bytes, which is not read."""
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError as error:
        raise InvalidInput({}, f"{file} bestaat niet. Controleer de naam.") from error
    except IsADirectoryError as error:
        raise InvalidInput({}, f"{file} is een map. Noem een bestand.") from error
    except PermissionError as error:
        raise InvalidInput({}, f"U mag {file} niet lezen. Controleer de rechten.") from error
    except (OSError, ValueError) as error:
        raise InvalidInput({}, f"{file} is niet te lezen ({error}). Controleer de naam.") from error
    if len(content) > most:
        raise InvalidInput({}, f"{file} is groter dan {most // 1_000_000} MB. Verklein of splits het.")
    return content
