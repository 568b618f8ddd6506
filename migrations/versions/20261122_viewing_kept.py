"""Who looked at which dossier is only ever added, in the database too: it has no chain that would show a change.

A later migration that makes viewing anew (batch mode on SQLite) loses the triggers: make them again there.
"""

from alembic import op

revision = "e3a71f0c95d2"
down_revision = "5d8e2f7ab1c4"
branch_labels = None
depends_on = None

MESSAGE = "who looked at a dossier is never changed or removed"
KINDS = ("UPDATE", "DELETE")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for kind in KINDS:
            op.execute(
                f"CREATE TRIGGER viewing_is_kept_{kind.lower()} BEFORE {kind} ON viewing "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_viewing() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER viewing_is_kept BEFORE UPDATE OR DELETE ON viewing "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_viewing()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for kind in KINDS:
            op.execute(f"DROP TRIGGER viewing_is_kept_{kind.lower()}")
        return
    op.execute("DROP TRIGGER viewing_is_kept ON viewing")
    op.execute("DROP FUNCTION refuse_change_of_viewing()")
