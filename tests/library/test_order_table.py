"""Cells of a spreadsheet become rows, on the lines they are on."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.errors import InputError, Problem
from panel.library.order_files import DELIMITERS, Entry
from panel.library.order_table import read_table

KEYS = ("dossier", "seats", "llm", "samples")


def read(text: str) -> list[Entry | Problem]:
    return list(read_table(text.split("\n"), "night.csv", KEYS))


def told(text: str) -> list[tuple[int, dict[str, Any]]]:
    found = read(text)
    assert all(isinstance(one, Entry) for one in found)
    return [(one.line, dict(one.values)) for one in found if isinstance(one, Entry)]


def test_quoted_line_ends_keep_the_lines_right() -> None:
    text = '\n\n"Dossier", Seats \na,"x\n+y\n"\n\nb,\n"c",z'
    assert told(text) == [
        (4, {"dossier": "a", "seats": "x\n+y"}),
        (8, {"dossier": "b"}),
        (9, {"dossier": "c", "seats": "z"}),
    ]


def test_what_a_spreadsheet_leaves_behind_is_nothing() -> None:
    assert told("dossier,samples,,\na,3,,\n , ,,,,\nb\n,,,\n") == [
        (2, {"dossier": "a", "samples": 3}),
        (4, {"dossier": "b"}),
    ]


@pytest.mark.parametrize("samples", ["x", "3.0", "-1", "1e2", "٣"])
def test_samples_in_other_words_stay_text_for_the_judge_of_rows(samples: str) -> None:
    assert told(f"dossier,samples\na,{samples}") == [(2, {"dossier": "a", "samples": samples})]


@pytest.mark.parametrize("row", ["a,b,c", "a,b,,c", "a,b,c,,"])
def test_a_row_with_too_many_cells_is_told(row: str) -> None:
    _, found, last = read(f"dossier,llm,\nx\n{row}\ny")
    assert isinstance(found, Problem)
    assert (found.line, found.path) == (3, "night.csv")
    assert "no column" in found.message
    assert isinstance(last, Entry)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("", 1, "no column dossier", "begin with a header"),
        ("\na\nb", 2, "no column dossier", "the columns are dossier, seats, llm, samples"),
        ("dosier,llm\na", 1, "no column 'dosier'", "did you mean dossier?"),
        ("dossier,smaples\na", 1, "no column 'smaples'", "did you mean samples?"),
        ("dossier,notes\na", 1, "no column 'notes'", "remove it"),
        ("dossier;llm;llm\na", 1, "llm stands there twice", "remove one"),
        ('dossier\na\n"b\nc', 3, "from here on", "close every quotation mark"),
        ('dossier\na\n"b"c\nd', 3, "from here on", "close every quotation mark"),
        ('"dossier\na', 1, "no column dossier", "begin with a header"),
        ("dossier\n" + "x" * 200_000, 2, "from here on", "close every quotation mark"),
    ],
)
def test_what_cannot_be_read_names_its_line(
    text: str, line: int, message: str, remedy: str
) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    problems = refused.value.problems
    assert {problem.line for problem in problems} == {line}
    assert message in problems[-1 if "did you" in remedy else 0].message
    assert remedy in problems[-1 if "did you" in remedy else 0].remedy


_CELL = st.text("ab ,;\t\"'\n+", max_size=6)


@given(st.lists(st.tuples(_CELL, _CELL)), st.sampled_from(DELIMITERS))
def test_what_a_spreadsheet_writes_is_read(cells: list[tuple[str, str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("seats", "dossier"), *cells])
    wanted: list[tuple[int, dict[str, Any]]] = []
    line = 2
    for seats, dossier in cells:
        written = {"seats": seats.strip(), "dossier": dossier.strip()}
        values = {key: cell for key, cell in written.items() if cell}
        wanted += [(line, values)] if values else []
        line += 1 + seats.count("\n") + dossier.count("\n")
    assert told(text.getvalue()) == wanted
