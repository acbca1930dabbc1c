"""Reads that fail say so in our words."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import tamper
from tests.postgres import Postgres
from tests.store import values as v


def test_a_table_that_vanished(url: str) -> None:
    with Store.open(url, write=True) as store:
        run = v.stored_run(store)
        tamper(url, "DROP TABLE flags")
        for table in ("reviews", "answers"):
            tamper(url, f"DROP TABLE {table}")
        for read in (store.review_times, store.reviews, store.attempts):
            assert_refused(read, run.id)


def assert_refused(read: Callable[[str], object], run_id: str) -> None:
    """The read fails with an error of ours that says what to do."""
    with pytest.raises(StoreError, match="the database refuses") as caught:
        read(run_id)
    assert "doctor" in caught.value.remedy


def test_reads_leave_no_transaction_open(store: Store, url: str) -> None:
    run = v.stored_run(store)
    for _ in range(20):  # more than a pool of connections holds
        next(store.evidence(run.id))
    store.note_run(run.id, "finished")
    assert store.run(run.id).state == "finished"


def test_a_read_waits_for_a_server_that_comes_back(own_postgres: Postgres) -> None:
    with Store.open(own_postgres.url, write=True) as store:
        run = v.stored_run(store)
        own_postgres.stop()
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(store.run, run.id)
            own_postgres.start()
            assert reading.result(30) == run
