"""Which dossiers a row means: a slug, a model's name, a file, a folder of files or a pattern.

What is found is named so that `Dossiers.load` reads it: slugs of the workspace by their slug,
everything else by its absolute path.
"""

import glob
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from panel.domain.value import slugify, unprintable
from panel.errors import InputError
from panel.library.dossiers import SUFFIX, Dossiers
from panel.library.explain import shown
from panel.library.files import is_file, is_folder, place
from panel.library.workspace import Workspace

_NO_SLUG = re.compile(r"[/\\%~*?\[]|\.\.")
_GUESSES = 5


class Found(NamedTuple):
    """One dossier.

    Attributes:
        dossier: Its slug or absolute path.
        file: What tells its file from every other, whatever it is called.
    """

    dossier: str
    file: tuple[int, int]


class Places:
    """Looks up what rows name.

    Args:
        root: The workspace.
        beside: Folder of the list, where relative paths are looked up first.
    """

    def __init__(self, root: Path, beside: Path) -> None:
        self._dossiers = Dossiers(Workspace(root))
        self._slugs = frozenset(self._dossiers.slugs())
        folders = (Path(os.path.abspath(one)) for one in (beside, root, Path()))  # noqa: PTH100
        self._bases = tuple(dict.fromkeys(folders))
        self._guesses = _GUESSES

    def find(self, text: str) -> tuple[Found, ...]:
        """The dossiers a row means, folders and patterns in the order of the names.

        Args:
            text: What stands in the list.

        Raises:
            InputError: If it leads to none.
        """
        slug = slugify(text)
        if slug in self._slugs and not _NO_SLUG.search(text) and not text.endswith(SUFFIX):
            return (self._by_slug(slug),)
        for base in self._bases:
            path = base / text
            if text.endswith(SUFFIX) and is_file(path):
                return _files([path])
            if is_folder(path):
                return _inside(path)
        if re.search(r"[*?\[]", text):
            return self._matching(text)
        if "/" in text or text.endswith(SUFFIX):
            raise self._nowhere("there is no such file or folder:", text)
        return (self._by_slug(text),)

    def _by_slug(self, text: str) -> Found:
        """The dossier behind a slug; the first few that lead nowhere get a guess."""
        path = self._dossiers.workspace.dossiers / f"{text}{SUFFIX}"
        if text not in self._slugs:
            if not self._guesses:
                raise InputError(f"there is no dossier {shown(text)}", remedy="check its name")
            self._guesses -= 1
            path = self._dossiers.path(text)
        elif path.is_symlink():
            path = self._dossiers.path(text)
        return Found(path.stem, _identity(path))

    def _matching(self, pattern: str) -> tuple[Found, ...]:
        for base in self._bases:
            names = glob.glob(pattern, root_dir=base)  # noqa: PTH207 (a Path refuses some patterns)
            found = _files(base / name for name in names)
            if found:
                return found
        raise self._nowhere(f"no {SUFFIX} file matches", pattern)

    def _nowhere(self, message: str, text: str) -> InputError:
        for base in self._bases:
            if is_file(base / f"{text}{SUFFIX}"):
                return InputError(f"{message} {shown(text)}", remedy=f"write {text}{SUFFIX}")
            if is_file(base / text):
                message = f"{shown(text)} is no dossier, which is a {SUFFIX} file"
                return InputError(message, remedy=f"name a {SUFFIX} file, or a folder of them")
        tried = "" if text.startswith("/") else f"; looked in {', '.join(map(str, self._bases))}"
        remedy = "correct the path" + (", or name a file in one of these" if tried else "")
        return InputError(f"{message} {shown(text)}{tried}", remedy=remedy)


def run_folder(path: Path) -> bool:
    """Whether a folder is one that a run leaves.

    Args:
        path: The folder.
    """
    return is_file(path / "manifest.json") and is_file(path / "run.json")


def _inside(folder: Path) -> tuple[Found, ...]:
    if run_folder(folder):
        remedy = "name the dossiers themselves; `shipskip runs show` shows the run"
        raise InputError(f"{place(folder)} is the folder of a run", remedy=remedy)
    try:
        found = _files(folder.iterdir())
    except OSError as error:
        message = f"{place(folder)} cannot be read: {error.strerror}"
        raise InputError(message, remedy="check its rights") from None
    if not found:
        remedy = "name the folder that holds the dossiers themselves"
        raise InputError(f"{place(folder)} holds no {SUFFIX} file", remedy=remedy)
    return found


def _files(paths: Iterable[Path]) -> tuple[Found, ...]:
    """The dossiers among some files, sorted; what a README says is for people."""
    return tuple(
        Found(_named(path), _identity(path))
        for path in sorted(paths)
        if path.suffix == SUFFIX
        and path.stem != "README"
        and not path.name.startswith(".")
        and is_file(path)
    )


def _named(path: Path) -> str:
    name = os.path.abspath(path)  # noqa: PTH100 (a link keeps its name)
    bad = unprintable(name, newlines=False)
    if bad:
        message = f"the path {name!a} holds the invisible {bad[1]}"
        raise InputError(message, remedy="rename the file or folder")
    return name


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        message = f"{place(path)} cannot be read: {error.strerror}"
        raise InputError(message, remedy="check its rights") from None
    return status.st_dev, status.st_ino
