"""viewflow, in its own environment: reads {url, answers} from its first line, then for each line "go" does one dossier
and answers with [completions, seconds]."""

import json
import sys
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import django  # type: ignore[import-not-found]
from django.conf import settings  # type: ignore[import-not-found]

FULL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"


def database(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        options = {"transaction_mode": "IMMEDIATE", "init_command": FULL}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:///"), "OPTIONS": options}
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "NAME": parts.path[1:],
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def prepare(url: str) -> None:
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "rivals"]
    settings.configure(DATABASES={"default": database(url)}, INSTALLED_APPS=apps, USE_TZ=True, SECRET_KEY="bench")
    django.setup()
    from django.core.management import call_command  # type: ignore[import-not-found]

    call_command("migrate", verbosity=0)


class Office:
    def __init__(self, answers: list[dict[str, Any]]) -> None:
        from django.contrib.auth.models import User  # type: ignore[import-not-found]
        from rivals.flows import Rivals

        self.answers = answers
        self.colleague = User.objects.create(username="anna")
        self.flow = Rivals

    def round(self) -> tuple[int, float]:
        process = self.flow.start.run()
        done, took = 0, 0.0
        for answer in self.answers:
            task = process.task_set.filter(finished=None, flow_task_type="HUMAN").order_by("flow_task").first()
            if task is None:
                break
            begin = time.perf_counter()
            self.complete(process.pk, task.pk, answer)
            done, took = done + 1, took + time.perf_counter() - begin
        return done, took

    def complete(self, process_id: int, task_id: int, answer: dict[str, Any]) -> None:
        from django.db import transaction  # type: ignore[import-not-found]

        with transaction.atomic(), self.flow.lock(process_id):
            task = self.flow.task_class.objects.select_related("process").get(pk=task_id)
            activation = task.flow_task.activation_class(task)
            activation.assign(self.colleague)
            activation.start(SimpleNamespace(user=self.colleague))
            activation.process.data = {**(activation.process.data or {}), **answer}
            activation.process.save()
            activation.execute()


def main() -> None:
    given = json.loads(sys.stdin.readline())
    prepare(given["url"])
    office = Office(given["answers"])
    for _ in sys.stdin:
        print(json.dumps(office.round()), flush=True)


if __name__ == "__main__":
    main()
