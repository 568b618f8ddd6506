"""Rappels: the one message per partij and day, what is in it, where it goes and in what words."""

import sqlalchemy as sa
from alembic import op

revision = "b51cc0ec80dc"
down_revision = "7a41c0e9b2d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rappel_hour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel_hour")),
    )
    op.create_table(
        "rappel_text",
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("with_v_nummer", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("partij", name=op.f("pk_rappel_text")),
    )
    op.create_table(
        "rappel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_rappel_locatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel")),
        sa.UniqueConstraint("message_id", name=op.f("uq_rappel_message_id")),
        sa.UniqueConstraint("partij", "locatie_id", "day", name=op.f("uq_rappel_partij_locatie_id_day")),
    )
    with op.batch_alter_table("rappel", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rappel_everywhere",
            ["partij", "day"],
            unique=True,
            sqlite_where=sa.text("locatie_id IS NULL"),
            postgresql_where=sa.text("locatie_id IS NULL"),
        )

    op.create_table(
        "rappel_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("key_number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_rappel_route_locatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel_route")),
        sa.UniqueConstraint("partij", "locatie_id", name=op.f("uq_rappel_route_partij_locatie_id")),
    )
    with op.batch_alter_table("rappel_route", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rappel_route_everywhere",
            ["partij"],
            unique=True,
            sqlite_where=sa.text("locatie_id IS NULL"),
            postgresql_where=sa.text("locatie_id IS NULL"),
        )

    op.create_table(
        "rappel_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("verzoek_id", sa.Integer(), nullable=False),
        sa.Column("rappel_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_rappel_item_dossier_id")),
        sa.ForeignKeyConstraint(["rappel_id"], ["rappel.id"], name=op.f("fk_rappel_item_rappel_id")),
        sa.ForeignKeyConstraint(["verzoek_id"], ["verzoek.id"], name=op.f("fk_rappel_item_verzoek_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rappel_item")),
    )
    with op.batch_alter_table("rappel_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rappel_item_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rappel_item_rappel_id"), ["rappel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rappel_item_verzoek_id"), ["verzoek_id"], unique=False)
        batch_op.create_index(
            "ix_rappel_item_waiting",
            ["verzoek_id", "id"],
            unique=False,
            sqlite_where=sa.text("rappel_id IS NULL AND dropped_at IS NULL"),
            postgresql_where=sa.text("rappel_id IS NULL AND dropped_at IS NULL"),
        )

    with op.batch_alter_table("verzoek", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remark", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM due_work WHERE kind IN ('rappel', 'rappelbericht')")  # the code before does not know them
    with op.batch_alter_table("verzoek", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
        batch_op.drop_column("remark")

    with op.batch_alter_table("rappel_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rappel_item_waiting",
            sqlite_where=sa.text("rappel_id IS NULL AND dropped_at IS NULL"),
            postgresql_where=sa.text("rappel_id IS NULL AND dropped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_rappel_item_verzoek_id"))
        batch_op.drop_index(batch_op.f("ix_rappel_item_rappel_id"))
        batch_op.drop_index(batch_op.f("ix_rappel_item_dossier_id"))

    op.drop_table("rappel_item")
    with op.batch_alter_table("rappel_route", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rappel_route_everywhere",
            sqlite_where=sa.text("locatie_id IS NULL"),
            postgresql_where=sa.text("locatie_id IS NULL"),
        )

    op.drop_table("rappel_route")
    with op.batch_alter_table("rappel", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rappel_everywhere",
            sqlite_where=sa.text("locatie_id IS NULL"),
            postgresql_where=sa.text("locatie_id IS NULL"),
        )

    op.drop_table("rappel")
    op.drop_table("rappel_text")
    op.drop_table("rappel_hour")
