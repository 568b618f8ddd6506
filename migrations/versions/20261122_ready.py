"""Vrijstellingen with a ground that a second person confirms; dossiers that fell back, and who was told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4c6f0e1b92da"
down_revision = "b51cc0ec80dc"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
ADDED = (
    "withdrawn_reason",
    "withdrawn_by",
    "confirmed_at",
    "confirmed_by_id",
    "confirmed_by",
    "needs_second",
    "ground",
)


def upgrade() -> None:
    op.add_column("dossier", sa.Column("setback", JSON, nullable=True))
    with op.batch_alter_table("vrijstelling") as batch_op:
        batch_op.add_column(sa.Column("ground", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("needs_second", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_vrijstelling_confirmed_by_id"), "medewerker", ["confirmed_by_id"], ["id"]
        )
    _make_notices()


def downgrade() -> None:
    op.drop_table("notice")
    with op.batch_alter_table("vrijstelling") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_vrijstelling_confirmed_by_id"), type_="foreignkey")
        for name in ADDED:
            batch_op.drop_column(name)
    op.drop_column("dossier", "setback")


def _make_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("codes", JSON, nullable=False),
        sa.Column("gehoor_op", sa.Date(), nullable=True),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_notice_dossier_id")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["medewerker.id"], name=op.f("fk_notice_seen_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_dossier_id"), "notice", ["dossier_id"])
    op.create_index(
        "ix_notice_unseen", "notice", ["role", "dossier_id"],
        sqlite_where=sa.text("seen_at IS NULL"), postgresql_where=sa.text("seen_at IS NULL"),
    )  # fmt: skip
