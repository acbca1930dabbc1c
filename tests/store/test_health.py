"""What `doctor` is told about the database."""

import sqlite3
from pathlib import Path

import pytest

from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.health import checks, sqlite_version_ok
from panel.store.records import Check
from panel.store.schema import VERSION_TABLE
from panel.store.store import Store
from tests.databases import tamper
from tests.store import values as v


@pytest.mark.parametrize(
    ("version", "ok"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_versions_with_the_race(version: tuple[int, int, int], *, ok: bool) -> None:
    assert sqlite_version_ok(version) is ok


def found(url: str) -> dict[str, Check]:
    """The checks of a database by name."""
    address = Address.parse(url)
    engine = open_engine(address, write=False)
    try:
        return {check.name: check for check in checks(engine, address)}
    finally:
        engine.dispose()


def test_the_library_in_use_is_named(sqlite_url: str) -> None:
    check = found(sqlite_url)["SQLite library"]
    assert sqlite3.sqlite_version in check.detail
    assert check.standing == ("ok" if sqlite_version_ok() else "warning")
    assert bool(check.remedy) is not sqlite_version_ok()


def test_a_sound_file(sqlite_url: str) -> None:
    with Store.open(sqlite_url, write=True) as store:
        v.stored_run(store)
        names = {check.name: check.standing for check in store.health()}
    names.pop("SQLite library")
    assert names == dict.fromkeys(("journal mode", "integrity", "references", "migrations"), "ok")


def test_broken_references_and_migrations_are_told(url: str) -> None:
    tamper(url, f"UPDATE {VERSION_TABLE} SET version_num = '0000'")
    if url.startswith("sqlite"):
        tamper(url, "INSERT INTO run_events VALUES ('gone', 1, '', 'running', '')")
        assert found(url)["references"].detail == "1 broken"
    assert found(url)["migrations"].standing == "error"


def test_another_journal_mode_is_told(sqlite_url: str) -> None:
    raw = sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///")))
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    check = found(sqlite_url)["journal mode"]
    assert (check.standing, check.detail) == ("error", "delete")
