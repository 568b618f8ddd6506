"""Verdicts of a dossier as JSON text, in the order of the policy, and compressed fast where the server can: they are
the largest thing that a completed task reads and writes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "5d8e2f7ab1c4"
down_revision = "4c6f0e1b92da"
branch_labels = None
depends_on = None

KNOWS_LZ4 = sa.text("SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    op.alter_column("dossier", "verdicts", type_=sa.JSON(), existing_type=JSONB(), postgresql_using="verdicts::json")
    if connection.scalar(KNOWS_LZ4):  # from version 14 on, when it was built with it
        op.execute("ALTER TABLE dossier ALTER COLUMN verdicts SET COMPRESSION lz4")


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    if connection.scalar(KNOWS_LZ4):
        op.execute("ALTER TABLE dossier ALTER COLUMN verdicts SET COMPRESSION default")
    op.alter_column("dossier", "verdicts", type_=JSONB(), existing_type=sa.JSON(), postgresql_using="verdicts::jsonb")
