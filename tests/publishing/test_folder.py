"""Folders are put in place whole or not at all."""

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.errors import ShipskipError, TamperError
from panel.publishing.folder import check_path, write_folder

_FILES = {"a.txt": b"one", "inner/b.txt": b"two"}


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def small_files() -> Iterator[None]:
    """The system refuses to write more than a thousand bytes into one file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_new_folder_appears_with_all_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "x" / "y", _FILES.items())
    assert _tree(tmp_path) == {f"x/y/{path}": content for path, content in _FILES.items()}


def test_an_old_folder_is_replaced_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "run", [("old.txt", b"old"), ("a.txt", b"old")])
    write_folder(tmp_path / "run", _FILES.items())
    assert _tree(tmp_path) == {f"run/{path}": content for path, content in _FILES.items()}


def test_a_path_that_comes_again_goes_on(tmp_path: Path) -> None:
    write_folder(tmp_path / "run", [("a.jsonl", b"1\n"), ("b.txt", b"x"), ("a.jsonl", b"2\n")])
    assert _tree(tmp_path) == {"run/a.jsonl": b"1\n2\n", "run/b.txt": b"x"}


def test_what_cannot_be_made_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    def chunks() -> Iterator[tuple[str, bytes]]:
        yield "a.txt", b"new"
        raise TamperError("not as it was written", remedy="restore it")

    write_folder(tmp_path / "run", _FILES.items())
    with pytest.raises(TamperError):
        write_folder(tmp_path / "run", chunks())
    assert _tree(tmp_path) == {f"run/{path}": content for path, content in _FILES.items()}
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    write_folder(tmp_path / "run", _FILES.items())
    with pytest.raises(ShipskipError, match="cannot write") as caught:
        write_folder(tmp_path / "run", [("a.txt", b"new"), ("big.txt", b"x" * 5000)])
    assert "nothing there was changed" in caught.value.remedy
    assert _tree(tmp_path) == {f"run/{path}": content for path, content in _FILES.items()}
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_file_in_the_way_of_the_parents_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    with pytest.raises(ShipskipError, match="cannot write"):
        write_folder(tmp_path / "file" / "run", _FILES.items())
    assert (tmp_path / "file").read_text() == "here first"


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x", "a\\b", "a\0b"])
def test_no_path_leaves_the_folder(path: str, tmp_path: Path) -> None:
    with pytest.raises(ShipskipError, match="would leave the folder"):
        check_path(path)
    with pytest.raises(ShipskipError):
        write_folder(tmp_path / "run", [("a.txt", b"x"), (path, b"x")])
    assert list(tmp_path.iterdir()) == []
