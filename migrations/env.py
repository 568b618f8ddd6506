"""Alembic's way in: the connection comes from the program that runs the migrations (`bedrijfsbureau db upgrade`)."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from bedrijfsbureau.model import Base
from bedrijfsbureau.model.base import Moment


def render_item(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Migrations use plain types only: they must run long after the classes of today have changed."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    if isinstance(item, sa.JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def compare_type(_: object, __: object, ___: object, ____: object, wanted: object) -> bool | None:
    """Enums are plain text in the database; moments are compared by what implements them."""
    return False if isinstance(wanted, sa.Enum | Moment | sa.JSON) else None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=compare_type,
)
with context.begin_transaction():
    context.run_migrations()
