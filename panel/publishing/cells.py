"""Tables for spreadsheets, which take some texts for formulas and run them: not these."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from panel.publishing.words import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula; the last four are their wide forms."""


def csv_lines(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table as CSV, line by line with its line feed.

    Args:
        headings: The headings of the columns.
        rows: The cells.
    """
    for row in chain((headings,), rows):
        text = io.StringIO()
        csv.writer(text).writerow(map(cell, row))
        yield text.getvalue()


def cell(value: object) -> str:
    """A number as it is, a text in a form that no spreadsheet runs, nothing for nothing.

    Args:
        value: What the cell holds.
    """
    if isinstance(value, str):
        return f"'{visible(value)}" if value.startswith(_FORMULA) else visible(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
