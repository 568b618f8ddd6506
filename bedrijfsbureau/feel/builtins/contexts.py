"""Functions on contexts (DMN 1.5, 10.3.4.10). None changes the context it is given."""

from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.values import Value, adopt

Context = dict[str, Value]


@builtin("get value", "m: context, key: string")
def get_value(context: Context, key: str) -> Value:
    return adopt(context.get(key))


@builtin("get entries", "m: context")
def get_entries(context: Context) -> list[Value]:
    return [{"key": key, "value": adopt(value)} for key, value in context.items()]


@builtin("context", "entries: list")
def context_from_entries(entries: list[Value]) -> Context:
    built: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise ValueError("no entry")
        if entry["key"] in built:
            raise ValueError("same key twice")
        built[entry["key"]] = entry["value"]
    return built


@builtin("context put", "context: context, key: string, value: any|null")
def context_put(context: Context, key: str, value: Value) -> Context:
    return {**context, key: value}


@builtin("context put", "context: context, keys: list, value: any|null")
def context_put_at(context: Context, keys: list[Value], value: Value) -> Context:
    """Contexts on the way that do not exist are made."""
    if not keys or not isinstance(keys[0], str):
        raise ValueError("no keys")
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0], {})
    if not isinstance(inner, dict):
        raise ValueError("no context")
    return {**context, keys[0]: context_put_at(inner, keys[1:], value)}


@builtin("context merge", "contexts: list")
def context_merge(contexts: list[Value]) -> Context:
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise ValueError("no context")
        merged.update(context)
    return merged
