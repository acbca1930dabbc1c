"""The tables, append-only: rows are inserted and never changed, a run's state is its last event.

`ledgers` and `paces` alone are changed: they are no records, only what processes agree through.
Columns beside a `body` are copies of it for searching; the body and its digest are the record.
Changing anything here needs a new file in migrations/versions.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    false,
    text,
)

from panel.store.columns import AnyText, Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

_DIGEST = String(64)
_RUN = String(22)
_SLUG = String(64)
_ID = String(32)
_AGAIN = text("nth > 1")
_LEDGER = ("cost", "status", "fault", "input_tokens", "output_tokens", "cached_tokens")
"""What the sums over a run's answers read, so that they need not touch the bodies."""


documents = Table(
    "documents",
    metadata,
    Column("digest", _DIGEST, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("body", AnyText, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", _RUN, primary_key=True),
    Column("created", Instant, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Index(None, "created", "id"),
)

run_events = Table(
    "run_events",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", AnyText, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("key", _DIGEST, primary_key=True),
    Column("path", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
)

works = Table(
    "works",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run_id", _RUN, ForeignKey("runs.id"), nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("begun", Instant, nullable=False),
    Column("worker", _ID, nullable=False),
    Index(None, "run_id", "begun"),
)

work_openings = Table(
    "work_openings",
    metadata,
    Column("work_id", _ID, ForeignKey("works.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

work_ends = Table(
    "work_ends",
    metadata,
    Column("work_id", _ID, ForeignKey("works.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

strikes = Table(
    "strikes",
    metadata,
    Column("work_id", _ID, ForeignKey("works.id"), primary_key=True),
    Column("subject", String(140), primary_key=True),
)

provider_batches = Table(
    "provider_batches",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run_id", _RUN, ForeignKey("runs.id"), nullable=False),
    Column("llm", _DIGEST, nullable=False),
    Column("created", Instant, nullable=False),
    Column("worker", _ID, nullable=False),
    Index(None, "run_id"),
)

provider_batch_events = Table(
    "provider_batch_events",
    metadata,
    Column("batch_id", _ID, ForeignKey("provider_batches.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", AnyText, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run_id", _RUN, nullable=False),
    Column("review_key", _DIGEST, nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("begun", Instant, nullable=False),
    Column("nth", Integer, nullable=False, server_default="1"),
    Column("llm", _DIGEST),
    Column("bound", BigInteger),
    Column("capped", Boolean, nullable=False, server_default=false()),
    Column("work_id", _ID, ForeignKey("works.id")),
    Column("batch", _ID, ForeignKey("provider_batches.id")),
    ForeignKeyConstraint(["run_id", "key"], ["requests.run_id", "requests.key"]),
    Index(None, "run_id", "key"),
    Index(None, "run_id", "begun", "id"),
    Index(None, "work_id"),
    Index(None, "batch", "key"),
)

answers = Table(
    "answers",
    metadata,
    Column("attempt_id", _ID, ForeignKey("attempts.id"), primary_key=True),
    Column("run_id", _RUN, nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("ended", Instant, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("status", Integer),
    Column("content_type", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("fault", AnyText),
    Column("digest", _DIGEST, nullable=False),
    Column("input_tokens", BigInteger),
    Column("output_tokens", BigInteger),
    Column("cached_tokens", BigInteger),
    Column("cost", BigInteger),
    Column("tier", AnyText),
    ForeignKeyConstraint(["run_id", "key"], ["requests.run_id", "requests.key"]),
    Index(None, "run_id", "key", "ended"),
    Index("ix_answers_ledger", "run_id", *_LEDGER),
)

reviews = Table(
    "reviews",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("key", _DIGEST, primary_key=True),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("slug", _SLUG, nullable=False),
    Column("persona", _SLUG, nullable=False),
    Column("sample", Integer, nullable=False),
    Column("call", String(8)),
    Column("failure", String(24)),
    Column("cost", AnyText),
    Column("started", Instant, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Index(None, "persona", "slug"),
    Index(None, "slug"),
    Index(None, "run_id", "slug"),
    Index("ix_reviews_progress", "run_id", "failure", "started", "key", "nth"),
    Index("ix_reviews_again", "run_id", sqlite_where=_AGAIN, postgresql_where=_AGAIN),
)

flags = Table(
    "flags",
    metadata,
    Column("run_id", _RUN, primary_key=True),
    Column("review_key", _DIGEST, primary_key=True),
    Column("review_nth", Integer, primary_key=True, autoincrement=False),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(24), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("field", AnyText),
    Column("start", Integer),
    Column("end", Integer),
    Column("text", AnyText),
    Column("message", AnyText, nullable=False),
    ForeignKeyConstraint(
        ["run_id", "review_key", "review_nth"], ["reviews.run_id", "reviews.key", "reviews.nth"]
    ),
    Index(None, "kind", "severity"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Index(None, "slug"),
)

ledgers = Table(
    "ledgers",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("cap", BigInteger),
    Column("spent", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
)

paces = Table(
    "paces",
    metadata,
    Column("provider", AnyText, primary_key=True),
    Column("calls_at", Double, nullable=False),
    Column("tokens_at", Double, nullable=False),
    Column("hold_until", Double, nullable=False),
)
