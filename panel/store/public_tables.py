"""The tables of what readers bring and see, in the same metadata: append-only like all records.

Two kinds of rows are deleted, so that nobody can be found by them: the salt of a day that is over,
and the address of somebody who wants no more mail.
"""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from panel.store.columns import AnyText, Instant
from panel.store.desk_tables import metadata

_DIGEST = String(64)
_SLUG = String(64)
_ID = String(32)

prediction_ends = Table(
    "prediction_ends",
    metadata,
    Column("review", _DIGEST, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("outcome", String(16), nullable=False),
    Column("by", AnyText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("slug", _SLUG, primary_key=True),
    Column("visitor", _DIGEST, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("call", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    Column("network", _DIGEST, nullable=False),
    Index(None, "slug", "network", "at"),
    Index(None, "slug", "at"),
)

vote_rulings = Table(
    "vote_rulings",
    metadata,
    Column("slug", _SLUG, primary_key=True),
    Column("visitor", _DIGEST, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("act", String(8), nullable=False),
    Column("by", AnyText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", AnyText, nullable=False),
)

salts = Table(
    "salts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("salt", _DIGEST, nullable=False),
)

public_secrets = Table(
    "public_secrets",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("secret", _DIGEST, nullable=False),
    Column("at", Instant, nullable=False),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("address", AnyText, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_subscribers_address", "address", unique=True),
)

subscriber_events = Table(
    "subscriber_events",
    metadata,
    Column("subscriber", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("act", String(16), nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("by", AnyText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", AnyText, nullable=False),
    Index(None, "key"),
)

digest_sends = Table(
    "digest_sends",
    metadata,
    Column("digest", String(40), primary_key=True),
    Column("subscriber", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("key", _DIGEST, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "key"),
)

digest_send_ends = Table(
    "digest_send_ends",
    metadata,
    Column("digest", String(40), primary_key=True),
    Column("subscriber", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("outcome", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["digest", "subscriber", "seq"],
        ["digest_sends.digest", "digest_sends.subscriber", "digest_sends.seq"],
    ),
)
