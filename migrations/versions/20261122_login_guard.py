"""Counts of wrong passwords."""

import sqlalchemy as sa
from alembic import op

revision = "2c8e51d7a9b3"
down_revision = "7c1f0a94e2b6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "login_guard",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failures", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_guard")),
    )
    with op.batch_alter_table("login_guard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_guard_at"), ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("login_guard")
