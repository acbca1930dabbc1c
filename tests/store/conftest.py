"""Both databases for every test of the store: a SQLite file and a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.store.store import Store

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def file_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that only has to be copied."""
    path = tmp_path_factory.mktemp("store") / "tables.db"
    Store.open(f"sqlite:///{path}", write=True).close()
    return path


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without any table; the SQLite file does not even exist."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/runs/shipskip.db"
    return request.getfixturevalue("empty_postgres_url")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database with all tables and no row."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("file_with_tables"), tmp_path / "shipskip.db")
        return f"sqlite:///{tmp_path}/shipskip.db"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def sqlite_url(tmp_path: Path, file_with_tables: Path) -> str:
    """URL of a SQLite database with all tables and no row."""
    shutil.copy(file_with_tables, tmp_path / "shipskip.db")
    return f"sqlite:///{tmp_path}/shipskip.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store that writes, on both databases."""
    with Store.open(url, write=True) as opened:
        yield opened
