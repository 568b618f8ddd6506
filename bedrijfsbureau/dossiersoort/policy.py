"""The compleetheidsbeleid of a dossiersoort: policy.yaml with the rows of the catalogue it refers to merged in."""

from collections.abc import Iterator

from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.field import Json


def resolve(policy: Part, catalogue: Part | None) -> dict[str, Json]:
    """Every punt with the keys of its catalogue row; its own keys win. Raises DossiersoortInvalid.

    A punt without a row is a Python check of that code, or brings all its keys itself: that is judged where the policy
    is compiled. Rows of the catalogue that no punt names are left out.
    """
    policy.need("versie").text()
    policy.date_of("geldig_vanaf")
    rows = dict(coded(catalogue.need("punten"))) if catalogue else {}
    punten = [{**rows.get(code, {}), **own} for code, own in coded(policy.need("punten"))]
    rest = {key: value for key, value in policy.mapping().items() if key not in ("punten", "catalogus")}
    return {**rest, "punten": punten}


def coded(part: Part) -> Iterator[tuple[str, dict[str, Json]]]:
    seen: set[str] = set()
    for row in part.rows():
        code = row.need("code").text()
        if code in seen:
            raise row.fail(f"het punt {code} staat er twee keer.")
        seen.add(code)
        yield code, row.mapping()
