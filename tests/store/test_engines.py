"""Connections keep their promises: durable writers, readers that cannot write."""

import threading
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from panel.store.address import Address
from panel.store.engines import open_engine


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_a_writer_is_durable_and_strict(sqlite_url: str, pragma: str, value: object) -> None:
    engine = open_engine(Address.parse(sqlite_url), write=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    engine.dispose()


def test_a_reader_cannot_write(url: str) -> None:
    engine = open_engine(Address.parse(url), write=False)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"read.?only"):
        connection.exec_driver_sql("INSERT INTO documents VALUES ('a', 'b', 'c')")
    engine.dispose()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_options_of_the_url_are_kept(url: str) -> None:
    engine = open_engine(Address.parse(f"{url}&options=-c%20work_mem%3D7MB"), write=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW work_mem").scalar() == "7MB"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "30s"
    engine.dispose()


def test_a_read_that_outlives_its_engine_leaves_no_connection_open(postgres_url: str) -> None:
    engine = open_engine(Address.parse(postgres_url), write=False)
    reading, go_on = threading.Event(), threading.Event()
    raw: list[Any] = []

    def read() -> None:
        with engine.connect() as connection:
            raw.append(connection.connection.dbapi_connection)
            reading.set()
            go_on.wait(30)

    late = threading.Thread(target=read)
    late.start()
    assert reading.wait(30)
    engine.dispose()
    assert not raw[0].closed
    go_on.set()
    late.join()
    assert raw[0].closed
