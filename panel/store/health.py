"""What `doctor` says about the database before any money is spent."""

import sqlite3

from sqlalchemy import Connection, Engine

from panel.store.address import Address
from panel.store.faults import translated
from panel.store.records import Check
from panel.store.schema import MIGRATIONS, stored_version

_RACE_FROM, _RACE_TO = (3, 7, 0), (3, 51, 2)


def sqlite_version_ok(version: tuple[int, int, int] | None = None) -> bool:
    """Whether the SQLite library is free of the race that can corrupt a write-ahead log.

    Versions 3.7.0 to 3.51.2 have it when two connections write or checkpoint at the same instant
    (https://sqlite.org/wal.html#walresetbug). We never do: one connection writes, all others open
    the file read-only.

    Args:
        version: Of the library; the one in use unless given.
    """
    return not _RACE_FROM <= (version or _library()) <= _RACE_TO


def checks(engine: Engine, address: Address) -> list[Check]:
    """Look a database over; reads all of it once.

    Args:
        engine: An engine on it; need not be able to write.
        address: Its name.

    Returns:
        One line each on the library, the journal, the integrity and the migrations.

    Raises:
        StoreError: When the database cannot be read at all.
    """
    with translated(str(address)), engine.connect() as connection:
        found = _sqlite(connection) if address.is_sqlite else [_server(connection)]
        return [*found, _migrations(connection)]


def _library() -> tuple[int, int, int]:
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    return major, minor, patch


def _sqlite(connection: Connection) -> list[Check]:
    mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
    wrong = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    orphans = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    return [
        _version(),
        _check("journal mode", mode == "wal", mode, "open it once for writing, e.g. resume a run"),
        _check("integrity", wrong == ["ok"], "; ".join(wrong), "restore it from a backup"),
        _check("references", not orphans, f"{orphans} broken", "restore it from a backup"),
    ]


def _version() -> Check:
    if sqlite_version_ok():
        return Check(name="SQLite library", standing="ok", detail=sqlite3.sqlite_version)
    return Check(
        name="SQLite library",
        standing="warning",
        detail=f"{sqlite3.sqlite_version} can corrupt a database that two programs write at once;"
        " shipskip lets only one of its own processes write",
        remedy="keep other programs from writing to it, or use SQLite 3.51.3 or later",
    )


def _server(connection: Connection) -> Check:
    version = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
    return Check(name="PostgreSQL server", standing="ok", detail=version)


def _migrations(connection: Connection) -> Check:
    version = stored_version(connection)
    return _check(
        "migrations",
        version == MIGRATIONS[-1],
        f"at {version or 'none'}, this version works with {MIGRATIONS[-1]}",
        "open it once for writing, e.g. resume a run",
    )


def _check(name: str, ok: bool, detail: str, remedy: str) -> Check:
    return Check(
        name=name, standing="ok" if ok else "error", detail=detail, remedy="" if ok else remedy
    )
