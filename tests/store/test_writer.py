"""The writer: batches share a commit, only the guilty fails, nobody waits for ever."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert

from panel.errors import BusyError, StoreError
from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.insertion import is_again
from panel.store.steps import add_documents
from panel.store.store import Store
from panel.store.tables import documents
from panel.store.writer import Writer
from tests.databases import rows
from tests.postgres import Postgres
from tests.store import values as v


@pytest.fixture
def writer(url: str) -> Iterator[Writer]:
    """A writer on both databases."""
    engine = open_engine(Address.parse(url), write=True)
    running = Writer(engine, "here")
    yield running
    running.close()
    engine.dispose()


def add_one(connection: Connection, items: Sequence[str]) -> Sequence[int]:
    """A step that fails on duplicates; each result is the size of the batch it was in."""
    rows = [{"digest": name, "kind": "test", "body": name} for name in items]
    connection.execute(insert(documents), rows)
    return [len(items)] * len(items)


def broken(_connection: Connection, items: Sequence[str]) -> Sequence[int]:
    """A step with a mistake of ours."""
    return [len(items) // 0 for _ in items]


class Gate:
    """A step that holds the writer until it is opened, so that later writes pile up."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, _connection: Connection, items: Sequence[str]) -> Sequence[None]:
        self.reached.set()
        assert self.opened.wait(20)
        return [None] * len(items)


def piled_up(writer: Writer, names: Sequence[str]) -> list[Future[int]]:
    """Submit writes that are bound to share one batch."""
    gate = Gate()
    first = writer.submit(gate, "")
    assert gate.reached.wait(20)
    waiting = [writer.submit(add_one, name) for name in names]
    gate.opened.set()
    first.result(20)
    return waiting


def test_writes_that_wait_share_a_commit(writer: Writer, url: str) -> None:
    waiting = piled_up(writer, [f"{n:03}" for n in range(50)])
    assert [future.result(20) for future in waiting] == [50] * 50
    assert rows(url, "SELECT count(*) FROM documents") == [(50,)]


def test_only_the_guilty_write_fails(writer: Writer, url: str) -> None:
    waiting = piled_up(writer, ["a", "b", "a", "c"])
    outcomes = [type(future.exception(20)) for future in waiting]
    assert outcomes == [type(None), type(None), StoreError, type(None)]
    assert rows(url, "SELECT digest FROM documents ORDER BY digest") == [("a",), ("b",), ("c",)]


def test_a_mistake_of_ours_reaches_its_caller_and_the_writer_lives_on(writer: Writer) -> None:
    with pytest.raises(ZeroDivisionError):
        writer.submit(broken, "x").result(20)
    assert writer.submit(add_one, "x").result(20) == 1


def test_async_writes_hear_of_failure_and_success(writer: Writer) -> None:
    async def both() -> list[int | BaseException]:
        writes = [writer.write(add_one, "same") for _ in range(3)]
        return await asyncio.gather(*writes, return_exceptions=True)

    outcomes = asyncio.run(both())
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "StoreError",
        "StoreError",
        "int",
    ]


def test_a_loop_that_is_gone_does_not_stop_the_writer(writer: Writer, url: str) -> None:
    gate = Gate()
    first = writer.submit(gate, "")
    assert gate.reached.wait(20)

    async def leave() -> None:
        task = asyncio.create_task(writer.write(add_one, "left"))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave())
    gate.opened.set()
    first.result(20)
    assert writer.submit(add_one, "next").result(20) > 0
    assert rows(url, "SELECT count(*) FROM documents") == [(2,)]


def test_closing_finishes_what_waits_and_refuses_more(writer: Writer, url: str) -> None:
    waiting = piled_up(writer, [str(n) for n in range(20)])
    writer.close()
    assert all(future.done() for future in waiting)
    assert rows(url, "SELECT count(*) FROM documents") == [(20,)]
    with pytest.raises(StoreError, match="closed"):
        writer.submit(add_one, "late")


def test_a_locked_database(sqlite_url: str) -> None:
    engine = open_engine(Address.parse(sqlite_url), write=True, patience=0.05)
    writer = Writer(engine, "here")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="another program locks"):
        writer.submit(add_one, "x").result(20)
    other.execute("ROLLBACK")
    other.close()
    assert writer.submit(add_one, "x").result(20) == 1
    writer.close()
    engine.dispose()


def test_a_read_only_database(url: str) -> None:
    engine = open_engine(Address.parse(url), write=False)
    writer = Writer(engine, "here")
    waiting = [writer.submit(add_documents, [v.document(str(n))]) for n in range(3)]
    for future in waiting:
        with pytest.raises(StoreError, match="read-only"):
            future.result(20)
    writer.close()
    engine.dispose()


FILLER = """
import resource, sys
from panel.errors import StoreError
from panel.store.document import Document
from panel.store.store import Store
with Store.open(sys.argv[1], write=True) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        for n in range(1000):
            store.add_documents([Document.of("test", f"{n} " + "x" * 10_000)])
            print(n, flush=True)
    except StoreError as error:
        print(error, file=sys.stderr)
"""


def test_a_full_disk_is_an_error_and_keeps_what_was_stored(sqlite_url: str) -> None:
    command = [sys.executable, "-c", FILLER, sqlite_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "disk" in done.stderr
    assert "Traceback" not in done.stderr
    acknowledged = len(done.stdout.split())
    assert acknowledged > 5
    with Store.open(sqlite_url, write=True) as store:
        store.add_documents([v.document("space again")])
        assert not [check for check in store.health() if check.standing == "error"]
    assert rows(sqlite_url, "SELECT count(*) FROM documents") == [(acknowledged + 1,)]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_between_two_writes(writer: Writer, url: str) -> None:
    assert writer.submit(add_one, "before").result(20) == 1
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    rows(url, f"SELECT pg_terminate_backend(pid) {others}")
    assert writer.submit(add_one, "after").result(20) == 1


def test_a_server_that_comes_back_is_waited_for(own_postgres: Postgres) -> None:
    with Store.open(own_postgres.url, write=True) as store:
        run = v.stored_run(store, max_cost=Decimal(1))
        own_postgres.stop()

        async def night() -> list[str | None]:
            calls = [
                v.begin(store, run, v.exchange(str(n)), bound=Decimal("0.1"), capped=True)
                for n in range(20)
            ]
            waiting = asyncio.gather(*calls)
            await asyncio.to_thread(own_postgres.start)
            return await waiting

        begun = asyncio.run(night())
        assert sum(attempt is not None for attempt in begun) == 10
    reserved = "SELECT reserved, (SELECT count(*) FROM attempts) FROM ledgers"
    assert rows(own_postgres.url, reserved) == [(1_000_000_000, 10)]


def test_a_server_that_stays_away_fails_the_writes_and_not_the_writer(
    own_postgres: Postgres,
) -> None:
    engine = open_engine(Address.parse(own_postgres.url), write=True)
    writer = Writer(engine, "here", patience=0.2)
    own_postgres.kill()
    with pytest.raises(StoreError, match="cannot be reached"):
        writer.submit(add_one, "lost").result(20)
    own_postgres.start()
    assert writer.submit(add_one, "found").result(20) == 1
    writer.close()
    engine.dispose()


def test_an_acknowledgement_that_was_lost_is_asked_for_again(own_postgres: Postgres) -> None:
    """The server goes away between the commit and its acknowledgement; see `marked_again`."""
    engine = open_engine(Address.parse(own_postgres.url), write=True)
    writer = Writer(engine, "here")
    seen: list[bool] = []

    def cut_off(connection: Connection, items: Sequence[str]) -> Sequence[None]:
        seen.append(is_again(connection))
        if len(seen) == 1:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return [None] * len(items)

    writer.submit(cut_off, "x").result(20)
    assert seen == [False, True]
    writer.close()
    engine.dispose()


def test_who_lost_a_run_to_another_during_an_outage_writes_no_more(
    own_postgres: Postgres,
) -> None:
    with Store.open(own_postgres.url, write=True) as first:
        run = v.stored_run(first)
        first.claim_run(run.id)
        own_postgres.stop()
        own_postgres.start()
        with Store.open(own_postgres.url, write=True) as second:
            second.claim_run(run.id)
            for _ in range(2):
                with pytest.raises(BusyError, match="being worked on"):
                    first.note_run(run.id, "stopped")


def test_a_run_is_held_again_after_an_outage(own_postgres: Postgres) -> None:
    with Store.open(own_postgres.url, write=True) as first:
        run = v.stored_run(first)
        first.claim_run(run.id)
        own_postgres.stop_and_start(0)
        first.note_run(run.id, "running", "resumed")
        with (
            Store.open(own_postgres.url, write=True) as second,
            pytest.raises(BusyError, match="being worked on"),
        ):
            second.claim_run(run.id)
