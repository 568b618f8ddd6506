"""Names of files: what a name may not hold, and the name under which a file is given back."""

import re
import unicodedata
from pathlib import PurePosixPath

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake.kinds import Kind, kind_ending

LONGEST = 120
UP = re.compile(r"(^|[\\/])\.\.([\\/]|$)")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|;%]+')
RUNS = frozenset(  # endings that make a computer run a file: never the name of a stuk, whatever is in it
    [
        *("app", "bat", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "pif", "ps1"),
        *("reg", "scr", "sh", "vbe", "vbs", "wsf"),
    ]
)


def check_name(name: str) -> None:
    """Raises UploadRefused for a name that leads elsewhere or shows itself as something else."""
    if UP.search(name):
        raise UploadRefused("De naam van dit bestand wijst naar een andere map. Geef het een gewone naam.")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in name):
        raise UploadRefused("In de naam van dit bestand staan onzichtbare tekens. Geef het een gewone naam.")
    last = ending(name).removeprefix(".").lower()
    if last in RUNS:
        raise UploadRefused(f"Bestanden die eindigen op .{last} bewaren wij niet. Maak er een PDF van.")


def check_ending(name: str, kind: Kind) -> None:
    """Raises UploadRefused when the name says that it is of another kind that we know."""
    said = kind_ending(ending(name))
    if said is not None and said is not kind:
        raise UploadRefused(
            f"De naam eindigt op {ending(name).lower()}, maar de inhoud is {kind.name}. "
            f"Klopt de inhoud, laat de naam dan eindigen op {kind.suffix}."
        )


def safe_name(name: str, suffix: str) -> str:
    """The name without folders and signs that mean something elsewhere, ending as its content says."""
    base = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    stem = base.removesuffix(ending(base)) if kind_ending(ending(base)) else base
    visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in stem)
    cleaned = " ".join(NOT_IN_NAMES.sub(" ", visible).split()).strip(". ")
    return f"{cleaned[:LONGEST] or 'stuk'}{suffix}"


def shown_name(name: str) -> str:
    """The name as it can be said back, also of a file that is refused: one line, without what is invisible."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in base if unicodedata.category(sign)[0] != "C").strip()[:LONGEST] or "?"


def ending(name: str) -> str:
    """ ".pdf", or "" for a name without one."""
    stem, dot, last = name.rpartition(".")
    return dot + last if stem and dot else ""
