"""Plain layouts for terminals: labelled lines, wrapped paragraphs and tables without boxes."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from panel.cli.diagnostics import reader_left

WIDTH = 96
"""Columns when the output is no terminal, and at most on one."""


class Terminal(Console):
    """Prints on when the reader of stdout has left, where its base would end the program."""

    def on_broken_pipe(self) -> None:
        """Let the rest go nowhere; the work goes on."""
        reader_left()


def console() -> Console:
    """Where data is printed: coloured on a terminal, plain elsewhere."""
    made = Console(highlight=False, markup=False, emoji=False)
    made.width = min(made.width, WIDTH) if sys.stdout.isatty() else WIDTH
    return made


def labelled(rows: Iterable[tuple[str, str]]) -> Table:
    """Labels on the left, wrapped texts on the right; rows without a text are left out.

    Args:
        rows: Labels and texts.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, text in rows:
        if text:
            table.add_row(Text(label), Text(text))
    return table


def listed(headings: Sequence[str], rows: Iterable[Sequence[str | Text]], *, wide: str) -> Table:
    """A table without boxes in which one column wraps.

    Args:
        headings: Headings of the columns.
        rows: The cells.
        wide: Heading of the column that wraps.
    """
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(Text(heading), no_wrap=heading != wide, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return table


def heading(text: str) -> Text:
    """A heading of a section."""
    return Text(f"\n{text}", style="bold")


def indented(text: str, *, by: int = 2, style: str = "") -> Padding:
    """A wrapped paragraph set in from the left.

    Args:
        text: The paragraph.
        by: Columns.
        style: Style of the text.
    """
    return Padding(Text(text, style=style), (0, 0, 0, by))


def flowing(text: str) -> str:
    """Paragraphs without the line breaks of the file they come from.

    Args:
        text: Paragraphs with empty lines between them.
    """
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
