"""A list of dossiers kept in a spreadsheet: CSV with a header row, whatever separates its cells.

Spreadsheets leave empty rows and columns behind; those are nothing. A column nobody knows is
refused, because a misspelt `samples` would otherwise order something else than was meant.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from panel.errors import InputError, Problem
from panel.library.explain import nearest, shown
from panel.library.order_files import DELIMITERS, Entry


def read_table(lines: Iterable[str], path: str, keys: tuple[str, ...]) -> Iterator[Entry | Problem]:
    """One row of cells a dossier; empty cells say nothing.

    Args:
        lines: The lines of the list.
        path: Its name, for messages.
        keys: Names of columns there may be; the first is required.

    Raises:
        InputError: If the header is wrong, or a quotation mark is never closed.
    """
    rest = iter(lines)
    blank, header = _first(rest)
    delimiter = next((one for one in DELIMITERS if keys[0] in _names(header, one)), ",")
    names = _names(header, delimiter)
    _check(names, keys, path, blank + 1 if header else 1)
    for start, cells in _rows(chain([header], rest), delimiter, path, blank):
        values = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        if len(values) < sum(map(bool, cells)):
            message = "has a cell that no column of the header is for"
            yield Problem(message, "put a cell that holds a separator in quotes", path, start)
        elif values:
            if re.fullmatch("[0-9]{1,9}", values.get("samples", "")):
                yield Entry(start, {**values, "samples": int(values["samples"])})
            else:
                yield Entry(start, values)


def _first(lines: Iterator[str]) -> tuple[int, str]:
    """How many blank lines there are, and the line behind them."""
    blank = 0
    for line in lines:
        if line.strip():
            return blank, line
        blank += 1
    return blank, ""


def _names(header: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader([header], delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    return [cell.strip().casefold() for row in rows for cell in row]


def _check(names: list[str], keys: tuple[str, ...], path: str, line: int) -> None:
    problems: list[Problem] = []
    known = f"the columns are {', '.join(keys)}"
    for at, name in enumerate(names):
        if name and name not in keys:
            remedy = nearest(name, keys) or f"remove it; {known}"
            problems.append(Problem(f"there is no column {shown(name)}", remedy, path, line))
        elif name in names[:at] and name:
            message = f"the column {name} stands there twice"
            problems.append(Problem(message, "remove one", path, line))
    if keys[0] not in names:
        message = f"the first row has no column {keys[0]}"
        problems.insert(0, Problem(message, f"begin with a header; {known}", path, line))
    if problems:
        raise InputError(problems)


def _rows(
    lines: Iterable[str], delimiter: str, path: str, before: int
) -> Iterator[tuple[int, list[str]]]:
    """Rows behind the header with the line each begins on."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    start = before + 1
    try:
        next(reader, None)
        start = before + reader.line_num + 1
        for cells in reader:
            yield start, [cell.strip() for cell in cells]
            start = before + reader.line_num + 1
    except csv.Error as error:
        remedy = "close every quotation mark, and double those inside a cell"
        message = f"cannot be read from here on: {error}"
        raise InputError([Problem(message, remedy, path, start)]) from None
