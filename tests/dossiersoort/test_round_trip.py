"""Any dossiersoort that can be built is the same again after storing it."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrijfsbureau.dossiersoort import Type, from_json
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.soort import build

NAMES = st.integers(0, 99).map("veld_{}".format)
TEXTS = st.text("abc é\"'{}:#-\n9", min_size=1, max_size=12).filter(str.strip)
COMMON = {
    "label": TEXTS, "levert": TEXTS, "gevoeligheid": st.sampled_from("PKNBS"), "basis": TEXTS,
    "te_bevestigen": st.booleans(), "uitleg": st.none() | TEXTS, "berekend": st.booleans(),
}
CHOICES = st.dictionaries(st.integers(0, 99) | TEXTS, TEXTS, min_size=1, max_size=2).filter(
    lambda found: len({str(value) for value in found}) == len(found)
)
PLAIN = [str(kind) for kind in Type if kind not in (Type.KEUZE, Type.LIJST_KEUZE, Type.LIJST)]
SIMPLE = st.fixed_dictionaries({**COMMON, "type": st.sampled_from(PLAIN), "minimaal": st.none() | st.integers(0, 9)})
CHOOSING = st.fixed_dictionaries({**COMMON, "type": st.sampled_from(["keuze", "lijst_keuze"]), "waarden": CHOICES})
FIELDS = st.dictionaries(NAMES, SIMPLE | CHOOSING, min_size=1, max_size=2)
LISTS = st.fixed_dictionaries({**COMMON, "type": st.just("lijst"), "velden": FIELDS})
GROUPS = st.fixed_dictionaries({
    "label": TEXTS, "velden": st.dictionaries(NAMES, SIMPLE | CHOOSING | LISTS, min_size=1, max_size=2),
    "hoort_bij": st.sampled_from([None, "dossier", "verzoek"]),
}) | st.fixed_dictionaries({"label": TEXTS, "velden": FIELDS, "type": st.just("lijst")})
SETTINGS = st.fixed_dictionaries({"waarde": st.none() | st.booleans() | st.integers(0, 999), "betekenis": TEXTS,
                                  "standing": TEXTS, "te_bevestigen": st.booleans()})


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    groups=st.dictionaries(NAMES, GROUPS, min_size=1, max_size=2),
    instellingen=st.dictionaries(NAMES, SETTINGS, max_size=2),
    names=st.fixed_dictionaries({"sleutel": TEXTS, "naam": TEXTS, "regime": st.none() | TEXTS, "proces": TEXTS}),
    files=st.dictionaries(TEXTS, TEXTS, max_size=2),
)
def test_the_same_after_storing(groups, instellingen, names, files):
    made = build(
        soort=Part("soort.yaml", {**names, "teams": {"BB": "Bedrijfsbureau"}}),
        record=Part("record.yaml", {"groepen": groups}),
        policy=Part("policy.yaml", {"versie": "1", "punten": [], "instellingen": instellingen}),
        basisdossier=None,
        files=files,
    )
    again = from_json(json.loads(json.dumps(made.to_json())))
    assert again == made
    assert again.record.parse({}) == made.record.parse({})
    assert again.to_json() == made.to_json()
