"""Functions on contexts (DMN 1.5, 10.3.4.10). None changes the context it is given."""

from bedrijfsbureau.feel.manual.entry import entry

ENTRIES = {
    "get value": entry(
        "The value of a key.",
        'get value({a: 1}, "a") => 1',
        'get value({a: 1}, "b") => null',
        null_when="There is no such key.",
    ),
    "get entries": entry("The keys and values, as a list.", 'get entries({a: 1}) => [{key: "a", value: 1}]'),
    "context": entry(
        "A context from a list of keys and values.",
        'context([{key: "a", value: 1}]) => {a: 1}',
        null_when="An item has no key or value, or a key occurs twice.",
    ),
    "context put": entry(
        "The context with one value more, or another value for a key; with a list of keys, inside it.",
        'context put({a: 1}, "b", 2) => {a: 1, b: 2}',
        'context put({a: {b: 1}}, ["a", "b"], 2) => {a: {b: 2}}',
        null_when="The list of keys is empty, or leads through a value that is no context.",
    ),
    "context merge": entry(
        "One context from several; the last one wins.",
        "context merge([{a: 1, b: 1}, {b: 2}]) => {a: 1, b: 2}",
        null_when="An item is no context.",
    ),
}
