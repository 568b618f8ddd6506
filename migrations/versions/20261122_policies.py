"""Policies that are drafted, compared, tried and approved; what is published can't be changed any more.

A later migration that makes policy_version anew (batch mode on SQLite) loses the trigger: make it again there.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7b1c2a9e5f04"
down_revision = "dbf64480d8da"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
MESSAGE = "a published policy never changes"


def upgrade() -> None:
    for column in (
        sa.Column("transition", sa.String(32), nullable=False, server_default="alleen nieuwe"),
        sa.Column("counts_from", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("trail", JSON, nullable=False, server_default="[]"),
    ):
        op.add_column("policy_version", column)
    _make_drafts()
    _make_previews()
    _make_trigger()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER policy_version_is_fixed")
    else:
        op.execute("DROP TRIGGER policy_version_is_fixed ON policy_version")
        op.execute("DROP FUNCTION refuse_change_of_policy()")
    for table in ("preview_change", "preview", "policy_draft"):
        op.drop_table(table)
    for name in ("trail", "note", "counts_from", "transition"):
        op.drop_column("policy_version", name)


def _make_drafts() -> None:
    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("policy", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("transition", sa.String(32), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("trail", JSON, nullable=False),
        sa.ForeignKeyConstraint(["based_on_id"], ["policy_version.id"], name=op.f("fk_policy_draft_based_on_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_draft")),
    )
    is_open = sa.text("status IN ('concept', 'aangeboden')")
    op.create_index(
        "ix_policy_draft_open", "policy_draft", ["dossiersoort"], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )  # fmt: skip


def _make_previews() -> None:
    op.create_table(
        "preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("draft_revision", sa.Integer(), nullable=True),
        sa.Column("process_version_id", sa.Integer(), nullable=True),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("parts_left", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["policy_draft.id"], name=op.f("fk_preview_draft_id")),
        sa.ForeignKeyConstraint(
            ["process_version_id"], ["process_version.id"], name=op.f("fk_preview_process_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
    )
    op.create_index("ix_preview_dossiersoort", "preview", ["dossiersoort"])
    op.create_table(
        "preview_change",
        sa.Column("preview_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["preview_id"], ["preview.id"], name=op.f("fk_preview_change_preview_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_preview_change_dossier_id")),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_preview_change_locatie_id")),
        sa.PrimaryKeyConstraint("preview_id", "dossier_id", "kind", "code", name=op.f("pk_preview_change")),
    )
    op.create_index(
        "ix_preview_change_counts", "preview_change", ["preview_id", "kind", "code", "locatie_id"]
    )


def _make_trigger() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER policy_version_is_fixed BEFORE UPDATE ON policy_version "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_policy() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER policy_version_is_fixed BEFORE UPDATE ON policy_version "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_policy()"
    )
