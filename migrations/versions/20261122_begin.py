"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d5e30f1dbd50"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(  # 2026-11-22: commands that may be asked twice
        "command",
        sa.Column("actor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_command")),
    )
    op.create_table(
        "locatie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locatie")),
        sa.UniqueConstraint("name", name=op.f("uq_locatie_name")),
    )
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("dossiersoort", "number", name=op.f("uq_policy_version_dossiersoort_number")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("code", name=op.f("uq_team_code")),
    )
    op.create_table(
        "medewerker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=True),
        sa.Column("competences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("session_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_medewerker_locatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medewerker")),
        sa.UniqueConstraint("username", name=op.f("uq_medewerker_username")),
    )
    op.create_table(
        "login_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("medewerker_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["medewerker_id"], ["medewerker.id"], name=op.f("fk_login_link_medewerker_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_link")),
    )
    op.create_table(
        "medewerker_team",
        sa.Column("medewerker_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["medewerker_id"], ["medewerker.id"], name=op.f("fk_medewerker_team_medewerker_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_medewerker_team_team_id")),
        sa.PrimaryKeyConstraint("medewerker_id", "team_id", name=op.f("pk_medewerker_team")),
    )
    op.create_table(
        "process_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("process_id", sa.String(), nullable=False),
        sa.Column("files", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["medewerker.id"], name=op.f("fk_process_version_created_by_id")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["medewerker.id"], name=op.f("fk_process_version_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_version")),
        sa.UniqueConstraint("dossiersoort", "number", name=op.f("uq_process_version_dossiersoort_number")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("dossiersoort", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("process_version_id", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("v_nummer", sa.String(), nullable=True),
        sa.Column("gegevens", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("verdicts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("judged", sa.String(), nullable=False),
        sa.Column("results", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reopened", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("active", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("waits_for_others", sa.Boolean(), nullable=False),
        sa.Column("gehoor_op", sa.Date(), nullable=True),
        sa.Column("beslistermijn", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("event_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_dossier_locatie_id")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"], ["policy_version.id"], name=op.f("fk_dossier_policy_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["process_version_id"], ["process_version.id"], name=op.f("fk_dossier_process_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("number", name=op.f("uq_dossier_number")),
        sa.UniqueConstraint("source_key", name=op.f("uq_dossier_source_key")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_list", ["locatie_id", "closed_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_process_version_id"), ["process_version_id"], unique=False)
        batch_op.create_index("ix_dossier_stage", ["stage", "locatie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_v_nummer"), ["v_nummer"], unique=False)

    op.create_table(
        "due_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),  # 2026-11-22
        sa.Column("claimed_by", sa.String(), nullable=True),  # 2026-11-22
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_due_work_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_work")),
        sa.UniqueConstraint("kind", "dossier_id", "reference", name=op.f("uq_due_work_kind_dossier_id_reference")),
    )
    with op.batch_alter_table("due_work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_work_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            "ix_due_work_next",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index(
            "ix_due_work_single",
            ["kind", "reference"],
            unique=True,
            sqlite_where=sa.text("dossier_id IS NULL"),
            postgresql_where=sa.text("dossier_id IS NULL"),
        )

    op.create_table(
        "event",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["medewerker.id"], name=op.f("fk_event_actor_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_event_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_event")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),  # 2026-11-22
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("work", sa.String(), nullable=True),  # 2026-11-22
        sa.Column("attempts", sa.Integer(), nullable=False),  # 2026-11-22
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retried_at", sa.DateTime(timezone=True), nullable=True),  # 2026-11-22
        sa.Column("assignee_id", sa.Integer(), nullable=True),  # 2026-11-22
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["medewerker.id"], name=op.f("fk_incident_assignee_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_incident_dossier_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["medewerker.id"], name=op.f("fk_incident_resolved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(  # 2026-11-22
            "ix_incident_open",
            ["opened_at", "id"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "open_point",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_open_point_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "code", name=op.f("pk_open_point")),
    )
    with op.batch_alter_table("open_point", schema=None) as batch_op:
        batch_op.create_index("ix_open_point_partij", ["partij", "blocking"], unique=False)

    op.create_table(
        "relatie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_relatie_dossier_id")),
        sa.ForeignKeyConstraint(["other_id"], ["dossier.id"], name=op.f("fk_relatie_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relatie")),
        sa.UniqueConstraint("dossier_id", "other_id", "kind", name=op.f("uq_relatie_dossier_id_other_id_kind")),
    )
    with op.batch_alter_table("relatie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relatie_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "stuk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("gegevens", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_stuk_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stuk")),
    )
    with op.batch_alter_table("stuk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stuk_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("locatie_id", sa.Integer(), nullable=False),
        sa.Column("competence", sa.String(), nullable=True),
        sa.Column("checks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("local", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_reason", sa.String(), nullable=True),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("draft", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["medewerker.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["medewerker.id"], name=op.f("fk_task_closed_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_task_dossier_id")),
        sa.ForeignKeyConstraint(["locatie_id"], ["locatie.id"], name=op.f("fk_task_locatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            "ix_task_open_assignee_id",
            ["assignee_id", "due_on", "priority", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(
            "ix_task_open_locatie_id",
            ["locatie_id", "due_on", "priority", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(
            "ix_task_open_locatie_id_team",
            ["locatie_id", "team", "due_on", "priority", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.create_table(
        "termijn",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_termijn_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "kind", name=op.f("pk_termijn")),
    )
    op.create_table(
        "verzoek",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("escalation", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["medewerker.id"], name=op.f("fk_verzoek_asked_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_verzoek_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verzoek")),
    )
    with op.batch_alter_table("verzoek", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verzoek_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "vrijgave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.String(), nullable=True),
        sa.Column("return_code", sa.String(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.Column("return_note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["medewerker.id"], name=op.f("fk_vrijgave_by_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_vrijgave_dossier_id")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"], ["policy_version.id"], name=op.f("fk_vrijgave_policy_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vrijgave")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_vrijgave_dossier_id_number")),
    )
    with op.batch_alter_table("vrijgave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vrijgave_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "vrijstelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_vrijstelling_dossier_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["medewerker.id"], name=op.f("fk_vrijstelling_granted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vrijstelling")),
    )
    with op.batch_alter_table("vrijstelling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vrijstelling_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "stuk_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stuk_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["medewerker.id"], name=op.f("fk_stuk_version_added_by_id")),
        sa.ForeignKeyConstraint(["stuk_id"], ["stuk.id"], name=op.f("fk_stuk_version_stuk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stuk_version")),
        sa.UniqueConstraint("stuk_id", "number", name=op.f("uq_stuk_version_stuk_id_number")),
    )


def downgrade() -> None:
    op.drop_table("stuk_version")
    with op.batch_alter_table("vrijstelling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vrijstelling_dossier_id"))

    op.drop_table("vrijstelling")
    with op.batch_alter_table("vrijgave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vrijgave_dossier_id"))

    op.drop_table("vrijgave")
    with op.batch_alter_table("verzoek", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verzoek_dossier_id"))

    op.drop_table("verzoek")
    op.drop_table("termijn")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_open_locatie_id_team",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(
            "ix_task_open_locatie_id",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(
            "ix_task_open_assignee_id",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_task_dossier_id"))

    op.drop_table("task")
    with op.batch_alter_table("stuk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stuk_dossier_id"))

    op.drop_table("stuk")
    with op.batch_alter_table("relatie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relatie_dossier_id"))

    op.drop_table("relatie")
    with op.batch_alter_table("open_point", schema=None) as batch_op:
        batch_op.drop_index("ix_open_point_partij")

    op.drop_table("open_point")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_incident_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_incident_dossier_id"))

    op.drop_table("incident")
    op.drop_table("event")
    with op.batch_alter_table("due_work", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_due_work_single",
            sqlite_where=sa.text("dossier_id IS NULL"),
            postgresql_where=sa.text("dossier_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_due_work_next", sqlite_where=sa.text("done_at IS NULL"), postgresql_where=sa.text("done_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_due_work_dossier_id"))

    op.drop_table("due_work")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_v_nummer"))
        batch_op.drop_index("ix_dossier_stage")
        batch_op.drop_index(batch_op.f("ix_dossier_process_version_id"))
        batch_op.drop_index("ix_dossier_list")

    op.drop_table("dossier")
    op.drop_table("process_version")
    op.drop_table("medewerker_team")
    op.drop_table("login_link")
    op.drop_table("medewerker")
    op.drop_table("team")
    op.drop_table("policy_version")
    op.drop_table("locatie")
    op.drop_table("command")
