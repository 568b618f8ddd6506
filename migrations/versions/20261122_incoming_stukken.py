"""Files that came in and are no stuk of a dossier yet; stukken found by the hash of their bytes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7a41c0e9b2d3"
down_revision = "e4d17b6a0c93"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "incoming_stuk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("gegevens", JSON, nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_by_id", sa.Integer(), nullable=True),
        sa.Column("stuk_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("course", JSON, nullable=False),
        sa.ForeignKeyConstraint(["arrived_by_id"], ["medewerker.id"], name=op.f("fk_incoming_stuk_arrived_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_incoming_stuk_dossier_id")),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_incoming_stuk_locatie_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["stuk.id"], name=op.f("fk_incoming_stuk_replaces_id")),
        sa.ForeignKeyConstraint(["stuk_id"], ["stuk.id"], name=op.f("fk_incoming_stuk_stuk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_stuk")),
    )
    with op.batch_alter_table("incoming_stuk", schema=None) as table:
        table.create_index("ix_incoming_stuk_list", ["locatie_id", "state", "id"], unique=False)
        table.create_index(table.f("ix_incoming_stuk_dossier_id"), ["dossier_id"], unique=False)
        table.create_index(table.f("ix_incoming_stuk_sha256"), ["sha256"], unique=False)
        table.create_index(table.f("ix_incoming_stuk_stuk_id"), ["stuk_id"], unique=False)
    with op.batch_alter_table("stuk_version", schema=None) as table:
        table.create_index(table.f("ix_stuk_version_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stuk_version", schema=None) as table:
        table.drop_index(table.f("ix_stuk_version_sha256"))
    op.drop_table("incoming_stuk")
