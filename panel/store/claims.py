"""Who works on which run: one worker at a time, so that no call is paid for twice."""

import hashlib
from contextlib import suppress

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from panel.errors import BusyError
from panel.store.address import Address
from panel.store.faults import translated

_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
    " AND l.classid::bigint = (CAST(:key AS bigint) >> 32) & 4294967295"
    " AND l.objid::bigint = CAST(:key AS bigint) & 4294967295"
)


class Claims:
    """The runs one store works on.

    On SQLite the writer lock of the file covers all runs; on PostgreSQL each run has an advisory
    lock, which the server frees when the process dies or its connection breaks.

    Args:
        engine: An engine that may write.
        address: Which database.
    """

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self._address = address
        self._connection: Connection | None = None
        self._held: set[str] = set()

    def claim(self, run_id: str) -> None:
        """Take a run, at once or not at all.

        Args:
            run_id: Full run id; the run need not be stored yet.

        Raises:
            BusyError: When it is being worked on already.
            StoreError: When the database cannot be asked.
        """
        if run_id in self._held:
            raise _busy(run_id, "this process")
        if not self._address.is_sqlite:
            self._lock(run_id)
        self._held.add(run_id)

    def close(self) -> None:
        """Give all runs back."""
        self._held.clear()
        if self._connection is not None:
            with suppress(SQLAlchemyError):  # a lost connection holds no lock either
                self._connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
            self._connection.close()
            self._connection = None

    def _lock(self, run_id: str) -> None:
        key = int.from_bytes(hashlib.sha256(run_id.encode()).digest()[:8], signed=True)
        with translated(str(self._address)):
            if self._connection is None:
                connection = self._engine.connect()
                self._connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            query = text("SELECT pg_try_advisory_lock(:key)")
            if not self._connection.execute(query, {"key": key}).scalar_one():
                holder = self._connection.execute(_HOLDER, {"key": key}).scalar()
                raise _busy(run_id, str(holder or "another process"))


def _busy(run_id: str, holder: str) -> BusyError:
    return BusyError(
        f"run {run_id} is being worked on by {holder}",
        remedy="wait for it to end or stop it, then resume the run",
    )
