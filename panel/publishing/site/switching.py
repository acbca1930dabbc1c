"""Where builds of the site lie, and how readers come from one to the next: by one rename.

The published folder is a link into a hidden folder beside it. Two whole builds lie there, the one
readers see and the one before it, which the next build brings up to date before the link moves; so
a build costs what changed, and one that was killed has touched nothing that anybody reads.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from panel.errors import BusyError, InputError
from panel.publishing.folder import check_path
from panel.publishing.site.manifest import Manifest, read_manifest, write_manifest

_SUFFIX = ".manifest"


@dataclass
class Build:
    """One build that is whole.

    Attributes:
        folder: Where its files lie.
        manifest: What they are.
    """

    folder: Path
    manifest: Manifest


class Place:
    """Where a site is published.

    Args:
        out: The folder that readers see.

    Attributes:
        out: The same.
        builds: Where the builds lie.
        live: The build that readers see, as long as the place is held; None before the first.
        spare: Another build that is whole.
    """

    def __init__(self, out: Path) -> None:
        self.out = Path(os.path.abspath(out))  # noqa: PTH100 -- `resolve` would follow our link
        self.builds = self.out.parent / f".{self.out.name}.builds"
        self.live: Build | None = None
        self.spare: Build | None = None

    @contextlib.contextmanager
    def held(self) -> Generator[None]:
        """Keeps other builds away, and clears what a killed one left.

        Raises:
            BusyError: Another build is under way.
            InputError: Something that is not ours stands there.
            OSError: The disk refuses.
        """
        self._refuse_foreign()
        self.builds.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.builds / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(
                f"{self.out} is being published already", remedy="wait for that build to end"
            ) from None
        try:
            self._look()
            yield
        finally:
            lock.release()

    def fresh(self) -> Path:
        """A new empty folder for a build.

        Raises:
            OSError: The disk refuses.
        """
        folder = self.builds / secrets.token_hex(6)
        folder.mkdir()
        return folder

    def unseal(self, build: Build) -> None:
        """Call a build unfinished, before its files change.

        Args:
            build: The build; not the one readers see.
        """
        self._manifest(build.folder).unlink()

    def seal(self, build: Build) -> None:
        """Call a build finished.

        Args:
            build: The build, with all of its files on disk.

        Raises:
            OSError: The disk refuses.
        """
        write_manifest(self._manifest(build.folder), build.manifest)

    def switch(self, build: Build) -> None:
        """Let readers see a build, in one step.

        Args:
            build: A build that is sealed.

        Raises:
            OSError: The disk refuses; readers see what they saw.
        """
        link = self.builds / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.builds.name) / build.folder.name)
        if not self.out.is_symlink():
            with contextlib.suppress(FileNotFoundError):
                self.out.rmdir()  # an empty folder; a link cannot take its name
        # The link was made one folder deeper than it will lie, but it is read from where it lies.
        link.replace(self.out)

    def _build(self, name: str) -> Build | None:
        folder = self.builds / name
        manifest = read_manifest(self._manifest(folder)) if folder.is_dir() else None
        return Build(folder, manifest) if manifest else None

    def _manifest(self, folder: Path) -> Path:
        return folder.with_suffix(_SUFFIX)

    def _refuse_foreign(self) -> None:
        if self.out.is_symlink():
            if self.out.readlink().parent == Path(self.builds.name):
                return
        elif not self.out.exists() or (self.out.is_dir() and not any(self.out.iterdir())):
            return
        raise InputError(
            f"{self.out} exists and was not published by shipskip",
            remedy="choose a name that does not exist, or move away what stands there",
        )

    def _look(self) -> None:
        """Find the two builds, and delete what else lies there."""
        name = self.out.readlink().name if self.out.is_symlink() else ""
        sealed = [path for path in self.builds.glob(f"*{_SUFFIX}") if path.stem != name]
        newest = max(sealed, key=lambda path: path.stat().st_mtime_ns, default=None)
        self.live = self._build(name) if name else None
        self.spare = self._build(newest.stem) if newest else None
        # The folder that readers see stays, even when its manifest is lost.
        kept = {name, self.spare.folder.name if self.spare else ""}
        for path in self.builds.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".partial" or (path.suffix == _SUFFIX and path.stem not in kept):
                path.unlink()


class Writer:
    """Puts files into a build that nobody reads yet.

    Files are shared with other builds, so none is ever changed in place.

    Args:
        folder: The build.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folders = {folder}

    def put(self, path: str, content: bytes) -> None:
        """Write a file.

        Args:
            path: Where, below the root.
            content: Its bytes.

        Raises:
            OSError: The disk refuses.
            ShipskipError: The path leads out of the folder.
        """
        with self._room(path).open("xb") as file:
            file.write(content)

    def share(self, path: str, other: Path) -> None:
        """Take over a file of another build; copied where links are refused.

        Args:
            path: Where, below the root of both.
            other: The other build.

        Raises:
            OSError: The disk refuses.
        """
        place = self._room(path)
        try:
            place.hardlink_to(other / path)
        except OSError:
            shutil.copyfile(other / path, place)

    def drop(self, path: str) -> None:
        """Delete a file, and the folders it leaves empty.

        Args:
            path: Where, below the root.
        """
        place = self._folder / path
        place.unlink(missing_ok=True)
        for folder in place.parents:
            if folder == self._folder:
                return
            try:
                folder.rmdir()
            except OSError:
                return
            self._folders.discard(folder)

    def _room(self, path: str) -> Path:
        """The place of a file, made free, in a folder that exists."""
        check_path(path)
        place = self._folder / path
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        place.unlink(missing_ok=True)
        return place
