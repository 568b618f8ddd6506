"""Alembic's way in: the connection comes from the program that runs the migrations (`bedrijfsbureau db upgrade`)."""

from alembic import context

from bedrijfsbureau.model import Base


def compare_type(context, inspected_column, metadata_column, inspected_type, metadata_type):  # type: ignore[no-untyped-def]
    """Enums are plain text in the database: only their length is there to compare."""
    if metadata_type.__class__.__name__ == "Enum":
        return False
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=compare_type,
)
with context.begin_transaction():
    context.run_migrations()
