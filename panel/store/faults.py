"""Turns what the database library raises into our errors, each with what to do next."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from panel.errors import BusyError, StoreError

_FREE_SPACE = ("the disk is full", "free some space and resume the run; nothing stored was lost")
_READ_ONLY = ("the database is read-only", "make the file and its folder writable, or use another")
_LOCKED = ("another program locks the database", "close it, or wait for it, and try again")
_DAMAGED = ("the database is damaged", "restore it from a backup")
_UNREACHABLE = ("the database cannot be opened", "check that it exists and may be read and written")
_LOGIN = ("the database server refuses the login", "check user, password and database in the URL")
_DUPLICATE = ("a row of that name is stored already", "rows are never replaced; use a new name")
_ORPHAN = ("the run, call or review it belongs to is not stored", "store that first")

_BY_SQLITE_NAME = {
    "SQLITE_FULL": _FREE_SPACE,
    "SQLITE_IOERR": ("the disk cannot be read or written", "check the disk, then resume the run"),
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": ("the file is not a SQLite database", "name another file"),
    "SQLITE_CANTOPEN": _UNREACHABLE,
    "SQLITE_CONSTRAINT_FOREIGNKEY": _ORPHAN,
    "SQLITE_CONSTRAINT": _DUPLICATE,
}
_BY_SQLSTATE = {
    "53100": _FREE_SPACE,
    "25006": _READ_ONLY,
    "42501": ("the database user may not write here", "grant it the rights on this database"),
    "55P03": _LOCKED,
    "23503": _ORPHAN,
    "23": _DUPLICATE,
    "28": _LOGIN,
    "3D000": ("there is no such database on the server", "create it, or correct the URL"),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_AWAY = ("08", "57P01", "57P02", "57P03")
"""Classes of PostgreSQL's codes for broken connections and servers that stop or start."""

_SERVER = ("the database server cannot be reached", "start it, or correct the URL, and try again")


@contextmanager
def translated(place: str) -> Generator[None]:
    """Raise a `StoreError` for whatever the database library raises inside.

    Args:
        place: Which database, without a password; part of the message.

    Raises:
        BusyError: When somebody else holds a lock.
        StoreError: For anything else.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise store_error(error, place) from error


def store_error(error: SQLAlchemyError, place: str) -> StoreError:
    """Our error for an error of the database library.

    Args:
        error: What SQLAlchemy raised.
        place: Which database.
    """
    origin = error.orig if isinstance(error, StatementError) else None
    known = _known(origin)
    detail = str(origin or error).strip().splitlines()
    if known is None:
        message = f"{place}: the database refuses: {detail[0] if detail else type(error).__name__}"
        return StoreError(message, remedy="run `shipskip doctor`")
    what, remedy = known
    kind = BusyError if known is _LOCKED else StoreError
    return kind(f"{place}: {what} ({detail[0] if detail else 'no detail'})", remedy=remedy)


def _known(origin: BaseException | None) -> tuple[str, str] | None:
    if isinstance(origin, sqlite3.Error):
        name: str = getattr(origin, "sqlite_errorname", "")
        found = [text for prefix, text in _BY_SQLITE_NAME.items() if name.startswith(prefix)]
        return found[0] if found else None
    state = getattr(origin, "sqlstate", None)
    if isinstance(state, str):
        found = [text for prefix, text in _BY_SQLSTATE.items() if state.startswith(prefix)]
        return found[0] if found else None
    if origin is not None and type(origin).__name__ == "OperationalError":
        return _LOGIN if "authentication" in str(origin) else _SERVER
    return None


def is_lost_server(error: SQLAlchemyError) -> bool:
    """Whether the server is away, so that the same again may succeed once it is back.

    Args:
        error: What a read or write raised.
    """
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return state.startswith(_AWAY)
    return _known(error.orig) is _SERVER


def concerns_one_row(error: SQLAlchemyError) -> bool:
    """Whether the error may be the fault of a single row, so that the others can still be stored.

    A full disk or a lost server concerns all of them; trying each would only wait once per row.

    Args:
        error: What a batch of writes raised.
    """
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return True
    origin = error.orig
    if isinstance(origin, sqlite3.OperationalError):
        return False
    state = getattr(origin, "sqlstate", None) or ""
    return state.startswith(("22", "40")) or isinstance(origin, sqlite3.Error)
