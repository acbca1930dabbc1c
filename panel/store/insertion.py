"""The ways to insert: unless it is there already, numbered, and again after a lost acknowledgement.

Numbers are given so that of two processes that take the same one, the later takes the next.
"""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Connection, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from panel.store.rows import Row

_AGAIN = "shipskip_again"


def insert_or_keep(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows whose primary key is free; rows that are there stay as they are.

    Args:
        connection: A connection in a transaction.
        table: Where to.
        rows: All with the same keys.
    """
    if many := list(rows):
        connection.execute(_keeping(table, connection.dialect.name), many)


def insert_if_free(connection: Connection, table: Table, row: Row) -> bool:
    """Insert a row unless one stands in its way.

    Args:
        connection: A connection in a transaction.
        table: Where to.
        row: The row.

    Returns:
        Whether it was inserted.
    """
    statement, counted = _keeping(table, connection.dialect.name), {"preserve_rowcount": True}
    return connection.execute(statement, row, execution_options=counted).rowcount == 1


def append(connection: Connection, table: Table, place: Row, row: Row) -> int:
    """Append a row, numbered in `seq` after the last of its place.

    Args:
        connection: A connection in a transaction.
        table: Where to; its primary key is the place and `seq`.
        place: The rest of the primary key.
        row: All other columns.

    Returns:
        Its number; after a lost acknowledgement that of the same row, if it is there.
    """
    here = [table.c[name] == value for name, value in place.items()]
    if is_again(connection):
        same = [table.c[name].is_not_distinct_from(value) for name, value in row.items()]
        found = connection.execute(select(func.max(table.c.seq)).where(*here, *same)).scalar()
        if found is not None:
            return found
    last = select(func.coalesce(func.max(table.c.seq), 0)).where(*here)
    while True:
        seq = connection.execute(last).scalar_one() + 1
        if insert_if_free(connection, table, {**place, "seq": seq, **row}):
            return seq


@cache
def _keeping(table: Table, dialect: str) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def marked_again(connection: Connection) -> Connection:
    """The connection for writing once more what may be there already.

    The server went away before it acknowledged the commit; whether it was made, nobody knows.

    Args:
        connection: A connection of the writer.
    """
    return connection.execution_options(**{_AGAIN: True})


def is_again(connection: Connection) -> bool:
    """Whether what is written may be there already.

    Args:
        connection: A connection of the writer.
    """
    return bool(connection.get_execution_options().get(_AGAIN))
