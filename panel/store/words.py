"""Full-text search that finds the same on both databases: they are given plain words, ours.

SQLite keeps them in an FTS5 table, PostgreSQL in a `tsvector` with a GIN index. Both are derived,
are made by the migration, and take the place of one another only by name.
"""

import re
import unicodedata
from itertools import filterfalse

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Text,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)
from sqlalchemy import false as nothing

LONGEST = 200_000
"""Characters of a draft that are searched; a `tsvector` holds no more than a megabyte."""

draft_words = table("draft_words", column("rowid", Integer), column("words", Text))

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')


def folded(text: str) -> list[str]:
    """The words of a text without case, accents and marks.

    Args:
        text: Any text.
    """
    plain = text.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(filterfalse(unicodedata.combining, parts)))
    return _WORD.findall(plain)


def keep_words(connection: Connection, draft: int, text: str) -> None:
    """Let a draft be found by the words of a text, and by no others.

    Args:
        connection: A connection in a transaction.
        draft: Its id.
        text: All it is to be found by.
    """
    words = " ".join(folded(text))[:LONGEST]
    is_sqlite = connection.dialect.name == "sqlite"
    connection.execute(delete(draft_words).where(draft_words.c.rowid == draft))
    kept = words if is_sqlite else func.to_tsvector("simple", words)
    connection.execute(insert(draft_words).values(rowid=draft, words=kept))


def found_by(ids: ColumnElement[int], query: str, *, is_sqlite: bool) -> ColumnElement[bool] | None:
    """The condition that a draft is found by a query; every word of it has to be there.

    The last word of each term may go on: `claud` finds Claude; a single letter or digit is a word
    of its own. Terms in double quotes are found word for word; the words of terms such as `gpt-5.5`
    stand side by side.

    Args:
        ids: The column with the draft's id.
        query: What a person typed.
        is_sqlite: Whether the database is SQLite.

    Returns:
        None when the query is empty.
    """
    if not query.strip():
        return None
    terms = [term for whole, part in _TERM.findall(query) if (term := _term(whole, part))]
    if not terms:
        return nothing()
    wanted = select(draft_words.c.rowid)
    if is_sqlite:
        match = " AND ".join(f'"{" ".join(words)}"{"*" if opens else ""}' for words, opens in terms)
        return ids.in_(wanted.where(literal_column("draft_words").op("MATCH")(match)))
    match = " & ".join(f"({' <-> '.join(words)}{':*' if opens else ''})" for words, opens in terms)
    asked = func.to_tsquery("simple", match)
    return ids.in_(wanted.where(draft_words.c.words.op("@@")(asked)))


def _term(whole: str, part: str) -> tuple[list[str], bool] | None:
    """The words of a term and whether the last may go on; None when it has none."""
    words = folded(whole or part)
    return (words, not whole and len(words[-1].encode()) > 1) if words else None
