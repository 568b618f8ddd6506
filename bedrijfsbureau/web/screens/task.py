"""/taken/<id>: placeholder until the form is there."""
from flask import Blueprint

screen = Blueprint("task", __name__, url_prefix="/taken")


@screen.get("/<task_id>")
def show(task_id: str) -> str:
    return task_id
