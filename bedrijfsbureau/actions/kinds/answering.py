"""The form with which an answer is worked up: that of the answer itself, and the fields of the check it is about.

What a partij answers is filled in where it is judged whether the answer is complete, not in another task. None of these
fields is required here: a field that stays empty keeps the check open, and a supplement is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bedrijfsbureau import engine
from bedrijfsbureau.checks import Policy, Rule
from bedrijfsbureau.forms import Component, Form, Kind

ANSWER = "antwoord."  # fields of the verzoek at hand, not of the record
FormOfCheck = Mapping[tuple[str, str], Form]


def forms_of_checks(forms: Mapping[str, Form], policy: Policy, model: engine.Model) -> FormOfCheck:
    """(form, code of a check) -> that form with the fields of the check, where it has any."""
    made: dict[tuple[str, str], Form] = {}
    for name, form in forms.items():
        if any(field.path.startswith(ANSWER) for field in form.fields):
            own = {field.path for field in form.fields}
            for rule in policy.rules:
                if parts := tuple(part for part in _of_check(rule, forms, model) if part.name not in own):
                    group = Component(Kind.GROUP, "", f"Gegevens van het punt: {rule.check.title}", components=parts)
                    made[name, rule.check.code] = replace(form, components=(*form.components, group))
    return made


def _of_check(rule: Rule, forms: Mapping[str, Form], model: engine.Model) -> Iterator[Component]:
    """What the check reads, as the form of its own task asks for it."""
    element = model.elements.get(rule.task or "")
    form = forms.get(element.form or "") if element else None
    paths = {".".join(path) for path in rule.check.reads}
    lists = {path[0] for path in rule.check.reads}
    for part in form.parts if form else ():
        if part.name in paths or (part.kind is Kind.LIST and part.name in lists):
            yield replace(part, required=None)
