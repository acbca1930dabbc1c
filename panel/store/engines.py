"""Connections: one that writes and some that only read, with the same promises on both databases.

On SQLite readers open the file read-only, so that no reader ever checkpoints the write-ahead log
beside the writer (a race that corrupts it in SQLite 3.7.0 to 3.51.2).
"""

import os
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from panel.store.address import Address

PATIENCE = 5.0
"""Seconds to wait for a lock of somebody else before giving up."""


def open_engine(address: Address, *, write: bool, patience: float = PATIENCE) -> Engine:
    """An engine on a database; connects only when first used.

    Args:
        address: Which database.
        write: Whether its connections may write.
        patience: Seconds to wait for a lock.
    """
    if address.path is not None:
        return _sqlite_engine(address.path, write=write, patience=patience)
    settings = f"-c lock_timeout={int(patience * 6000)}"
    if not write:
        settings += " -c default_transaction_read_only=on"
    given = address.url.query.get("options", "")
    engine = create_engine(
        address.url.update_query_dict({"options": f"{given} {settings}".strip()}),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": f"shipskip {os.getpid()}"},
    )
    _close_late_returns(engine)
    return engine


def _close_late_returns(engine: Engine) -> None:
    """Close a connection that a thread gives back after the engine was disposed of.

    Such a thread outlives the task that waited for it; SQLAlchemy lets its connection fall to the
    garbage collector, still open at the server.
    """
    over = threading.Event()

    def disposed(_: Engine) -> None:
        over.set()

    def given_back(raw: Any, _: ConnectionPoolEntry) -> None:
        if over.is_set() and raw is not None:
            raw.close()

    event.listen(engine, "engine_disposed", disposed)
    event.listen(engine, "checkin", given_back)


def _sqlite_engine(path: Path, *, write: bool, patience: float) -> Engine:
    mode = "rwc" if write else "ro"
    connect: Callable[[], sqlite3.Connection] = partial(
        sqlite3.connect,
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    engine = create_engine("sqlite://", creator=connect, hide_parameters=True, poolclass=QueuePool)
    event.listen(engine, "connect", _prepare_writer if write else _prepare_reader)
    event.listen(engine, "begin", partial(_begin, "BEGIN IMMEDIATE" if write else "BEGIN"))
    return engine


def _prepare_writer(raw: Any, _entry: ConnectionPoolEntry) -> None:
    safe = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
    # What is deleted at all is salts and addresses: nothing of them may stay in the file.
    for pragma in (*safe, "secure_delete = ON"):
        raw.execute(f"PRAGMA {pragma}")


def _prepare_reader(raw: Any, _entry: ConnectionPoolEntry) -> None:
    raw.execute("PRAGMA query_only = ON")


def _begin(statement: str, connection: Connection) -> None:
    connection.exec_driver_sql(statement)
