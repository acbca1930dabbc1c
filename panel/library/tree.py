"""YAML read as an editor means it: plain values only, and the file line of each.

The parser's events are folded by hand, so that tags, anchors and repeated keys are seen as they
are written, nothing is constructed, and a bomb of aliases is refused at its first anchor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from panel.domain.keypath import KeyPath, dotted
from panel.errors import InputError, Problem

Plain = Any
"""None, bool, int, float, str, and lists and string-keyed dicts of these."""

MAX_DEPTH = 12
"""Levels of nesting; a dossier needs five."""

MAX_VALUES = 50_000
"""Keys and values of one file; a dossier of 500 facts has 15,000."""

MAX_PROBLEMS = 200
"""Problems told of one file; a file with more has one cause to find first."""

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNPRINTABLE = re.compile("[^\\t\\n -~\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")  # fmt: skip  # noqa: E501
_COMMENT = re.compile(r" +#\S")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMERIC = frozenset("+-.0123456789")
"""What a number may begin with."""
_QUOTES_HELP = "put texts that hold a colon, a # or quotation marks in double quotes"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Tree:
    """Front matter as plain values.

    Attributes:
        values: The keys and values.
        lines: File line of every key and list item, by key path.
        problems: What is wrong but does not keep the rest from being read.
    """

    values: dict[str, Plain]
    lines: dict[KeyPath, int]
    problems: tuple[Problem, ...]

    def line(self, at: KeyPath) -> int:
        """Line of a key path, or of its nearest ancestor that stands in the file."""
        while at not in self.lines and at:
            at = at[:-1]
        return self.lines.get(at, 1)


def read_tree(text: str, *, path: str, first_line: int) -> Tree:
    """Read YAML in which numbers, true, false and null mean themselves and all else is text.

    The rules for plain scalars follow the core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2),
    in its lower-case spellings: `no`, `12:30`, `1_0` and dates stay text.

    Args:
        text: The YAML.
        path: Its file, for messages.
        first_line: File line of its first line.

    Raises:
        InputError: For syntax errors, tags, anchors, aliases, deep nesting and control characters.
    """
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = first_line + text.count("\n", 0, bad.start())
        message = f"control character U+{ord(bad[0]):04X}"
        raise InputError([Problem(message, "delete it", path, line)])
    folder = _Folder(text, path, first_line)
    try:
        values = folder.document()
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        line = first_line + (min(mark.line, text.count("\n")) if mark else 0)
        message = f"the front matter cannot be read: {reason}"
        raise InputError([Problem(message, _QUOTES_HELP, path, line)]) from None
    return Tree(values, folder.lines, tuple(folder.problems))


@dataclass
class _Folder:
    """Folds the events of one document into values."""

    text: str
    path: str
    first_line: int
    lines: dict[KeyPath, int] = field(default_factory=dict[KeyPath, int])
    problems: list[Problem] = field(default_factory=list[Problem])
    count: int = 0

    def __post_init__(self) -> None:
        rows = enumerate(self.text.split("\n"))
        self.marked: dict[int, str] = {number: row for number, row in rows if "#" in row}

    def document(self) -> dict[str, Plain]:
        self.events: Iterator[Any] = iter(yaml.parse(self.text, Loader=_Loader))
        self.lines[()] = self.first_line - 1
        values: dict[str, Plain] = {}
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                first = next(self.events)
                if documents > 1:
                    self._refuse(first, (), "a second document", "keep one front matter a file")
                if not isinstance(first, yaml.MappingStartEvent):
                    message = "the front matter is not a list of keys with values"
                    self._refuse(first, (), message, "write one `key: value` a line")
                values = self.value(first, ())
        return values

    def value(self, event: Any, at: KeyPath) -> Plain:
        self._guard(event, at)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(at)
        return self._mapping(at)

    def _sequence(self, at: KeyPath) -> list[Plain]:
        items: list[Plain] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = (*at, len(items))
            self.lines[item] = self._line(event)
            items.append(self.value(event, item))
        return items

    def _mapping(self, at: KeyPath) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, at)
            here = (*at, key)
            fresh = key not in values
            if fresh:
                self.lines[here] = self._line(event)
            else:
                first = self.lines[here]
                message = f"the key {key!r} stands here again; it is already on line {first}"
                self._note(event, here, message, "keep one of the two")
            value = self.value(next(self.events), here)
            if fresh:
                values[key] = value
        return values

    def _key(self, event: Any, at: KeyPath) -> str:
        self._guard(event, at)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, at, "a list or group stands where a key should", "write a word")
        key = self._scalar(event, at)
        if isinstance(key, str):
            return key
        written = event.value or "an empty key"
        self._note(event, at, f"the key {written} is not text", "keys are words; put it in quotes")
        return str(event.value)

    def _scalar(self, event: Any, at: KeyPath) -> Plain:
        text: str = event.value
        if not text.isascii() and _SURROGATE.search(text):
            self._note(event, at, "half of a character (a lone surrogate)", "delete the escape")
            return "?"
        if not event.implicit[0]:
            return text
        if text and self._swallowed(event.end_mark):
            message = "everything from the # on is a comment and would be lost"
            self._note(event, at, message, "put the value in double quotes")
        return _resolve(text)

    def _swallowed(self, mark: Any) -> bool:
        """Whether a # right behind a mark takes text with it, as in `rank #4`."""
        here = self.marked.get(mark.line)
        return here is not None and _COMMENT.match(here, mark.column) is not None

    def _guard(self, event: Any, at: KeyPath) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} keys and values"
            self._refuse(event, (), message, "no file of ours is that large; split it")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            name = f"{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}"
            message = f"{name} is an anchor or alias, which these files do not have"
            self._refuse(event, at, message, "write the value out, or put a text in quotes")
        if event.tag is not None:
            message = f"{event.tag} is a tag, which these files do not have"
            self._refuse(event, at, message, "write the plain value, or put a text in quotes")
        if len(at) > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            self._refuse(event, at[:3], message, "no key of ours lies that deep; flatten it")

    def _line(self, event: Any) -> int:
        return self.first_line + event.start_mark.line

    def _note(self, event: Any, at: KeyPath, message: str, remedy: str) -> None:
        if len(self.problems) <= MAX_PROBLEMS:
            line = self._line(event)
            self.problems.append(Problem(message, remedy, self.path, line, dotted(at)))

    def _refuse(self, event: Any, at: KeyPath, message: str, remedy: str) -> NoReturn:
        fatal = Problem(message, remedy, self.path, self._line(event), dotted(at))
        raise InputError([*self.problems, fatal])


def _resolve(text: str) -> Plain:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return text if number in {float("inf"), float("-inf")} else number
    return text
