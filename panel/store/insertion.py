"""The two ways to insert: unless it is there already, and again after a lost acknowledgement."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Connection, Insert, Table
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
