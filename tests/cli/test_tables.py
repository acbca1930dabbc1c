from io import StringIO

import pytest
from rich.console import Console, RenderableType

from panel.cli.tables import WIDTH, console, flowing, indented, labelled, listed


def drawn(item: RenderableType, width: int = 40) -> list[str]:
    out = Console(file=StringIO(), width=width, markup=False, highlight=False)
    with out.capture() as capture:
        out.print(item)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_labelled_texts_wrap_beside_their_labels() -> None:
    rows = [("Licence", "one two three four five six seven"), ("Empty", ""), ("Id", "x")]
    assert drawn(labelled(rows), 24) == [
        "Licence  one two three",
        "         four five six",
        "         seven",
        "Id       x",
    ]


def test_one_column_of_a_table_wraps() -> None:
    rows = [("F1", "one two three four five", "3")]
    assert drawn(listed(("id", "text", "n"), rows, wide="text"), 20) == [
        "id  text           n",
        "F1  one two three  3",
        "    four five",
    ]


def test_markup_in_texts_stays_text() -> None:
    assert drawn(listed(("[b]id[/b]",), [("[red]x[/red]",)], wide="")) == [
        "[b]id[/b]",
        "[red]x[/red]",
    ]
    assert drawn(labelled([("a", "[link=x]y[/link]")])) == ["a  [link=x]y[/link]"]


def test_paragraphs_are_set_in() -> None:
    assert drawn(indented("one two three", by=3), 12) == ["   one two", "   three"]


@pytest.mark.parametrize(
    ("text", "flows"),
    [("a\nb\n\nc", "a b\n\nc"), ("a", "a"), ("", ""), ("a  b", "a b")],
)
def test_line_breaks_of_a_file_flow(text: str, flows: str) -> None:
    assert flowing(text) == flows


def test_without_a_terminal_lines_are_plain_and_of_one_width(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console().print(indented("word " * 60, style="bold red"))
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in lines) <= WIDTH
    assert "\x1b" not in "".join(lines)
