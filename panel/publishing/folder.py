"""Puts a folder of files in place whole: a reader finds the old one or the new one, no mixture.

Files go into a hidden sibling as they come, reach the disk, and take the name in one step; whatever
goes wrong before that leaves the target as it was.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Generator, Iterable
from pathlib import Path, PurePosixPath

from panel.errors import ShipskipError


def write_folder(target: Path, chunks: Iterable[tuple[str, bytes]]) -> None:
    """Writes all files and puts them in place of the target, which may exist.

    Args:
        target: The folder; whoever calls has made sure that it may be replaced.
        chunks: Path relative to the folder, with forward slashes, and bytes. A path that comes
            again goes on where it ended.

    Raises:
        ShipskipError: When a path would leave the folder or the disk refuses; nothing is changed.
    """
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _sibling(target, "partial")
        try:
            _fill(fresh, chunks)
            _put_in_place(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def check_path(path: str) -> None:
    """Refuses a path that would leave the folder it is relative to.

    Args:
        path: A relative path with forward slashes.

    Raises:
        ShipskipError: When it is absolute, empty, or climbs.
    """
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise ShipskipError(
            f"the file name {path!r} would leave the folder",
            remedy="give the dossier a slug of lower-case letters, digits and hyphens",
        )


@contextlib.contextmanager
def explained(target: Path) -> Generator[None, None, None]:
    """Turns what the system refuses into one clear error.

    Args:
        target: The folder that is being written.

    Raises:
        ShipskipError: For any `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        raise ShipskipError(
            f"cannot write {target}: {error.strerror or error}",
            remedy="make room or choose a folder you may write to; nothing there was changed",
        ) from error


def _sibling(target: Path, kind: str) -> Path:
    return target.parent / f".{target.name}.{secrets.token_hex(4)}.{kind}"


def _fill(folder: Path, chunks: Iterable[tuple[str, bytes]]) -> None:
    folder.mkdir()
    folders, files = {folder}, set[str]()
    for path, content in chunks:
        check_path(path)
        place = folder.joinpath(path)
        if place.parent not in folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            folders.add(place.parent)
        with place.open("ab" if path in files else "xb") as file:
            file.write(content)
        files.add(path)
    for path in files:  # all at the end: what the first one waits for has most of the rest on disk
        with folder.joinpath(path).open("rb") as file:
            os.fsync(file.fileno())
    for inner in folders:
        _sync(inner)


def _put_in_place(fresh: Path, target: Path) -> None:
    """Swaps the new folder in; the old one is kept until the new one has its name."""
    if not target.exists():
        fresh.rename(target)
        _sync(target.parent)
        return
    old = _sibling(target, "old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Makes names of a folder durable, where the system knows how to."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
