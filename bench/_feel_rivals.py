"""A rival of our FEEL from the Python package index, in its own environment: reads {rival, context, expressions} from
its first line, then for each line "go" evaluates all and answers with the seconds and the value of each."""

import datetime
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Evaluate = Callable[[str], Any]


def bkflow_feel(context: dict[str, Any]) -> Evaluate:
    import logging

    from bkflow_feel.api import parse_expression  # type: ignore[import-not-found]

    logging.disable()
    revived = revive(context)
    return lambda expression: parse_expression(expression, revived)


def pysfeel(context: dict[str, Any]) -> Evaluate:
    import pySFeel  # type: ignore[import-not-found]

    parser = pySFeel.SFeelParser()
    for name, value in context.items():
        parser.sFeelParse(f"{name} <- {as_feel(value)}")
    return lambda expression: parser.sFeelParse(expression)[1]


def revive(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.date.fromisoformat(value["@"]) if "@" in value else {k: revive(v) for k, v in value.items()}
    return [revive(inside) for inside in value] if isinstance(value, list) else value


def as_feel(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {as_feel(each)}" for key, each in value.items())
        return f'date("{value["@"]}")' if "@" in value else f"{{{inside}}}"
    return f"[{', '.join(map(as_feel, value))}]" if isinstance(value, list) else json.dumps(value)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inside) for inside in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def timed(evaluate: Evaluate, expression: str) -> tuple[float, Any]:
    """An answer that is an error is "error": no value of the corpus."""
    start = time.perf_counter()
    try:
        value = evaluate(expression)
    except Exception:
        return time.perf_counter() - start, "error"
    return time.perf_counter() - start, plain(value)


def main() -> None:
    given = json.loads(sys.stdin.readline())
    evaluate = {"bkflow-feel": bkflow_feel, "pySFeel": pysfeel}[given["rival"]](given["context"])
    for _ in sys.stdin:
        answers = [timed(evaluate, expression) for expression in given["expressions"]]
        print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
