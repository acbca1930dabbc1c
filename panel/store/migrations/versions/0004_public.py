"""What readers bring and see: which drafts went live, how predictions turned out, votes, mail."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_publishing()
    _create_votes()
    _create_subscribers()
    _create_sends()


def _create_publishing() -> None:
    publishing = sa.text("act IN ('publish', 'correct')")
    op.create_index(
        "ix_revisions_public",
        "revisions",
        ["run_id", "slug"],
        sqlite_where=publishing,
        postgresql_where=publishing,
    )
    op.create_table(
        "prediction_ends",
        sa.Column("review", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
    )


def _create_votes() -> None:
    op.create_table(
        "votes",
        *_numbered("slug", "visitor"),
        _text("call", 8),
        _text("at", 27),
        _text("network", 64),
    )
    op.create_index("ix_votes_slug_network_at", "votes", ["slug", "network", "at"])
    op.create_index("ix_votes_slug_at", "votes", ["slug", "at"])
    op.create_table(
        "vote_rulings",
        *_numbered("slug", "visitor"),
        _text("act", 8),
        *(_text("by"), _text("at", 27), _text("reason")),
    )
    op.create_table("salts", sa.Column("day", sa.Date(), primary_key=True), _text("salt", 64))
    op.create_table(
        "public_secrets",
        sa.Column("name", sa.String(16), primary_key=True),
        *(_text("secret", 64), _text("at", 27)),
    )


def _create_subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.String(32), primary_key=True),
        *(_text("address"), _text("at", 27)),
    )
    op.create_index("ix_subscribers_address", "subscribers", ["address"], unique=True)
    op.create_table(
        "subscriber_events",
        sa.Column("subscriber", sa.String(32), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        *(_text("act", 16), _text("key", 64)),
        *(_text("by"), _text("at", 27), _text("reason")),
    )
    op.create_index("ix_subscriber_events_key", "subscriber_events", ["key"])


def _create_sends() -> None:
    for name in ("digest_sends", "digest_send_ends"):
        ended = name == "digest_send_ends"
        op.create_table(
            name,
            sa.Column("digest", sa.String(40), primary_key=True),
            sa.Column("subscriber", sa.String(32), primary_key=True),
            sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
            _text("outcome", 8) if ended else _text("key", 64),
            _text("at", 27),
            *([_of_a_send()] if ended else []),
        )
    op.create_index("ix_digest_sends_key", "digest_sends", ["key"])


def _of_a_send() -> sa.ForeignKeyConstraint:
    names = ("digest", "subscriber", "seq")
    return sa.ForeignKeyConstraint(names, [f"digest_sends.{name}" for name in names])


def _numbered(*names: str) -> list[sa.Column[Any]]:
    """A primary key of texts and a number."""
    return [
        *(sa.Column(name, sa.String(64), primary_key=True) for name in names),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
    ]


def _text(name: str, length: int | None = None) -> sa.Column[Any]:
    kind = sa.String(length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False)
