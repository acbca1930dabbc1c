"""The tables of the desk, in the same metadata: append-only like all records.

`drafts` and `working_copies` alone are changed: the one can be made again from records at any time,
the other is what somebody has typed and not saved. `draft_words`, which each database needs in a
form of its own, is declared in `words.py`.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from panel.store.columns import AnyText, Instant
from panel.store.tables import metadata

_DIGEST = String(64)
_RUN = String(22)
_SLUG = String(64)
_ID = String(32)
_LOGIN = String(64)
_NAMED = text("key <> ''")
_PUBLISHING = text("act IN ('publish', 'correct')")

users = Table(
    "users",
    metadata,
    Column("login", _LOGIN, primary_key=True),
    Column("created", Instant, nullable=False),
)

user_changes = Table(
    "user_changes",
    metadata,
    Column("login", _LOGIN, ForeignKey("users.login"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("role", String(16), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("password", AnyText),
)

keys = Table(
    "keys",
    metadata,
    Column("id", _DIGEST, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("login", _LOGIN, ForeignKey("users.login"), nullable=False),
    Column("name", AnyText, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Index(None, "login", "created"),
)

key_ends = Table(
    "key_ends",
    metadata,
    Column("key_id", _DIGEST, ForeignKey("keys.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", AnyText, nullable=False),
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", _DIGEST, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "who", "at"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("act", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", _LOGIN, nullable=False),
    Column("at", Instant, nullable=False),
    Column("key", _DIGEST, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
    Index(
        "ix_revisions_key",
        *("run_id", "slug", "key"),
        unique=True,
        sqlite_where=_NAMED,
        postgresql_where=_NAMED,
    ),
    Index(
        "ix_revisions_public",
        *("run_id", "slug"),
        sqlite_where=_PUBLISHING,
        postgresql_where=_PUBLISHING,
    ),
)

settlements = Table(
    "settlements",
    metadata,
    Column("slug", _SLUG, primary_key=True),
    Column("dossier", _DIGEST, primary_key=True),
    Column("conflict", String(8), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("by", _LOGIN, nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("body", AnyText, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run_id", _RUN, ForeignKey("runs.id"), nullable=False),
    Column("slug", _SLUG, nullable=False),
    Column("field", AnyText, nullable=False),
    Column("by", _LOGIN, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", AnyText, nullable=False),
    Index(None, "run_id", "slug", "at"),
)

comment_ends = Table(
    "comment_ends",
    metadata,
    Column("comment_id", _ID, ForeignKey("comments.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", _LOGIN, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("assignee", _LOGIN),
    Column("by", _LOGIN, nullable=False),
    Column("at", Instant, nullable=False),
)

blind_calls = Table(
    "blind_calls",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("login", _LOGIN, primary_key=True),
    Column("call", String(8), nullable=False),
    Column("at", Instant, nullable=False),
)

working_copies = Table(
    "working_copies",
    metadata,
    Column("run_id", _RUN, ForeignKey("runs.id"), primary_key=True),
    Column("slug", _SLUG, primary_key=True),
    Column("login", _LOGIN, primary_key=True),
    Column("base", Integer, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("form", AnyText),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("login", _LOGIN, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("query", AnyText, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "login", "at"),
)

saved_view_ends = Table(
    "saved_view_ends",
    metadata,
    Column("view_id", _ID, ForeignKey("saved_views.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", AnyText, nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("before", AnyText, nullable=False),
    Column("after", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False),
    Index(None, "subject", "seq"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", _RUN, ForeignKey("runs.id"), nullable=False),
    Column("slug", _SLUG, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("vendor", AnyText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("ships", Integer, nullable=False),
    Column("skips", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("blocking", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("open_conflicts", Integer, nullable=False),
    Column("newest_fact", Date, nullable=False),
    Column("assignee", _LOGIN),
    Column("look", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("live", _DIGEST),
    Column("hidden", Boolean, nullable=False),
    Index("ix_drafts_run_id_slug", "run_id", "slug", unique=True),
    Index(None, "slug"),
    Index(None, "hidden", "changed", "id"),
    Index(None, "hidden", "state", "changed", "id"),
    Index(None, "assignee", "state"),
)
