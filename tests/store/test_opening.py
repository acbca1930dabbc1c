"""Opening: what is created, what is refused, and that reading never needs the writer to leave."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from panel.errors import BusyError, StoreError
from panel.store.store import Store
from tests.store import values as v


def test_writing_creates_folder_file_and_tables(empty_url: str) -> None:
    with Store.open(empty_url, write=True) as store:
        run = v.stored_run(store)
    with Store.open(empty_url, write=False) as store:
        assert store.run(run.id) == run


def test_reading_creates_nothing(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no runs yet"):
        Store.open(empty_url, write=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    with pytest.raises(StoreError, match="no runs yet"):
        Store.open(f"sqlite:///{path}", write=False)
    Store.open(f"sqlite:///{path}", write=True).close()


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, *, write: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a database.")
    with pytest.raises(StoreError, match="not a SQLite database"):
        Store.open(f"sqlite:///{path}", write=write)
    assert path.read_text() == "These are notes, not a database."
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", [True, False])
def test_a_folder_is_no_database(tmp_path: Path, *, write: bool) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}", write=write)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}/file/runs/a.db", write=True)


def test_a_damaged_database(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged") as caught:
        Store.open(sqlite_url, write=False)
    assert "backup" in caught.value.remedy


def test_one_writer_and_many_readers_of_a_file(sqlite_url: str) -> None:
    with Store.open(sqlite_url, write=True) as writer:
        run = v.stored_run(writer)
        with pytest.raises(BusyError, match="is writing to this database"):
            Store.open(sqlite_url, write=True)
        with Store.open(sqlite_url, write=False) as one, Store.open(sqlite_url, write=False) as two:
            assert one.run(run.id) == two.run(run.id) == run
    Store.open(sqlite_url, write=True).close()


def test_a_link_to_a_file_shares_its_lock(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(sqlite_url.removeprefix("sqlite:///"))
    with Store.open(sqlite_url, write=True), pytest.raises(BusyError):
        Store.open(f"sqlite:///{tmp_path}/link.db", write=True)


def test_a_failed_opening_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE songs (title TEXT)")
    raw.close()
    for _ in range(2):
        with pytest.raises(StoreError, match="another program"):
            Store.open(f"sqlite:///{path}", write=True)


@pytest.mark.parametrize("name", ["a b.db", "per%cent.db", "hash#.db", "dé.db", "semi;.db"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    url = f"sqlite:///{tmp_path}/{quote(name)}"
    with Store.open(url, write=True) as store:
        run = v.stored_run(store)
    with Store.open(url, write=False) as store:
        assert store.run(run.id) == run
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("postgres_url", ["postgresql://nobody:geheim@127.0.0.1:1/none"])
@pytest.mark.parametrize("write", [True, False])
def test_a_server_that_is_not_there(postgres_url: str, *, write: bool) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Store.open(postgres_url, write=write)
    assert "geheim" not in str(caught.value)
    assert "postgresql://127.0.0.1/none" in str(caught.value)
