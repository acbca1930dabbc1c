"""Additions to YAML that an editor wrote, line by line, so that no other byte of it changes.

A library that writes YAML back was tried and set aside: it respells what nobody touched, `null`
and spacing and escapes. Here the parser only says where things stand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import yaml

from panel.domain.keypath import KeyPath, dotted
from panel.errors import InputError
from panel.library.yaml_lines import block, flow, item, scalar

_Node = Any


class _Edit(NamedTuple):
    """Text put in place of a stretch of one line, or whole lines put in or taken out."""

    line: int
    start: int
    end: int
    text: str
    lines: tuple[str, ...] = ()
    until: int = -1


@dataclass
class Splice:
    """Edits of one YAML mapping, gathered first and made together.

    Attributes:
        lines: The lines as they stand.
        end: What stands at the end of each line before its line feed.
        edits: What is to be done to them.
    """

    lines: list[str]
    end: str = ""
    edits: list[_Edit] = field(default_factory=list[_Edit])

    def __post_init__(self) -> None:
        self._root: _Node = cast("Any", yaml).compose("\n".join(self.lines), Loader=yaml.SafeLoader)
        self._removed: dict[KeyPath, int] = {}

    def text(self) -> list[str]:
        """The lines with all edits made."""
        lines = list(self.lines)
        ordered = sorted(enumerate(self.edits), key=lambda one: (one[1].line, one[1].start, one[0]))
        for _, edit in reversed(ordered):
            if edit.start >= 0:
                row = lines[edit.line]
                lines[edit.line] = row[: edit.start] + edit.text + row[edit.end :]
            elif edit.until >= 0:
                del lines[edit.line : edit.until]
            else:
                lines[edit.line : edit.line] = edit.lines
        return lines

    def set(self, at: KeyPath, value: object, *, after: Sequence[str] = ()) -> None:
        """Give a key of the top level, or of a group in it, a value on one line.

        Args:
            at: The key path; the group has to be there.
            value: The new value.
            after: Keys behind one of which a missing key is written, the likeliest last.
        """
        parent = self._node(at[:-1])
        if parent is None:
            raise _unwritable(at)
        node = _child(parent, str(at[-1]))
        if node is not None:
            self._replace(node, flow(value) if parent.flow_style else scalar(value))
            return
        if parent.flow_style:
            self._close(parent, f"{at[-1]}: {flow(value)}")
            return
        known = [one for key in after if (one := _child(parent, key)) is not None]
        indent = _indent(parent)
        line = _last_line(known[-1] if known else parent, self.lines) + 1
        self._insert(line, [f"{' ' * indent}{at[-1]}: {scalar(value)}"])

    def append(
        self, at: KeyPath, values: Sequence[Mapping[str, Any] | str], *, apart: bool
    ) -> None:
        """Add items to the end of a list, in the shape the list has.

        Args:
            at: Key path of the list; a missing one is written at the end.
            values: The items.
            apart: Whether an empty line stands between items.
        """
        node = self._node(at)
        if node is None:
            self._insert(
                len(self.lines), ["", f"{at[-1]}:", *_items(values, 2, apart=apart)[apart:]]
            )
        elif isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
            tight = len(node.value) > 1 and not _apart(node, self.lines)
            indent = int(node.start_mark.column)
            line = _after(node, self.lines)
            lines = _items(values, indent, apart=apart and not tight)
            emptied = self._removed.get(at, 0) == len(node.value)
            self._insert(line, lines[1:] if emptied and not lines[0] else lines)
        elif isinstance(node, yaml.SequenceNode) and node.value:
            self._extend(node, values)
        else:
            self._replace(node, "", gap=True)
            indent = 2 if len(at) == 1 else self._depth(at) + 2
            lines = _items(values, indent, apart=apart)[apart:]
            self._insert(int(node.start_mark.line) + 1, lines)

    def remove(self, at: KeyPath) -> None:
        """Take one item out of a list that is written one item a line, before any is added.

        Args:
            at: Key path of the item.
        """
        parent, node = self._node(at[:-1]), self._node(at)
        if parent is None or node is None or parent.flow_style:
            raise _unwritable(at)
        self._removed[at[:-1]] = self._removed.get(at[:-1], 0) + 1
        first, behind = int(node.start_mark.line), _last_line(node, self.lines) + 1
        following = [one.start_mark.line for one in parent.value if one.start_mark.line >= behind]
        self.edits.append(_Edit(first, -1, -1, "", (), int(following[0]) if following else behind))

    def has(self, at: KeyPath) -> bool:
        """Whether there is something at a key path, and it is not blank."""
        node = self._node(at)
        return node is not None and not isinstance(node, yaml.ScalarNode) and bool(node.value)

    def put(self, at: KeyPath, content: Mapping[str, Any]) -> None:
        """Give a group a further group under a key that it does not have or that is blank.

        Args:
            at: Key path of the new group.
            content: Its keys and values.
        """
        parent = self._node(at[:-1])
        if parent is None:
            raise _unwritable(at)
        key, node = str(at[-1]), _child(parent, str(at[-1]))
        if node is None and parent is self._root:
            self._insert(self._section(), ["", *block({key: content}, 0)])
            return
        if parent.flow_style:
            if node is not None:
                self._replace(node, flow(content))
                return
            self._close(parent, f"{key}: {flow(content)}")
            return
        indent = _indent(parent)
        if node is None:
            self._insert(_after(parent, self.lines), block({key: content}, indent))
        else:
            self._replace(node, "", gap=True)
            self._insert(int(node.start_mark.line) + 1, block(content, indent + 2))

    def _extend(self, node: _Node, values: Sequence[Mapping[str, Any] | str]) -> None:
        """Add items inside brackets."""
        self._close(node, ", ".join(flow(value) for value in values))

    def _close(self, node: _Node, told: str) -> None:
        """Write something before the closing bracket of a list or group that is not empty."""
        child = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        last, end = child.end_mark, node.end_mark
        if "," in self._between(last, end):
            at, comma = (int(end.line), int(end.column) - 1), ""
        else:
            at, comma = (int(last.line), int(last.column)), ", "
        self.edits.append(_Edit(at[0], at[1], at[1], f"{comma}{told}"))

    def _between(self, start: Any, end: Any) -> str:
        """The text between two places, comments left out."""
        rows = self.lines[int(start.line) : int(end.line) + 1]
        rows[-1] = rows[-1][: int(end.column)]
        rows[0] = rows[0][int(start.column) :]
        return "".join(re.sub(r"#.*", "", row) for row in rows)

    def _replace(self, node: _Node, text: str, *, gap: bool = False) -> None:
        """Put other text in the place of a value; `gap` takes the space before it as well."""
        line, first, last = (int(mark) for mark in _place(node))
        if line != int(node.end_mark.line) or not _is_blank(node):
            raise _unwritable(())
        row = self.lines[line]
        if gap:
            first = len(row[:first].rstrip())
        elif row[first - 1 : first] == ":":
            text = f" {text}"
        self.edits.append(_Edit(line, first, last, text))

    def _insert(self, line: int, lines: Sequence[str]) -> None:
        self.edits.append(_Edit(line, -1, -1, "", tuple(f"{row}{self.end}" for row in lines)))

    def _section(self) -> int:
        """Where a new section of the head goes: before the empty lines above the sources."""
        pairs: list[tuple[_Node, _Node]] = self._root.value
        lines = [key.start_mark.line for key, _ in pairs if key.value in {"rivals", "sources"}]
        at = int(min(lines, default=len(self.lines)))
        while at and (not self.lines[at - 1].strip() or self.lines[at - 1].startswith("#")):
            at -= 1
        return at

    def _depth(self, at: KeyPath) -> int:
        parent = self._node(at[:-1])
        return _indent(parent)

    def _node(self, at: KeyPath) -> _Node | None:
        node: _Node | None = self._root
        for key in at:
            if isinstance(node, yaml.MappingNode) and isinstance(key, str):
                node = _child(node, key)
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
                node = node.value[key]
            else:
                return None
        return node


def _place(node: _Node) -> tuple[int, int, int]:
    """Line, first column and column behind a value that stands on one line."""
    return node.start_mark.line, node.start_mark.column, node.end_mark.column


def _is_blank(node: _Node) -> bool:
    """Whether a value is a single word or text, or an empty list or group."""
    return isinstance(node, yaml.ScalarNode) or not node.value


def _child(node: _Node, key: str) -> _Node | None:
    pairs: list[tuple[_Node, _Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _indent(node: _Node) -> int:
    """Column of the keys of a group."""
    pairs: list[tuple[_Node, _Node]] = node.value
    return int(pairs[0][0].start_mark.column) if pairs else 0


def _last_line(node: _Node, lines: Sequence[str]) -> int:
    """The line on which a value ends; the parser takes what is blank below it along."""
    if isinstance(node, yaml.ScalarNode):
        last = int(node.end_mark.line)
        if node.style in {"|", ">"}:
            last = min(last, len(lines)) - 1
            while not lines[last].strip():
                last -= 1
        return last
    if node.flow_style or not node.value:
        return int(node.end_mark.line)
    child = node.value[-1]
    return _last_line(child[1] if isinstance(node, yaml.MappingNode) else child, lines)


def _after(node: _Node, lines: Sequence[str]) -> int:
    """The line behind a list or group, and behind the comments that belong to its last item."""
    line = _last_line(node, lines) + 1
    least = max(1, int(node.start_mark.column))
    while line < len(lines) and re.match(rf" {{{least},}}#", lines[line]):
        line += 1
    return line


def _apart(node: _Node, lines: Sequence[str]) -> bool:
    """Whether empty lines stand between the items of a list."""
    second = int(node.value[1].start_mark.line)
    before = lines[_last_line(node.value[0], lines) + 1 : second]
    return any(not line.strip() for line in before)


def _items(values: Sequence[Mapping[str, Any] | str], indent: int, *, apart: bool) -> list[str]:
    lines: list[str] = []
    for value in values:
        lines += [""] if apart else []
        lines += (
            item(value, indent)
            if isinstance(value, Mapping)
            else [f"{' ' * indent}- {scalar(value)}"]
        )
    return lines


def _unwritable(at: KeyPath) -> InputError:
    return InputError(
        f"{dotted(at) or 'a value'} is written in a way that cannot be added to",
        remedy="write it one key a line, as `shipskip dossier new` does",
    )
