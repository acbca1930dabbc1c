"""Each trouble of a database becomes one of our errors, with what to do next."""

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError, SQLAlchemyError

from panel.errors import BusyError, StoreError
from panel.store.faults import concerns_one_row, is_lost_server, store_error, translated


class RefusalError(Exception):
    """What psycopg raises, reduced to what is looked at."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("server said no\nDETAIL: secret detail")
        self.sqlstate = sqlstate


def from_sqlite(name: str, kind: type[sqlite3.Error] = sqlite3.OperationalError) -> DBAPIError:
    """An error of SQLite by the name of its code."""
    origin = kind("it said no")
    origin.sqlite_errorname = name
    return DBAPIError("INSERT", {}, origin)


def from_server(sqlstate: str) -> DBAPIError:
    """An error of PostgreSQL by its code."""
    return DBAPIError("INSERT", {}, RefusalError(sqlstate))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (from_sqlite("SQLITE_FULL"), "disk is full"),
        (from_sqlite("SQLITE_IOERR_WRITE"), "disk cannot be"),
        (from_sqlite("SQLITE_READONLY_DIRECTORY"), "read-only"),
        (from_sqlite("SQLITE_CORRUPT"), "damaged"),
        (from_sqlite("SQLITE_NOTADB"), "not a SQLite database"),
        (from_sqlite("SQLITE_CANTOPEN"), "cannot be opened"),
        (from_sqlite("SQLITE_CONSTRAINT_FOREIGNKEY"), "not stored"),
        (from_sqlite("SQLITE_CONSTRAINT_PRIMARYKEY"), "stored already"),
        (from_server("53100"), "disk is full"),
        (from_server("25006"), "read-only"),
        (from_server("42501"), "may not write"),
        (from_server("23503"), "not stored"),
        (from_server("23505"), "stored already"),
        (from_server("28P01"), "refuses the login"),
        (from_server("3D000"), "no such database"),
        (from_server("99999"), "the database refuses: server said no"),
        (InvalidRequestError("wrong use"), "the database refuses: wrong use"),
    ],
)
def test_every_trouble_is_named_with_its_place_and_remedy(
    error: SQLAlchemyError, said: str
) -> None:
    with pytest.raises(StoreError, match=said) as caught, translated("runs/a.db"):
        raise error
    assert caught.value.message.startswith("runs/a.db: ")
    assert caught.value.remedy
    assert "secret detail" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [from_sqlite("SQLITE_BUSY"), from_sqlite("SQLITE_LOCKED"), from_server("55P03")]
)
def test_a_lock_of_others_is_busy(error: SQLAlchemyError) -> None:
    assert isinstance(store_error(error, "here"), BusyError)


@pytest.mark.parametrize(
    ("error", "one_row"),
    [
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("duplicate")), True),
        (from_sqlite("SQLITE_TOOBIG", sqlite3.DataError), True),
        (from_server("22021"), True),
        (from_server("40P01"), True),
        (InvalidRequestError("no such column"), True),
        (from_sqlite("SQLITE_FULL"), False),
        (from_server("53100"), False),
    ],
)
def test_only_some_troubles_are_the_fault_of_one_row(
    error: SQLAlchemyError, *, one_row: bool
) -> None:
    assert concerns_one_row(error) is one_row


class OperationalError(Exception):
    """What psycopg raises when it cannot reach a server, without any code."""


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (from_server("57P01"), True),
        (from_server("57P03"), True),
        (from_server("08006"), True),
        (DBAPIError("INSERT", {}, OperationalError("connection refused")), True),
        (DBAPIError("INSERT", {}, OperationalError("password authentication failed")), False),
        (from_server("57014"), False),
        (from_server("23505"), False),
        (from_sqlite("SQLITE_IOERR"), False),
        (InvalidRequestError("wrong use"), False),
    ],
)
def test_a_lost_server_is_told_from_one_that_refuses(error: SQLAlchemyError, *, lost: bool) -> None:
    assert is_lost_server(error) is lost
