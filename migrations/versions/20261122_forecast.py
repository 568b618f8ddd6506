"""Since when a check is open, whatever the state it is open in; and what was learnt from that."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e4d17b6a0c93"
down_revision = "9f40b6c21e8d"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("open_point") as table:
        table.add_column(sa.Column("open_since", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE open_point SET open_since = since")
    with op.batch_alter_table("open_point") as table:
        table.alter_column("open_since", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_table(
        "measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measurement"),
    )
    op.create_index("ix_measurement_last", "measurement", ["dossiersoort", "id"])


def downgrade() -> None:
    op.drop_index("ix_measurement_last", table_name="measurement")
    op.drop_table("measurement")
    with op.batch_alter_table("open_point") as table:
        table.drop_column("open_since")
