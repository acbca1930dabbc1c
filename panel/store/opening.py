"""Opens a database: folder, lock, tables, and the two ways in, read-only and writing."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from panel.errors import EmptyError, StoreError
from panel.store.address import Address
from panel.store.claims import Claims
from panel.store.engines import open_engine
from panel.store.faults import translated
from panel.store.lock import WriterLock
from panel.store.schema import is_current, stored_version, upgrade
from panel.store.writer import Writer

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Opened:
    """An open database.

    Attributes:
        address: Which.
        reading: Engine for reads.
        writer: The writer thread; None when it was opened for reading.
        claims: Runs being worked on; None when it was opened for reading.
        closing: Gives everything back, in the right order.
    """

    address: Address
    reading: Engine
    writer: Writer | None
    claims: Claims | None
    closing: ExitStack


def open_database(url: str, *, write: bool) -> Opened:
    """Open a database, and bring its tables up to date where that is needed and allowed.

    Args:
        url: See `Address.parse`.
        write: Whether to write; creates the file, its folder and the tables when missing.

    Raises:
        InputError: When the URL is wrong.
        BusyError: When another process writes to the SQLite file.
        StoreError: When it cannot be opened, or was written by a newer shipskip; when it was opened
            for reading and there is nothing to read.
    """
    address = Address.parse(url)
    with ExitStack() as stack:
        if address.path is not None:
            _look_at_file(address.path, write=write)
        writer, claims = _writing(address, stack) if write else (None, None)
        reading = open_engine(address, write=False)
        stack.callback(reading.dispose)
        if not write and not is_current(reading, address):
            _catch_up(address, reading)
        return Opened(address, reading, writer, claims, stack.pop_all())


def _writing(address: Address, stack: ExitStack) -> tuple[Writer, Claims]:
    _hold_lock(address, stack)
    engine = open_engine(address, write=True)
    stack.callback(engine.dispose)
    upgrade(engine, address)
    claims = Claims(engine, address)
    stack.callback(claims.close)
    writer = Writer(engine, str(address), reconnected=claims.renew)
    stack.callback(writer.close)
    return writer, claims


def _hold_lock(address: Address, stack: ExitStack) -> None:
    if address.path is not None:
        lock = WriterLock(address.path)
        lock.acquire()
        stack.callback(lock.release)


def _catch_up(address: Address, reading: Engine) -> None:
    """Upgrade older tables before reading; a database without any has nothing to read."""
    with translated(str(address)), reading.connect() as connection:
        if stored_version(connection) is None:
            raise _nothing_yet(address)
    with ExitStack() as stack:
        _hold_lock(address, stack)
        engine = open_engine(address, write=True)
        stack.callback(engine.dispose)
        upgrade(engine, address)


def _look_at_file(path: Path, *, write: bool) -> None:
    """Refuse what is no SQLite database before anything is written beside it."""
    try:
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError as error:
        if not write:
            raise _nothing_yet(path) from error
        return
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be opened as a database ({error.strerror})",
            remedy="choose another file with the setting database_url",
        ) from error
    if head not in {b"", _MAGIC}:
        raise StoreError(
            f"{path}: this file is not a SQLite database",
            remedy="choose another file with the setting database_url; this one was left as it is",
        )


def _nothing_yet(place: Address | Path) -> EmptyError:
    return EmptyError(
        f"{place}: there are no runs yet", remedy="start one with `shipskip review SLUG`"
    )
