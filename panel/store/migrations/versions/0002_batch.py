"""What a list of models overnight needs: retried reviews, costs, works, paces, provider batches.

Reviews, flags and scorecards get `nth` in their names, which SQLite can only do by a new table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_works()
    _create_batches()
    _create_agreements()
    _widen_tape()
    _rename_reviews()
    _rename_scorecards()


def _id(name: str, *references: str, primary_key: bool = False) -> sa.Column[str]:
    keys = [sa.ForeignKey(reference) for reference in references]
    return sa.Column(name, sa.String(32), *keys, primary_key=primary_key, nullable=False)


def _run_id(*, primary_key: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("runs.id")
    return sa.Column("run_id", sa.String(22), key, primary_key=primary_key, nullable=False)


def _create_works() -> None:
    op.create_table(
        "works",
        _id("id", primary_key=True),
        _run_id(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("begun", sa.String(27), nullable=False),
        sa.Column("worker", sa.String(32), nullable=False),
    )
    op.create_index("ix_works_run_id_begun", "works", ["run_id", "begun"])
    op.create_table(
        "work_openings",
        _id("work_id", "works.id", primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "work_ends",
        _id("work_id", "works.id", primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "strikes",
        _id("work_id", "works.id", primary_key=True),
        sa.Column("subject", sa.String(140), primary_key=True),
    )


def _create_batches() -> None:
    op.create_table(
        "provider_batches",
        _id("id", primary_key=True),
        _run_id(),
        sa.Column("llm", sa.String(64), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("worker", sa.String(32), nullable=False),
    )
    op.create_index("ix_provider_batches_run_id", "provider_batches", ["run_id"])
    op.create_table(
        "provider_batch_events",
        _id("batch_id", "provider_batches.id", primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _create_agreements() -> None:
    op.create_table(
        "ledgers",
        _run_id(primary_key=True),
        sa.Column("cap", sa.BigInteger()),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "paces",
        sa.Column("provider", sa.Text(), primary_key=True),
        sa.Column("calls_at", sa.Double[float](), nullable=False),
        sa.Column("tokens_at", sa.Double[float](), nullable=False),
        sa.Column("hold_until", sa.Double[float](), nullable=False),
    )


def _widen_tape() -> None:
    """Add columns as both databases understand it, references included."""
    columns = {
        "attempts": (
            "nth INTEGER NOT NULL DEFAULT 1",
            "llm VARCHAR(64)",
            "bound BIGINT",
            "capped BOOLEAN NOT NULL DEFAULT FALSE",
            "work_id VARCHAR(32) REFERENCES works (id)",
            "batch VARCHAR(32) REFERENCES provider_batches (id)",
        ),
        "answers": (
            "input_tokens BIGINT",
            "output_tokens BIGINT",
            "cached_tokens BIGINT",
            "cost BIGINT",
            "tier TEXT",
        ),
    }
    for table, added in columns.items():
        for column in added:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_index("ix_attempts_run_id_begun_id", "attempts", ["run_id", "begun", "id"])
    op.create_index("ix_attempts_work_id", "attempts", ["work_id"])
    op.create_index("ix_attempts_batch_key", "attempts", ["batch", "key"])
    ledger = ["cost", "status", "fault", "input_tokens", "output_tokens", "cached_tokens"]
    op.create_index("ix_answers_ledger", "answers", ["run_id", *ledger])


def _rename_reviews() -> None:
    _create_reviews()
    _create_flags()
    op.execute(
        "INSERT INTO new_reviews (run_id, key, nth, slug, persona, sample, call, failure, cost,"
        " started, seconds, digest, body)"
        " SELECT run_id, key, 1, slug, persona, sample, call, failure, cost,"
        " started, seconds, digest, body FROM reviews"
    )
    op.execute(
        "INSERT INTO new_flags (run_id, review_key, review_nth, nth, kind, severity, field,"
        ' start, "end", text, message)'
        " SELECT run_id, review_key, 1, nth, kind, severity, field,"
        ' start, "end", text, message FROM flags'
    )
    _replace("flags", "reviews")
    op.create_index("ix_reviews_persona_slug", "reviews", ["persona", "slug"])
    op.create_index("ix_reviews_slug", "reviews", ["slug"])
    op.create_index("ix_reviews_run_id_slug", "reviews", ["run_id", "slug"])
    progress = ["run_id", "failure", "started", "key", "nth"]
    op.create_index("ix_reviews_progress", "reviews", progress)
    again = sa.text("nth > 1")
    op.create_index(
        "ix_reviews_again", "reviews", ["run_id"], sqlite_where=again, postgresql_where=again
    )
    op.create_index("ix_flags_kind_severity", "flags", ["kind", "severity"])


def _create_reviews() -> None:
    op.create_table(
        "new_reviews",
        _run_id(),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(8)),
        sa.Column("failure", sa.String(24)),
        sa.Column("cost", sa.Text()),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("seconds", sa.Double[float](), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "key", "nth", name="pk_reviews_nth"),
    )


def _create_flags() -> None:
    review = ["run_id", "review_key", "review_nth"]
    op.create_table(
        "new_flags",
        sa.Column("run_id", sa.String(22), nullable=False),
        sa.Column("review_key", sa.String(64), nullable=False),
        sa.Column("review_nth", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(*review, "nth", name="pk_flags_nth"),
        sa.ForeignKeyConstraint(
            review, ["new_reviews.run_id", "new_reviews.key", "new_reviews.nth"]
        ),
    )


def _rename_scorecards() -> None:
    op.create_table(
        "new_scorecards",
        _run_id(),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "slug", "nth", name="pk_scorecards_nth"),
    )
    op.execute(
        "INSERT INTO new_scorecards (run_id, slug, nth, digest, body)"
        " SELECT run_id, slug, 1, digest, body FROM scorecards"
    )
    _replace("scorecards")
    op.create_index("ix_scorecards_slug", "scorecards", ["slug"])


def _replace(*tables: str) -> None:
    """Put new tables in the place of old ones; those that refer to others come first."""
    for table in tables:
        op.drop_table(table)
    for table in tables:
        op.rename_table(f"new_{table}", table)
