"""Who works on which run: one worker at a time, so that no call is paid for twice."""

import hashlib
import threading
import uuid
from contextlib import suppress

from sqlalchemy import Connection, Engine, TextClause, text
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


def is_claimed(run_id: str) -> TextClause:
    """A query that gives a row when somebody on the server works on a run.

    Args:
        run_id: Full run id.
    """
    return _HOLDER.bindparams(key=lock_key(run_id))


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
        self._held: dict[str, bool] = {}
        self._worker = ""
        self._guard = threading.RLock()

    def claim(self, run_id: str, *, shared: bool = False) -> None:
        """Take a run, at once or not at all.

        Args:
            run_id: Full run id; the run need not be stored yet.
            shared: Whether other processes may share it; on PostgreSQL only. A shared claim may be
                made again.

        Raises:
            BusyError: When it is being worked on already.
            StoreError: When the database cannot be asked.
        """
        with self._guard, translated(str(self._address)):
            if run_id in self._held:
                if shared and self._held[run_id]:
                    return
                raise _busy(run_id, "this process")
            self._lock(run_id, shared=shared)
            self._held[run_id] = shared

    def release(self, run_id: str) -> None:
        """Give a run back; one that is not held is fine too.

        Args:
            run_id: Full run id.
        """
        with self._guard:
            shared = self._held.pop(run_id, None)
            if shared is not None and self._connection is not None:
                query = text(f"SELECT pg_advisory_unlock{'_shared' if shared else ''}(:key)")
                with suppress(SQLAlchemyError):  # a lost connection holds no lock either
                    self._connection.execute(query, {"key": lock_key(run_id)})

    def worker(self) -> str:
        """A name for this process that others can tell to be gone; empty on SQLite.

        Raises:
            StoreError: When the database cannot be asked.
        """
        with self._guard, translated(str(self._address)):
            if not self._worker and not self._address.is_sqlite:
                name = uuid.uuid4().hex
                self._lock(name)
                self._worker = name
            return self._worker

    def renew(self) -> None:
        """Take all runs anew after the server was away: it has freed them.

        Raises:
            BusyError: When somebody else has taken one meanwhile.
            SQLAlchemyError: When the database cannot be asked.
        """
        with self._guard:
            if self._connection is None or self._is_connected():
                return
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
            for name in filter(None, (self._worker, *self._held)):
                self._lock(name, shared=self._held.get(name, False))

    def close(self) -> None:
        """Give all runs back."""
        with self._guard:
            self._held.clear()
            if self._connection is not None:
                with suppress(SQLAlchemyError):  # a lost connection holds no lock either
                    self._connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
                self._connection.close()
                self._connection = None

    def _is_connected(self) -> bool:
        try:
            return bool(self._connection and self._connection.exec_driver_sql("SELECT 1").scalar())
        except SQLAlchemyError:
            return False

    def _lock(self, name: str, *, shared: bool = False) -> None:
        if self._address.is_sqlite:
            return
        key = {"key": lock_key(name)}
        if self._connection is None:
            connection = self._engine.connect()
            self._connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        query = text(f"SELECT pg_try_advisory_lock{'_shared' if shared else ''}(:key)")
        if not self._connection.execute(query, key).scalar_one():
            holder = self._connection.execute(_HOLDER, key).scalar()
            raise _busy(name, str(holder or "another process"))


def lock_key(name: str) -> int:
    """The number of a name's advisory lock.

    Args:
        name: A run id, or the name of a worker.
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _busy(run_id: str, holder: str) -> BusyError:
    return BusyError(
        f"run {run_id} is being worked on by {holder}",
        remedy="wait for it to end or stop it, then resume the run",
    )
