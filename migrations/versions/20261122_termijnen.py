"""Terms with their rule, windows, facts, and runs that recompute them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7c1f0a94e2b6"
down_revision = "7b1c2a9e5f04"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("termijn") as table:
        table.alter_column("due_on", existing_type=sa.Date(), nullable=True)
        table.add_column(sa.Column("rule", sa.String(), nullable=True))
        table.add_column(sa.Column("rule_version", sa.Integer(), nullable=True))
        for name in ("begin_on", "warn_on", "urgent_on", "met_on"):
            table.add_column(sa.Column(name, sa.Date(), nullable=True))
        table.add_column(sa.Column("steers", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("facts", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("termijn") as table:
        table.alter_column("steers", existing_type=sa.Boolean(), server_default=None)
        table.alter_column("facts", existing_type=JSON, server_default=None)
    op.create_index("ix_termijn_risk", "termijn", ["due_on", "dossier_id", "kind"])
    op.create_index("ix_termijn_rule", "termijn", ["rule", "dossier_id"])
    op.create_table(
        "termijn_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("bezig", "gepauzeerd", "klaar", name="runstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("undo_of", sa.Integer(), nullable=True),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["undo_of"], ["termijn_run.id"], name=op.f("fk_termijn_run_undo_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_termijn_run")),
    )
    op.create_table(
        "termijn_run_row",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column("old_version", sa.Integer(), nullable=True),
        sa.Column("new_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["termijn_run.id"], name=op.f("fk_termijn_run_row_run_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_termijn_run_row_dossier_id")),
        sa.PrimaryKeyConstraint("run_id", "dossier_id", "kind", name=op.f("pk_termijn_run_row")),
    )


def downgrade() -> None:
    op.drop_table("termijn_run_row")
    op.drop_table("termijn_run")
    op.drop_index("ix_termijn_rule", "termijn")
    op.drop_index("ix_termijn_risk", "termijn")
    op.execute("DELETE FROM termijn WHERE due_on IS NULL")
    with op.batch_alter_table("termijn") as table:
        for name in ("facts", "steers", "met_on", "urgent_on", "warn_on", "begin_on", "rule_version", "rule"):
            table.drop_column(name)
        table.alter_column("due_on", existing_type=sa.Date(), nullable=False)
