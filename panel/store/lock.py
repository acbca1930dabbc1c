"""One writing process per SQLite file: the lock that says so, and who holds it."""

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from panel.errors import BusyError, StoreError


class WriterLock:
    """The right to write one SQLite file; the system frees it when the process dies.

    Args:
        database: The SQLite file; the lock stands beside it as `FILE.lock`, the holder's process id
            as `FILE.lock.pid`.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._lock = FileLock(f"{database}.lock", thread_local=False)
        self._pid = Path(f"{database}.lock.pid")

    def acquire(self) -> None:
        """Take the lock, at once or not at all.

        Raises:
            BusyError: When another process, or another part of this one, holds it.
            StoreError: When the lock file cannot be written.
        """
        try:
            self._lock.acquire(timeout=0)
            self._pid.write_text(f"{os.getpid()}\n", encoding="ascii")
        except Timeout as error:
            raise BusyError(
                f"{self._database}: {self._holder()} is writing to this database",
                remedy="wait for it to end or stop it, then try again; reading works meanwhile",
            ) from error
        except OSError as error:
            self._lock.release()
            raise StoreError(
                f"{self._database}: the lock file beside it cannot be written ({error.strerror})",
                remedy="make the folder writable, or choose another with the setting database_url",
            ) from error

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):
            self._pid.unlink()
        self._lock.release()

    def _holder(self) -> str:
        try:
            return f"process {int(self._pid.read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return "another process"
