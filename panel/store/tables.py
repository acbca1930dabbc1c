"""The tables, append-only: rows are inserted and never changed, a run's state is its last event.

Columns beside a `body` are searchable copies of what the body says; the body and its digest are
the record. Changing anything here needs a new file in migrations/versions.
"""

from sqlalchemy import (
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
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

attempts = Table(
    "attempts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("run_id", _RUN, nullable=False),
    Column("review_key", _DIGEST, nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("begun", Instant, nullable=False),
    ForeignKeyConstraint(["run_id", "key"], ["requests.run_id", "requests.key"]),
    Index(None, "run_id", "key"),
)

answers = Table(
    "answers",
    metadata,
    Column("attempt_id", String(32), ForeignKey("attempts.id"), primary_key=True),
    Column("run_id", _RUN, nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("ended", Instant, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("status", Integer),
    Column("content_type", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("fault", AnyText),
    Column("digest", _DIGEST, nullable=False),
    ForeignKeyConstraint(["run_id", "key"], ["requests.run_id", "requests.key"]),
    Index(None, "run_id", "key", "ended"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("key", _DIGEST, primary_key=True),
    Column("slug", _SLUG, nullable=False),
    Column("persona", _SLUG, nullable=False),
    Column("sample", Integer, nullable=False),
    Column("call", String(8)),
    Column("failure", String(24)),
    Column("cost", AnyText),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("started", Instant, nullable=False),
    Column("seconds", Double, nullable=False),
    Index(None, "persona", "slug"),
    Index(None, "slug"),
)

flags = Table(
    "flags",
    metadata,
    Column("run_id", _RUN, primary_key=True),
    Column("review_key", _DIGEST, primary_key=True),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(24), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("field", AnyText),
    Column("start", Integer),
    Column("end", Integer),
    Column("text", AnyText),
    Column("message", AnyText, nullable=False),
    ForeignKeyConstraint(["run_id", "review_key"], ["reviews.run_id", "reviews.key"]),
    Index(None, "kind", "severity"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Index(None, "slug"),
)
