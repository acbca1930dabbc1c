"""What the editors' desk needs: accounts, revisions, settlements, comments, the queue, the log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _create_people()
    _create_keys()
    _create_revisions()
    _create_talk()
    _create_scratch()
    _create_events()
    _create_drafts()
    if op.get_bind().dialect.name == "sqlite":
        _prepare_sqlite()
    else:
        _prepare_postgresql()


def _text(
    name: str, length: int = 0, *references: str, key: bool = False, empty: bool = False
) -> sa.Column[str]:
    """A column of text: of a length, or of any."""
    foreign = [sa.ForeignKey(reference) for reference in references]
    kind = sa.String(length) if length else sa.Text()
    return sa.Column(name, kind, *foreign, primary_key=key, nullable=empty)


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=key, nullable=False, autoincrement=False)


def _draft(*, key: bool) -> tuple[sa.Column[str], sa.Column[str]]:
    """The columns that name a draft."""
    return _text("run_id", 22, "runs.id", key=key), _text("slug", 64, key=key)


def _create_people() -> None:
    op.create_table("users", _text("login", 64, key=True), _text("created", 27))
    op.create_table(
        "user_changes",
        _text("login", 64, "users.login", key=True),
        _number("seq", key=True),
        _text("at", 27),
        _text("by"),
        _text("name"),
        _text("role", 16),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        _text("password", empty=True),
    )


def _create_keys() -> None:
    op.create_table(
        "keys",
        _text("id", 64, key=True),
        _text("kind", 8),
        _text("login", 64, "users.login"),
        _text("name"),
        _text("created", 27),
        _text("expires", 27),
    )
    op.create_index("ix_keys_login_created", "keys", ["login", "created"])
    op.create_table(
        "key_ends", _text("key_id", 64, "keys.id", key=True), _text("at", 27), _text("by")
    )
    op.create_table(
        "sign_in_tries",
        _text("id", 32, key=True),
        _text("at", 27),
        _text("who", 64),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_sign_in_tries_who_at", "sign_in_tries", ["who", "at"])


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        *_draft(key=True),
        _number("version", key=True),
        _text("act", 16),
        _text("state", 16),
        _text("by", 64),
        _text("at", 27),
        _text("key", 64),
        _text("digest", 64),
        _text("body"),
    )
    named = sa.text("key <> ''")
    op.create_index(
        "ix_revisions_key",
        "revisions",
        ["run_id", "slug", "key"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
    op.create_table(
        "settlements",
        _text("slug", 64, key=True),
        _text("dossier", 64, key=True),
        _text("conflict", 8, key=True),
        _number("seq", key=True),
        _text("by", 64),
        _text("at", 27),
        _text("digest", 64),
        _text("body"),
    )


def _create_talk() -> None:
    op.create_table(
        "comments",
        _text("id", 32, key=True),
        *_draft(key=False),
        _text("field"),
        _text("by", 64),
        _text("at", 27),
        _text("text"),
    )
    op.create_index("ix_comments_run_id_slug_at", "comments", ["run_id", "slug", "at"])
    op.create_table(
        "comment_ends",
        _text("comment_id", 32, "comments.id", key=True),
        _text("at", 27),
        _text("by", 64),
    )
    op.create_table(
        "assignments",
        *_draft(key=True),
        _number("seq", key=True),
        _text("assignee", 64, empty=True),
        _text("by", 64),
        _text("at", 27),
    )
    op.create_table(
        "blind_calls",
        *_draft(key=True),
        _text("login", 64, key=True),
        _text("call", 8),
        _text("at", 27),
    )


def _create_scratch() -> None:
    op.create_table(
        "working_copies",
        *_draft(key=True),
        _text("login", 64, key=True),
        _number("base"),
        _number("nth"),
        _text("at", 27),
        _text("form", empty=True),
    )
    op.create_table(
        "saved_views",
        _text("id", 32, key=True),
        _text("login", 64),
        _text("name"),
        _text("query"),
        _text("at", 27),
    )
    op.create_index("ix_saved_views_login_at", "saved_views", ["login", "at"])
    op.create_table(
        "saved_view_ends", _text("view_id", 32, "saved_views.id", key=True), _text("at", 27)
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), primary_key=True),
        _text("at", 27),
        _text("by"),
        _text("act", 40),
        *(_text(name) for name in ("subject", "before", "after", "reason")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_subject_seq", "events", ["subject", "seq"])
    op.create_index("ix_events_at", "events", ["at"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_draft(key=False),
        _number("nth"),
        _text("name"),
        _text("vendor"),
        _number("version"),
        _text("state", 16),
        _text("outcome", 16),
        *(_number(name) for name in ("ships", "skips", "seats", "blocking", "warnings")),
        _number("open_conflicts"),
        sa.Column("newest_fact", sa.Date(), nullable=False),
        _text("assignee", 64, empty=True),
        _number("look"),
        _number("comments"),
        _text("created", 27),
        _text("changed", 27),
        _text("live", 64, empty=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_drafts_run_id_slug", "drafts", ["run_id", "slug"], unique=True)
    op.create_index("ix_drafts_slug", "drafts", ["slug"])
    shown = ["hidden", "changed", "id"]
    op.create_index("ix_drafts_hidden_changed_id", "drafts", shown)
    op.create_index("ix_drafts_hidden_state_changed_id", "drafts", ["hidden", "state", *shown[1:]])
    op.create_index("ix_drafts_assignee_state", "drafts", ["assignee", "state"])


def _prepare_sqlite() -> None:
    op.execute("CREATE VIRTUAL TABLE draft_words USING fts5(words, tokenize = 'unicode61')")
    for table in ("events", "revisions"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
            )


def _prepare_postgresql() -> None:
    op.execute(
        "CREATE TABLE draft_words ("
        "rowid INTEGER PRIMARY KEY REFERENCES drafts (id), words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_draft_words_words ON draft_words USING gin (words)")
    op.execute(
        "CREATE FUNCTION shipskip_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% are never changed', TG_TABLE_NAME; END $$"
    )
    for table in ("events", "revisions"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION shipskip_refuse()"
        )
