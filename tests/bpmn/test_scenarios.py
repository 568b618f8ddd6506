"""The scenarios as written: every word belongs to the grammar of docs/how-to/write-a-model.md, every name exists."""

from datetime import date, datetime

import pytest

from bedrijfsbureau import errors, forms
from bedrijfsbureau.actions.tasks import ABOUT_VERZOEK
from bedrijfsbureau.checks import State
from bedrijfsbureau.model import Stage
from tests.bpmn.folders import BB, DIAGRAMS, NS, SCENARIOS, diagram, kind, name_of, scenario, user_tasks

TOP = {"id", "title", "dossiersoort", "given", "expect", "steps", "variants"}
VARIANT = {"name", "given", "expect", "steps"}
GIVEN = {"at", "keep", "without", "changes", "stukken", "instellingen", "policy", "linked"}
STEP = {"at", "why", "do", "expect"}
EXPECT = {
    "open", "opened", "not_open", "due", "verdicts", "message", "red", "red_p", "planbaar", "behandelklaar", "terms",
    "days", "fields", "history", "verzoeken", "sent", "vrijgaven", "stage", "priority",
}
ACTIONS = {  # the word that names the action -> what it may have beside it
    "complete": {"fields", "all"}, "set": set(), "ask": {"partij", "text"}, "answer": {"what"},
    "add_stuk": {"from", "gegevens"}, "withdraw_stuk": {"reason"}, "send": {"payload"}, "accept": set(),
    "return": {"reason", "note"}, "waive": {"reason", "until"}, "start_task": set(), "link": {"soort", "gehoor_op"},
}
VRIJGAVEN = {"geldig", "ingetrokken", "teruggezonden", "aanvaard"}


@pytest.fixture(params=SCENARIOS, ids=name_of)
def story(request):
    return scenario(request.param)


def variants(story):
    return [{**story, **variant} for variant in story.get("variants", [story])]


def steps(story):
    return [step for variant in variants(story) for step in variant.get("steps", [])]


def actions(story):
    return [action for step in steps(story) for action in step.get("do", [])]


def expectations(story):
    found = [step["expect"] for step in steps(story) if "expect" in step]
    return found + [variant["expect"] for variant in variants(story) if "expect" in variant]


def task_and_subject(name):
    task, _, subject = name.removesuffix(")").partition("(")
    return task, subject


def moment(value):
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def test_there_are_twelve_of_each_kind_and_one_of_a_change_of_waarborgen():
    twelve = [f"{kind}-{n:02}" for kind in ("AA", "PA") for n in range(1, 13)]
    assert [path.stem for path in SCENARIOS] == [*twelve, "PA-13"]


def test_it_uses_the_words_of_the_grammar(story):
    assert set(story) <= TOP
    assert {word for variant in story.get("variants", []) for word in variant} <= VARIANT
    assert {word for variant in variants(story) for word in variant.get("given", {})} <= GIVEN
    assert {word for step in steps(story) for word in step} <= STEP
    assert {word for expected in expectations(story) for word in expected} <= EXPECT
    for action in actions(story):
        name = next(word for word in action if word in ACTIONS)
        assert set(action) <= {name, "refused"} | ACTIONS[name]


def test_time_goes_forward(story):
    for variant in variants(story):
        given = {**story.get("given", {}), **variant.get("given", {})}
        moments = [moment(given["at"]), *(moment(step["at"]) for step in variant.get("steps", []))]
        assert moments == sorted(moments)


def test_every_step_does_or_expects_something(story):
    assert all(step.get("do") or step.get("expect") for step in steps(story))
    assert all(variant.get("steps") or variant.get("expect") for variant in variants(story))


def test_its_tasks_exist_and_their_forms_have_the_fields(story):
    soort, tasks = kind(story["dossiersoort"]), user_tasks(story["dossiersoort"])
    for action in actions(story):
        if "complete" not in action:
            continue
        task, subject = task_and_subject(action["complete"])
        form = subject if task == "t_punt_herstellen" else tasks[task].get(f"{BB}form")
        read = forms.read(soort.form_schemas()[form], soort.record)
        assert set(action.get("fields", {})) <= {field.path for field in read.fields}
    for expected in expectations(story):
        named = [name for word in ("open", "opened", "not_open", "due") for name in expected.get(word, [])]
        assert {task_and_subject(name)[0] for name in named} <= set(tasks)


def test_its_fields_fit_the_record(story):
    soort = kind(story["dossiersoort"])
    changes = [v.get("given", {}).get("changes", {}) for v in [story, *variants(story)]]
    changes += [action["set"] for action in actions(story) if "set" in action]
    changes += [action["fields"] for action in actions(story) if "fields" in action]
    for values in changes:
        gegevens = {}
        for path, value in values.items():
            group, _, field = path.partition(".")
            if group in ABOUT_VERZOEK:
                continue
            if field:
                gegevens.setdefault(group, {})[field] = as_json(value)
            else:
                gegevens[group] = as_json(value)
        assert soort.record.check(gegevens) == {}


def as_json(value):
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_its_checks_stukken_settings_and_messages_exist(story):
    soort = kind(story["dossiersoort"])
    codes = {row["code"] for row in soort.policy["punten"]}
    messages = {m.get("name") for path in DIAGRAMS for m in diagram(path).iterfind(".//bpmn:message", NS)}
    done = actions(story)
    assert {a[word] for a in done for word in ("ask", "answer", "return", "waive", "start_task") if word in a} <= codes
    assert {code for expected in expectations(story) for code in expected.get("verdicts", {})} <= codes
    assert {code for expected in expectations(story) for w in ("red", "red_p") for code in expected.get(w, [])} <= codes
    assert {a["send"] for a in done if "send" in a} <= messages
    assert {a[word] for a in done for word in ("add_stuk", "withdraw_stuk") if word in a} <= set(soort.stukken)
    for variant in [story, *variants(story)]:
        given = variant.get("given", {})
        assert set(given.get("instellingen", {})) <= set(soort.instellingen)
        assert set(given.get("policy", {})) <= codes
        kinds = {s["soort"] if isinstance(s, dict) else s for s in given.get("stukken", [])}
        assert kinds <= set(soort.stukken)


def test_its_outcomes_are_known_words(story):
    found = expectations(story)
    assert {state for expected in found for state in expected.get("verdicts", {}).values()} <= set(State)
    assert {expected["stage"] for expected in found if "stage" in expected} <= set(Stage)
    assert {state for expected in found for state in expected.get("vrijgaven", [])} <= VRIJGAVEN
    assert all(hasattr(errors, action["refused"]) for action in actions(story) if "refused" in action)
