"""/dossiers/<id>/proces: the diagram of its own version, with where the dossier stands, and the same in words."""

from flask import Blueprint, Response, url_for

from bedrijfsbureau.queries import dossier
from bedrijfsbureau.web.current import reading_here
from bedrijfsbureau.web.dossier.frame import open_dossier, page
from bedrijfsbureau.web.dossier.steps import diagram, steps, tokens, waits

screen = Blueprint("process", __name__, url_prefix="/<int:dossier_id>/proces")


@screen.get("")
def show(dossier_id: int) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        links = {task.element: url_for("task.show", task_id=task.id) for task in opened.tasks if task.is_open}
        return page(
            tx, opened, "process",
            steps=steps(opened), waits=waits(opened), process_number=opened.kind.process_number,
            tokens=tokens(opened, dossier.open_incidents(tx, dossier_id), links),
        )  # fmt: skip


@screen.get("/model.bpmn")
def model(dossier_id: int) -> Response:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
    return Response(diagram(opened), content_type="application/xml")
