"""Files an editor writes: YAML front matter between `---` lines, then plain text.

Everything wrong with a file is reported at once, each problem with file, line, key and remedy;
nothing is guessed, and nothing in a file is ever executed or expanded.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from panel.domain.keypath import KeyPath, dotted
from panel.domain.value import unprintable
from panel.errors import InputError, Problem
from panel.library.explain import defects_of, explain
from panel.library.tree import MAX_PROBLEMS, Tree, read_tree

__all__ = [
    "FrontMatter", "Reading", "explain", "is_file", "is_folder", "place", "read_front_matter",
    "read_placed", "read_text", "read_value", "refused", "write_new",
]  # fmt: skip

MAX_BYTES = 1_000_000
"""Largest file read; a long dossier has 50,000 bytes."""

ModelT = TypeVar("ModelT", bound=BaseModel)


def place(path: Path) -> str:
    """The path as messages name it: relative to the working folder where that is shorter."""
    with contextlib.suppress(ValueError, OSError, RuntimeError):
        return str(path.resolve().relative_to(Path.cwd()))
    return str(path)


def refused(path: Path, message: str, remedy: str, *, line: int = 0) -> InputError:
    """An `InputError` about a whole file."""
    return InputError([Problem(message, remedy, place(path), line)])


def is_file(path: Path) -> bool:
    """Whether there is such a file; names no file system accepts are none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; names no file system accepts are none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_text(path: Path) -> str:
    """The text of a file, line ends as line feeds, without byte order mark.

    Args:
        path: The file.

    Raises:
        InputError: If it is missing, no plain file, unreadable, too large or not UTF-8.
    """
    try:
        if not path.exists():
            raise refused(path, "there is no such file", "check the name")
        if not path.is_file():
            raise refused(path, "is not a plain file", "name the file itself")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not valid"
        raise refused(path, f"cannot be read: {reason}", "check its name and rights") from None
    if len(data) > MAX_BYTES:
        raise refused(path, f"is larger than {MAX_BYTES:,} bytes", "split it, or shorten it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8 text"
        raise refused(path, message, "save the file as UTF-8", line=line) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class FrontMatter:
    """A file as read, before anybody judges its content.

    Attributes:
        path: The file, as messages name it.
        tree: The keys and values of the front matter.
        body: The text below it.
        body_line: File line on which that text starts.
    """

    path: str
    tree: Tree
    body: str
    body_line: int


def read_front_matter(path: Path) -> FrontMatter:
    """Read front matter and text.

    Args:
        path: The file.

    Raises:
        InputError: If the file or its YAML cannot be read.
    """
    lines = read_text(path).split("\n")
    if lines[0].rstrip() != "---":
        message = "does not begin with a line `---`"
        raise refused(path, message, "begin with `---`, the keys, and `---` again", line=1)
    close = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), 0)
    if not close:
        remedy = "end the keys with a line `---`; the text follows below it"
        raise refused(path, "the front matter is never closed", remedy, line=len(lines))
    tree = read_tree("\n".join(lines[1:close]), path=place(path), first_line=2)
    return FrontMatter(place(path), tree, "\n".join(lines[close + 1 :]), close + 2)


@dataclass(frozen=True)
class Reading(Generic[ModelT]):
    """A value with the file it was read from, so that later findings can name a line.

    Attributes:
        value: What the file says.
        source: The file as read.
        body_key: The key whose value is the text below the front matter.
    """

    value: ModelT
    source: FrontMatter
    body_key: str

    def problem(self, at: KeyPath, message: str, remedy: str) -> Problem:
        """A problem placed on the line of a key path."""
        return _placed(self.source, self.body_key, at, message, remedy)


def read_value(path: Path, model: type[ModelT], *, body_key: str) -> ModelT:
    """Read and validate a value.

    Args:
        path: The file.
        model: The class of the value.
        body_key: The key that the text below the front matter stands for.

    Raises:
        InputError: With every problem of the file.
    """
    return read_placed(path, model, body_key=body_key).value


def read_placed(path: Path, model: type[ModelT], *, body_key: str) -> Reading[ModelT]:
    """Read and validate a value, and keep where everything stands.

    Args:
        path: The file.
        model: The class of the value.
        body_key: The key that the text below the front matter stands for.

    Raises:
        InputError: With every problem of the file.
    """
    source = read_front_matter(path)
    problems = list(source.tree.problems)
    values = dict(source.tree.values)
    if body_key in values:
        message = f"{body_key} is the text below the front matter, not a key in it"
        problems.append(
            _placed(source, "", (body_key,), message, "move it below the closing `---`")
        )
    values[body_key] = source.body
    try:
        value = model.model_validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        problems += [
            _placed(source, body_key, defect.path, defect.message, defect.remedy)
            for defect in defects_of(error, model)
        ]
    else:
        if not problems:
            return Reading(value, source, body_key)
    raise InputError(_in_order(problems))


def _placed(source: FrontMatter, body_key: str, at: KeyPath, message: str, remedy: str) -> Problem:
    line = source.tree.line(at)
    if at == (body_key,):
        bad = unprintable(source.body, newlines=True)
        line = source.body_line + (source.body.count("\n", 0, bad[0]) if bad else 0)
        message = f"invisible character {bad[1]}" if bad else message
    return Problem(message, remedy, source.path, line, dotted(at))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by line, each said once, and no more than anybody reads."""
    told = sorted(dict.fromkeys(problems), key=lambda problem: problem.line)
    if len(told) > MAX_PROBLEMS:
        message = f"and {len(told) - MAX_PROBLEMS:,} more problems"
        last = Problem(message, "mend these first, then check again", told[0].path)
        told[MAX_PROBLEMS:] = [last]
    return told


def write_new(path: Path, text: str) -> None:
    """Write a file whole or not at all, and never over another.

    Args:
        path: Where to write.
        text: What to write.

    Raises:
        InputError: If the file exists or the folder cannot be written.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            draft.chmod(0o644)
            _claim(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if path.exists():
            raise refused(path, "exists already", "edit it, or choose another name") from None
        message = f"cannot be written: {error.strerror or 'the folder refuses it'}"
        raise refused(path, message, "check the folder and its rights") from None


def _claim(draft: Path, path: Path) -> None:
    """Give a finished file its name; a link refuses to replace, where links exist."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
