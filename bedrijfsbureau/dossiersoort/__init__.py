"""The definition of a kind of dossier, read from its folder: record, stukken, instellingen, policy and model files."""

from bedrijfsbureau.dossiersoort.conduct import ComputedField, Conduct, Signal
from bedrijfsbureau.dossiersoort.field import Field, Group, Json, Sensitivity, Type
from bedrijfsbureau.dossiersoort.folder import read
from bedrijfsbureau.dossiersoort.instelling import Instelling, instelling_in, instellingen_in, wrong_in
from bedrijfsbureau.dossiersoort.record import Record
from bedrijfsbureau.dossiersoort.schema import StukKind
from bedrijfsbureau.dossiersoort.soort import Dossiersoort, from_json

__all__ = [
    "ComputedField", "Conduct", "Dossiersoort", "Field", "Group", "Instelling", "Json", "Record", "Sensitivity",
    "Signal", "StukKind", "Type", "from_json", "instelling_in", "instellingen_in", "read",
    "wrong_in",
]
