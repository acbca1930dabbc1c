"""The first tables: documents, runs, the tape, reviews with their flags, scorecards.

Written out rather than taken from panel.store.tables, so that it creates the same tables for ever.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_runs()
    _create_tape()
    _create_results()


def _digest(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), primary_key=primary_key, nullable=False)


def _run_id(*, primary_key: bool = False, reference: bool = True) -> sa.Column[str]:
    keys = [sa.ForeignKey("runs.id")] if reference else []
    return sa.Column("run_id", sa.String(22), *keys, primary_key=primary_key, nullable=False)


def _create_runs() -> None:
    op.create_table(
        "documents",
        _digest("digest", primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("created", sa.String(27), nullable=False),
        _digest("digest"),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("ix_runs_created_id", "runs", ["created", "id"])
    op.create_table(
        "run_events",
        _run_id(primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _create_tape() -> None:
    op.create_table(
        "requests",
        _run_id(primary_key=True),
        _digest("key", primary_key=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    call = (["run_id", "key"], ["requests.run_id", "requests.key"])
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(32), primary_key=True),
        _run_id(reference=False),
        _digest("review_key"),
        _digest("key"),
        sa.Column("begun", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(*call),
    )
    op.create_index("ix_attempts_run_id_key", "attempts", ["run_id", "key"])
    op.create_table(
        "answers",
        sa.Column("attempt_id", sa.String(32), sa.ForeignKey("attempts.id"), primary_key=True),
        _run_id(reference=False),
        _digest("key"),
        sa.Column("ended", sa.String(27), nullable=False),
        sa.Column("seconds", sa.Double[float](), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text()),
        _digest("digest"),
        sa.ForeignKeyConstraint(*call),
    )
    op.create_index("ix_answers_run_id_key_ended", "answers", ["run_id", "key", "ended"])


def _create_results() -> None:
    op.create_table(
        "reviews",
        _run_id(primary_key=True),
        _digest("key", primary_key=True),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(8)),
        sa.Column("failure", sa.String(24)),
        sa.Column("cost", sa.Text()),
        _digest("digest"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("seconds", sa.Double[float](), nullable=False),
    )
    op.create_index("ix_reviews_persona_slug", "reviews", ["persona", "slug"])
    op.create_index("ix_reviews_slug", "reviews", ["slug"])
    op.create_table(
        "flags",
        _run_id(primary_key=True, reference=False),
        _digest("review_key", primary_key=True),
        sa.Column("nth", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id", "review_key"], ["reviews.run_id", "reviews.key"]),
    )
    op.create_index("ix_flags_kind_severity", "flags", ["kind", "severity"])
    op.create_table(
        "scorecards",
        _run_id(primary_key=True),
        sa.Column("slug", sa.String(64), primary_key=True),
        _digest("digest"),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("ix_scorecards_slug", "scorecards", ["slug"])
