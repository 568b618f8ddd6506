"""Batches that move running dossiers to another version of their process."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "dbf64480d8da"
down_revision = "d5e30f1dbd50"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "move_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by_id"], ["medewerker.id"], name=op.f("fk_move_plan_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_plan")),
        sa.UniqueConstraint("dossiersoort", "source", "target", name=op.f("uq_move_plan_dossiersoort_source_target")),
    )
    op.create_table(
        "move_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("mapping", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("visited", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=True),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["medewerker.id"], name=op.f("fk_move_run_ordered_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["move_plan.id"], name=op.f("fk_move_run_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_run")),
    )
    with op.batch_alter_table("move_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_move_run_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "ix_move_run_unfinished",
            ["plan_id"],
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.create_table(
        "move_stay",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_move_stay_dossier_id")),
        sa.ForeignKeyConstraint(["run_id"], ["move_run.id"], name=op.f("fk_move_stay_run_id")),
        sa.PrimaryKeyConstraint("run_id", "dossier_id", "number", name=op.f("pk_move_stay")),
    )
    with op.batch_alter_table("move_stay", schema=None) as batch_op:
        batch_op.create_index("ix_move_stay_reason", ["run_id", "reason"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM incident WHERE kind = 'verhuizing'")  # what the code before does not know
    op.execute("DELETE FROM due_work WHERE kind = 'verhuizing'")
    with op.batch_alter_table("move_stay", schema=None) as batch_op:
        batch_op.drop_index("ix_move_stay_reason")

    op.drop_table("move_stay")
    with op.batch_alter_table("move_run", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_move_run_unfinished",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_move_run_plan_id"))

    op.drop_table("move_run")
    op.drop_table("move_plan")
