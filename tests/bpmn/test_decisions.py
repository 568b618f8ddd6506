"""Every rule of every decision table, on changes of the complete dossiers."""

from datetime import date

import pytest

from bedrijfsbureau import dmn, termijnen
from bedrijfsbureau.dossiersoort.field import Type
from tests.bpmn.folders import BPMN, DECISIONS, KINDS, kind, name_of

TODAY = {"asiel-aa": date(2026, 3, 2), "asiel-pact": date(2026, 9, 14)}


def prescribed(rvt, grond, medisch, voorlichting):
    return {"rvt": rvt, "grond_overslaan": grond, "medisch": medisch, "voorlichting": voorlichting}


def route(spoor, procedure):
    return {"spoor": spoor, "procedure": procedure}


def procedure(name, basis):
    return {"procedure": name, "basis": basis}


def regime(name, verordening):
    return {"regime": name, "verordening": verordening}


CHILD = {"amv.is_amv": True, "persoon.geboortedatum": "2015-01-01"}
AMV = {"amv.is_amv": True, "persoon.geboortedatum": "2010-01-01"}
BORDER = {"aanvraag.aan_grens": True}
JUNE, JULY = "2026-06-20", "2026-07-08"
LATE = {"aanvraag.datum_indiening": JUNE}

# kind, decision, changes, outcome
EXAMPLES = [
    ("asiel-aa", "rvt_en_medisch", {"route.spoor": "1"}, prescribed("nee", None, False, False)),
    ("asiel-aa", "rvt_en_medisch", {"route.spoor": "2"}, prescribed("nee", "spoor2", False, False)),
    ("asiel-aa", "rvt_en_medisch", {"route.procedure": "EDT"}, prescribed("nee", "opvolgend", False, False)),
    ("asiel-aa", "rvt_en_medisch", {"openbare_orde.uitkomst": "gevaar"},
     prescribed("nee", "openbare_orde", True, False)),
    ("asiel-aa", "rvt_en_medisch", {"openbare_orde.uitkomst": "overlast"}, prescribed("nee", "overlast", True, False)),
    ("asiel-aa", "rvt_en_medisch", {"aanvraag.vrijheid_grond": "59b"}, prescribed("nee", "bewaring", True, False)),
    ("asiel-aa", "rvt_en_medisch", {"aanvraag.vrijheid_grond": "na_overdrachtsbesluit"},
     prescribed("nee", "overdrachtsbesluit", True, False)),
    ("asiel-aa", "rvt_en_medisch", {**BORDER, "aanvraag.rvt_korter_gevraagd": True},
     prescribed("korter", "grens_op_verzoek", True, True)),
    ("asiel-aa", "rvt_en_medisch", {}, prescribed("ja", None, True, True)),
    ("asiel-aa", "routeadvies_aa", {"dublin.status": "akkoord"}, route("1", "dublin")),
    ("asiel-aa", "routeadvies_aa", {"dublin.indicatie": "ja"}, route("1", "dublin")),
    ("asiel-aa", "routeadvies_aa", {"openbare_orde.indicatie_1f": True}, route("4", "VA")),
    ("asiel-aa", "routeadvies_aa", CHILD, route("4", "VA")),
    ("asiel-aa", "routeadvies_aa", {"medisch.uitkomst": "niet_in_aa"}, route("4", "VA")),
    ("asiel-aa", "routeadvies_aa", {"aanvraag.soort": "opvolgend"}, route("4", "EDT")),
    ("asiel-aa", "routeadvies_aa", BORDER, route("4", "grens")),
    ("asiel-aa", "routeadvies_aa", {**BORDER, **AMV}, route("4", "AA")),
    ("asiel-aa", "routeadvies_aa", {"route.bescherming_elders": True}, route("2", "spoor2")),
    ("asiel-aa", "routeadvies_aa", {"instellingen.veilige_landen": ["ERI"]}, route("2", "spoor2")),
    ("asiel-aa", "routeadvies_aa", {}, route("4", "AA")),
    ("asiel-pact", "pactprocedure", {"dublin.status": "verzonden"}, procedure("dublin", "art. 39 lid 1 a")),
    ("asiel-pact", "pactprocedure", {"route.niet_ontvankelijk_grond": "e"}, procedure("niet_ontvankelijk", "art. 38")),
    ("asiel-pact", "pactprocedure", {**BORDER, **AMV, "route.versnel_grond": "f"},
     procedure("grens", "art. 44 lid 1 b, 42 lid 3 b")),
    ("asiel-pact", "pactprocedure", {**BORDER, "route.versnel_grond": "j"}, procedure("grens", "art. 44 lid 1 b")),
    ("asiel-pact", "pactprocedure", {**BORDER, "route.versnel_grond": "h"}, procedure("versneld", "art. 42 lid 1")),
    ("asiel-pact", "pactprocedure", {**AMV, "route.versnel_grond": "g"}, procedure("versneld", "art. 42 lid 3")),
    ("asiel-pact", "pactprocedure", {**AMV, "route.versnel_grond": "a"}, procedure("normaal", "art. 35 lid 4")),
    ("asiel-pact", "pactprocedure", {"route.versnel_grond": "i"}, procedure("versneld", "art. 42 lid 1")),
    ("asiel-pact", "pactprocedure", {}, procedure("normaal", "art. 35 lid 4")),
    ("asiel-aa", "gehoordagen", {"dossierkenmerken": ["lhbti"]}, 1),
    ("asiel-aa", "gehoordagen",
     {"dossierkenmerken": ["lhbti"], "instellingen.complexe_kenmerken": ["lhbti"]}, 2),
    *[(key, "prioriteit", changes, outcome) for key in KINDS for changes, outcome in [
        ({"planning.rechter_datum": "2026-03-02"}, "spoed"),
        (AMV, "hoog"),
        ({"waarborgen.nodig": True}, "hoog"),
        ({"openbare_orde.uitkomst": "overlast"}, "hoog"),
        ({}, "normaal"),
    ]],
    ("asiel-aa", "prioriteit", {"aanvraag.soort": "opvolgend"}, "normaal"),
    ("asiel-pact", "prioriteit", {"aanvraag.soort": "opvolgend"}, "hoog"),
    *[(key, "regime_en_dublin", changes, outcome) for key in KINDS for changes, outcome in [
        ({"aanvraag.datum_indiening": "2026-06-11", "aanvraag.datum_registratie": "2026-06-10"},
         regime("VW2000-2021", "604/2013")),
        ({**LATE, "aanvraag.datum_registratie": JUNE}, regime("PACT-2026", "604/2013")),
        ({**LATE, "aanvraag.datum_registratie": JULY}, regime("PACT-2026", "2024/1351")),
        ({"aanvraag.datum_indiening": "2026-06-11", "aanvraag.datum_registratie": JULY},
         regime("VW2000-2021", "2024/1351")),
        ({**LATE, "instellingen.overgang_gebeurtenis": "registratie", "aanvraag.datum_registratie": "2026-06-10"},
         regime("VW2000-2021", "604/2013")),
        ({**LATE, "instellingen.overgang_gebeurtenis": "verzoek", "aanvraag.datum_verzoek": "2026-06-10",
          "aanvraag.datum_registratie": JUNE}, regime("VW2000-2021", "604/2013")),
    ]],
]
EVERY = ["registratie", "beslistermijn", "beslistermijn_loopbrief"]
PACT = ["registratie", "indiening", "waarborgen"]

# kind, changes, the terms of the dossier
TERMS = [
    ("asiel-aa", {}, {*EVERY, "rvt", "aa"}),
    ("asiel-aa", {"route.procedure": "AA+"}, {*EVERY, "rvt", "aa_plus"}),
    ("asiel-aa", {"aanvraag.soort": "opvolgend", "route.procedure": "EDT"}, {"registratie", "beslistermijn", "edt"}),
    ("asiel-aa", {"route.procedure": "dublin"}, set(EVERY)),
    ("asiel-aa", {"dublin.nl_verantwoordelijk_per": "2026-03-12"}, {*EVERY, "rvt", "aa"}),
    ("asiel-pact", {}, {*PACT, "beslissen"}),
    ("asiel-pact", {"route.procedure": "versneld"}, {*PACT, "beslissen"}),
    ("asiel-pact", {"route.procedure": "niet_ontvankelijk"}, {*PACT, "beslissen"}),
    ("asiel-pact", {"route.procedure": "grens"}, {*PACT, "grens"}),
    ("asiel-pact", {"amv.is_amv": True}, {*PACT, "beslissen", "vertegenwoordiger"}),
]


def decide(key, decision, changes):
    """The decision on the complete dossier of this kind with these changes: outcome and numbers of the rules hit."""
    soort = kind(key)
    gegevens = {group: dict(v) if isinstance(v, dict) else v for group, v in soort.basisdossier["gegevens"].items()}
    around = {
        "instellingen": {name: setting.value for name, setting in soort.instellingen.items()},
        "dossierkenmerken": [], "regime": soort.regime, "vandaag": TODAY[key],
    }
    for path, value in changes.items():
        group, _, field = path.partition(".")
        if group in around:
            around[group] = {**around[group], field: value} if field else value
        else:
            gegevens[group][field] = value
    made = dmn.read((BPMN / key / f"{decision}.dmn").read_bytes()).decide(
        decision, {**soort.record.parse(gegevens), **around}
    )
    return made.value, {hit.number for hit in made.trace[-1].tables[0].hits}


@pytest.mark.parametrize(("key", "decision", "changes", "outcome"), EXAMPLES)
def test_outcome(key, decision, changes, outcome):
    assert decide(key, decision, changes)[0] == outcome


@pytest.mark.parametrize(("key", "changes", "terms"), TERMS)
def test_terms(key, changes, terms):
    assert {term["termijn"] for term in decide(key, "termijnen", changes)[0]} == terms


def test_every_rule_is_tried():
    """`gehoordagen` and the rest are the same file in both folders, so one folder is enough."""
    tried = {}
    for key, decision, changes in [(e[0], e[1], e[2]) for e in EXAMPLES] + [(t[0], "termijnen", t[1]) for t in TERMS]:
        tried.setdefault((BPMN / key / f"{decision}.dmn").read_bytes(), set()).update(decide(key, decision, changes)[1])
    shipped = {path.read_bytes() for path in DECISIONS}
    assert {xml: xml.count(b"<rule ") for xml in shipped} == {xml: len(rules) for xml, rules in tried.items()}


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_every_rule_says_what_it_rests_on(path):
    soort = kind(path.parent.name)
    table = dmn.read(path.read_bytes())
    assert [decision.id for decision in table.decisions] == [path.stem]
    assert path.read_text().count("<annotationEntry>") == path.read_text().count("<rule ")
    assert soort.files[path.name].count("<dmndi:DMNShape") == soort.files[path.name].count("<inputData ") + 1


@pytest.mark.parametrize("key", KINDS)
def test_every_term_has_a_rule_that_gives_it_from_fields_of_the_record(key):
    """Each path that the rule reads is a date of this record, so that the rule can't start or end on something else."""
    for _, changes, _ in (example for example in TERMS if example[0] == key):
        for row in decide(key, "termijnen", changes)[0]:
            rule = termijnen.rule_named(row["regel"])
            assert rule.term == row["termijn"]
            assert {kind(key).record.field(path).type for path in rule.reads} == {Type.DATUM}
