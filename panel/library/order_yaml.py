"""A list of dossiers in YAML: a list of rows, or `dossiers:` with settings for all rows beside it.

The rows are cut out by their dashes and read some at a time by the strict reader of all our files,
so that a long list costs no more memory than a short one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from panel.domain.keypath import dotted, keys_of
from panel.errors import InputError, Problem
from panel.library.order_files import Entry, entry
from panel.library.tree import MAX_PROBLEMS, Plain, Tree, read_tree

ROWS = "dossiers"
"""The key that holds the rows where a list has keys."""

_LINES = 1_000
_DASH = re.compile(r"( *)-(?=\s|$)")
_OPENS = re.compile(rf"{ROWS}:\s*(#.*)?$")
_HELP = f"write `- SLUG` lines, or `{ROWS}:` above them with settings for all beside it"


def read_yaml(lines: Iterable[str], path: str) -> Iterator[Entry | Problem]:
    """Rows as texts or as keys with values; what holds for all rows comes last.

    Args:
        lines: The lines of the list.
        path: Its name, for messages.

    Raises:
        InputError: If the YAML cannot be read.
    """
    cut = _Cut()
    for first, chunk in cut.chunks(lines):
        yield from _entries(_tree([f"{ROWS}:", *chunk], path, first - 1), path)
    said = next((line for line in cut.around if _says(line)), "")
    if said and cut.bare:
        line = cut.around.index(said) + 1
        raise InputError([Problem("stands behind the rows but is none", _HELP, path, line)])
    if said.lstrip().startswith("["):
        rows = ("" if line.rstrip() == "---" else f" {line}" for line in cut.around)
        yield from _entries(_tree([f"{ROWS}:", *rows], path, 0), path)
    elif said:
        yield from _keyed(_tree(cut.around, path, 1), path, cut=cut.found)


@dataclass
class _Cut:
    """Separates the rows of a list from what stands around them.

    Attributes:
        around: The other lines, rows left blank so that lines keep their number.
        bare: Whether the rows stand under no key.
        found: Whether there were rows to cut out.
    """

    around: list[str] = field(default_factory=list[str])
    bare: bool = False
    found: bool = False

    def chunks(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """Whole rows, about a thousand lines at a time, with the line the first is on."""
        rest = iter(lines)
        dash = self._begin(rest)
        if dash is None:
            return
        self.found, chunk = True, [dash.string]
        for line in rest:
            here = _DASH.match(line)
            same = here is not None and here[1] == dash[1]
            if not same and not _deeper(line, len(dash[1])):
                self.around += [*([""] * len(chunk)), line]
                yield len(self.around) - len(chunk), chunk
                break
            if same and len(chunk) >= _LINES:
                self.around += [""] * len(chunk)
                yield len(self.around) - len(chunk) + 1, chunk
                chunk = []
            chunk.append(line)
        else:
            yield len(self.around) + 1, chunk
        self.around.extend(rest)

    def _begin(self, lines: Iterator[str]) -> re.Match[str] | None:
        """Read up to the first row; none where the rows are not written with dashes."""
        said = ""
        for line in lines:
            dash = _DASH.match(line)
            if dash and (not said or _OPENS.match(said)):
                self.bare = not said
                return dash
            self.around.append(line)
            said = line if _says(line) else said
        return None


def _says(line: str) -> bool:
    """Whether a line holds more than a comment or the mark that a document begins."""
    return bool(line.strip()) and not line.lstrip().startswith("#") and line.rstrip() != "---"


def _deeper(line: str, indent: int) -> bool:
    """Whether a line belongs to the row above it."""
    text = line.lstrip(" ")
    return not text.strip() or text.startswith("#") or len(line) - len(text) > indent


def _keyed(tree: Tree, path: str, *, cut: bool) -> Iterator[Entry | Problem]:
    """Rows that stand in one line with their key, then what is said of all rows."""
    if not cut and ROWS not in tree.values:
        raise InputError([Problem(f"the key {ROWS!r} is missing", _HELP, path, 1)])
    if not cut:
        yield from _entries(tree, path)
    whole = [problem for problem in tree.problems if cut or len(keys_of(problem.key)) < 2]
    if whole:
        raise InputError(whole)
    values = {key: value for key, value in tree.values.items() if key != ROWS}
    yield Entry(1, values, {key: tree.line((key,)) for key in values}, of_all=True)


def _entries(tree: Tree, path: str) -> Iterator[Entry | Problem]:
    rows: Plain = tree.values[ROWS]
    if len(tree.problems) > MAX_PROBLEMS:
        raise InputError(tree.problems)
    if not isinstance(rows, list):
        message = "a list is wanted here"
        raise InputError([Problem(message, _HELP, path, tree.line((ROWS,)), ROWS)])
    bad = {keys_of(problem.key)[:2] for problem in tree.problems}
    for problem in tree.problems:
        yield replace(problem, key=dotted(keys_of(problem.key)[2:]))
    for nth, row in enumerate(rows):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        at = (ROWS, nth)
        if at not in bad:
            found = entry(row, tree.line(at), path)
            keys = found.values if isinstance(found, Entry) else ()
            lines = {key: tree.line((*at, key)) for key in keys}
            yield replace(found, lines=lines) if isinstance(found, Entry) else found


def _tree(lines: Iterable[str], path: str, first_line: int) -> Tree:
    try:
        return read_tree("\n".join(lines), path=path, first_line=first_line)
    except InputError as error:
        raise InputError([_worded(problem) for problem in error.problems]) from None


def _worded(problem: Problem) -> Problem:
    """What the reader says of front matter, said of a list."""
    if "not a list of keys" in problem.message:
        return replace(problem, message="is neither rows nor keys with values", remedy=_HELP)
    words = problem.message.replace("front matter", "list")
    return replace(problem, message=words, remedy=problem.remedy.replace("front matter", "list"))
