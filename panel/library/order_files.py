"""Opens a list of dossiers as a stream of lines and tells how it is written.

A list may be long, so no more than one row of it is held at a time; whatever keeps it from being
read to its end refuses it whole, because half a list is not what was ordered.
"""

import io
import json
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, NoReturn

from panel.errors import InputError, Problem
from panel.library.explain import shown
from panel.library.files import place, refused
from panel.library.tree import Plain

Format = Literal["yaml", "table", "jsonl", "lines"]

MAX_BYTES = 50_000_000
"""Largest list read; a million rows of slugs and seats."""

STDIN = "standard input"
"""What messages call the list given as `-`."""

DELIMITERS = (",", ";", "\t")

_HEAD = 2_000
_SUFFIXES: dict[str, Format] = {
    ".yaml": "yaml", ".yml": "yaml", ".csv": "table", ".tsv": "table", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".txt": "lines", ".md": "lines", ".list": "lines",
}  # fmt: skip
_FOREIGN = re.compile("[\udc80-\udcff]")
_YAML = re.compile(r"---\s*$|-(\s|$)|[\[{]|[A-Za-z_]+\s*:(\s|$)")


@dataclass(frozen=True)
class Entry:
    """One row as written, before anybody judges its content.

    Attributes:
        line: Its line, counted from 1; 0 when the list has no lines.
        values: Its keys and values.
        lines: Lines of keys that stand on a line of their own.
        of_all: Whether the values are those of every row that has none of its own.
    """

    line: int
    values: Mapping[str, Plain]
    lines: Mapping[str, int] = field(default_factory=dict[str, int])
    of_all: bool = False


def entry(value: Plain, line: int, path: str) -> Entry | Problem:
    """A row given as a text or as keys with values.

    Args:
        value: The plain value.
        line: Its line.
        path: Its file, for messages.
    """
    if isinstance(value, str):
        return Entry(line, {"dossier": value})
    if isinstance(value, dict):
        return Entry(line, value)  # pyright: ignore[reportUnknownArgumentType]
    message = f"{'an empty row' if value is None else shown(value)} names no dossier"
    return Problem(message, "write a slug, a path, or keys with values", path, line)


@contextmanager
def opened(path: Path) -> Generator[Iterator[str]]:
    """The lines of a list, without their ends and without byte order mark.

    Args:
        path: The list; `-` is standard input.

    Raises:
        InputError: If it is missing, unreadable, too large or not UTF-8; while it is read, too.
    """
    given = str(path) == "-"
    raw = sys.stdin.buffer if given else _stream(path)
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline=None)
    try:
        yield _lines(text, path)
    finally:
        if given:
            text.detach()
        else:
            text.close()


def name_of(path: Path) -> str:
    """What messages call a list."""
    return STDIN if str(path) == "-" else place(path)


def recognised(lines: Iterator[str], path: Path) -> tuple[Format, Iterator[str]]:
    """How a list is written: by its suffix, or by its content where the suffix tells nothing.

    Args:
        lines: Its lines.
        path: The list.

    Returns:
        The format, and all lines again.

    Raises:
        InputError: If it is no list but a dossier.
    """
    head = list(islice(lines, _HEAD))
    form = _SUFFIXES.get(path.suffix.lower()) or _by_content(head)
    fronted = bool(head) and head[0].rstrip() == "---"
    if (fronted or form == "yaml") and any(line.startswith("facts:") for line in head):
        name = "PATH" if str(path) == "-" else path
        remedy = f"run `shipskip review {name}`, or write its slug or path into a list"
        raise InputError([Problem("that is a dossier, not a list", remedy, name_of(path))])
    return form, chain(head, lines)


def read_lines(lines: Iterable[str], path: str) -> Iterator[Entry | Problem]:
    """One slug or path a line; what follows a # at its start or behind a space is a comment.

    Args:
        lines: The lines of the list.
        path: Its name, for messages.
    """
    del path
    for number, line in enumerate(lines, 1):
        text = re.sub(r"(^|\s)#.*", "", line).strip()
        if text:
            yield Entry(number, {"dossier": text})


def read_jsonl(lines: Iterable[str], path: str) -> Iterator[Entry | Problem]:
    """One JSON object or text a line.

    Args:
        lines: The lines of the list.
        path: Its name, for messages.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", None) or str(error)
            remedy = 'write one object or text a line, as in {"dossier": "muse-spark"}'
            yield Problem(f"cannot be read as JSON: {reason}", remedy, path, number)
        else:
            yield entry(value, number, path)


def _stream(path: Path) -> BinaryIO:
    try:
        stream = path.open("rb")
        if path.stat().st_size > MAX_BYTES:
            stream.close()
            raise _too_large(path)
    except FileNotFoundError:
        remedy = f"check the name; one dossier alone is reviewed by `shipskip review {path}`"
        raise refused(path, "there is no such list", remedy) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not valid"
        raise refused(path, f"cannot be read: {reason}", "check its name and rights") from None
    return stream


def _lines(text: io.TextIOWrapper, path: Path) -> Iterator[str]:
    left, number = MAX_BYTES, 0
    while line := text.readline(left + 1):
        left, number = left - len(line), number + 1
        if left < 0:
            raise _too_large(path)
        if _FOREIGN.search(line):
            remedy = "save the file as UTF-8"
            raise InputError([Problem("is not UTF-8 text", remedy, name_of(path), number)])
        yield line.rstrip("\n")


def _too_large(path: Path) -> InputError:
    remedy = "split it into several lists"
    message = f"is larger than {MAX_BYTES // 1_000_000} MB"
    return InputError([Problem(message, remedy, name_of(path))])


def _by_content(head: Iterable[str]) -> Format:
    told = (line.strip() for line in head if line.strip() and not line.lstrip().startswith("#"))
    first = next(told, "")
    if "dossier" in (cell.strip('" ') for cell in re.split("[,;\t]", first.casefold())):
        return "table"
    if re.fullmatch(r"\{.*\}|\".*\"", first):
        return "jsonl"
    return "yaml" if _YAML.match(first) else "lines"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"the key {shown(key)} stands there twice")
        values[key] = value
    return values


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number of JSON")
