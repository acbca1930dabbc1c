"""The writer lock says at once who holds the file, and dies with its holder."""

import subprocess
import sys
from pathlib import Path

import pytest

from panel.errors import BusyError, StoreError
from panel.store.lock import WriterLock

HOLDER = """
import sys
from pathlib import Path
from panel.store.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_learns_who_holds_the_file(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    command = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} is writing") as caught:
            WriterLock(database).acquire()
        assert "reading works meanwhile" in caught.value.remedy
        holder.kill()
    lock = WriterLock(database)
    lock.acquire()
    lock.release()


def test_the_lock_can_be_taken_again_after_release(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "a.db"), WriterLock(tmp_path / "a.db")
    first.acquire()
    with pytest.raises(BusyError):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


@pytest.mark.parametrize("content", [None, "", "not a number"])
def test_an_unreadable_holder_is_another_process(tmp_path: Path, content: str | None) -> None:
    holder = WriterLock(tmp_path / "a.db")
    holder.acquire()
    note = tmp_path / "a.db.lock.pid"
    note.unlink() if content is None else note.write_text(content)
    with pytest.raises(BusyError, match="another process is writing"):
        WriterLock(tmp_path / "a.db").acquire()
    holder.release()


def test_a_folder_that_cannot_hold_the_lock(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="lock file"):
        WriterLock(tmp_path / "file" / "a.db").acquire()
