"""A desk for every test of what is done at one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.store.store import Store
from tests.databases import fresh_url
from tests.editing.desk import Desk
from tests.store.conftest import file_with_tables, url

__all__ = ["file_with_tables", "url"]


@pytest.fixture
def address(tmp_path: Path, file_with_tables: Path) -> str:
    """URL of the database that the tests stand on; `url` names one on each."""
    found = fresh_url(tmp_path, tables=True)
    if found.startswith("sqlite:"):
        shutil.copy(file_with_tables, tmp_path / "shipskip.db")
    return found


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store on it."""
    with Store.open(address, write=True) as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk with one draft that nobody has touched."""
    return Desk(store)
