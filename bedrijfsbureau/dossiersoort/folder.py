"""Reading the folder of a dossiersoort."""

from pathlib import Path

from bedrijfsbureau.dossiersoort.document import Part, load
from bedrijfsbureau.dossiersoort.policy import resolve
from bedrijfsbureau.dossiersoort.soort import Dossiersoort, build
from bedrijfsbureau.errors import DossiersoortInvalid

PATTERNS = ("*.bpmn", "*.dmn", "forms/*.json")


def read(folder: Path | str) -> Dossiersoort:
    """Raises DossiersoortInvalid with the file and, for what is wrong inside a file, the line."""
    folder = Path(folder)
    soort, record, policy = (load_file(folder / name) for name in ("soort.yaml", "record.yaml", "policy.yaml"))
    if soort.need("sleutel").text() != folder.name:
        raise soort.need("sleutel").fail(f"de sleutel moet gelijk zijn aan de naam van de map ('{folder.name}').")
    basisdossier = folder / "basisdossier.yaml"
    return build(
        soort=soort,
        record=record,
        policy=Part(policy.file, resolve(policy, catalogue_of(policy, folder)), node=policy.node),
        basisdossier=load_file(basisdossier) if basisdossier.exists() else None,
        files={
            path.relative_to(folder).as_posix(): read_text(path)
            for pattern in PATTERNS for path in sorted(folder.glob(pattern))
        },
    )


def catalogue_of(policy: Part, folder: Path) -> Part | None:
    """The file that `catalogus` names: in this folder or the one above it, nowhere else."""
    named = policy.get("catalogus")
    if named is None:
        return None
    path = (folder / named.text()).resolve()
    if path.parent not in (folder.resolve(), folder.resolve().parent):
        raise named.fail("de catalogus moet in deze map staan, of in de map erboven.")
    return load_file(path)


def load_file(path: Path) -> Part:
    return load(read_text(path), path.name)


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DossiersoortInvalid(f"{path.name} ontbreekt in de map {path.parent.name}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DossiersoortInvalid(f"{path.name} is niet te lezen als tekst in UTF-8.") from error
